import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { requesters } from '../rows/requests.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

const asked = (request_id: string, account: string) => ({ request_id, account_id: account, requested_at: '2024-03-15T12:00:00Z' })

export const arrLinkedToRequest = defineMetric({
  id: 'arr_linked_to_request',
  name: 'ARR behind requests',
  says: 'ARR of the customers behind an open request. A customer counts once for each request, and once in the whole: requests do not add up.',
  level: 'financial',
  kind: 'stock',
  grain: 'request',
  unit: 'money',
  better: 'context',
  rollUp: 'none',
  dimensions: 'account',
  formula: '{arr}',
  nullWhen: 'Never.',
  measures: {
    arr: { of: requesters, each: 'arr', label: 'ARR of the customers who asked', kind: 'money' },
    blocked: { of: requesters, each: 'arr', when: 'blocked = 1', label: 'Of it, from those who cannot do without', kind: 'money' },
    accounts: { of: requesters, each: '1', label: 'Customers who asked', kind: 'count' },
  },
  value: total('arr'),
  n: 'accounts',
  options: requesters.options,
  aliases: ['feature request ARR', 'revenue behind a feature'],
  revisions: [EXACT_YEARS],
  settings: MRR_SETTINGS,
  examples: [
    {
      says: 'one customer behind two requests counts once',
      accounts: [
        { opening: 100, closing: 100 },
        { opening: 50, closing: 50 },
        { opening: 10, closing: 10 },
      ],
      facts: { request: [asked('sso', '0 0'), asked('export', '0 0'), asked('sso', '1 0')] },
      value: 1800,
      exact: '1800',
    },
  ],
})
