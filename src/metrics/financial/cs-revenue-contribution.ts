import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { chosen, ratio } from '../kit/value.ts'
import { customerRevenue, expansions } from '../rows/contributions.ts'

export const csRevenueContribution = defineMetric({
  id: 'cs_revenue_contribution',
  name: 'Contribution of customer success to revenue',
  says: 'Share of net revenue that came from customers of the opening; by option the share of expansion that a CSM or a playbook brought about. The two are never added.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{existing} / {revenue}',
  nullWhen: 'There was no net revenue, or no expansion.',
  measures: {
    existing: { of: customerRevenue, each: 'revenue', when: 'existing', label: 'Net revenue from customers of the opening', kind: 'money' },
    revenue: { of: customerRevenue, each: 'revenue', label: 'Net revenue', kind: 'money' },
    sourced: { of: expansions, each: 'amount', when: 'sourced', label: 'Expansion traced back to a deal of a CSM or a playbook', kind: 'money' },
    expansion: { of: expansions, each: 'amount', label: 'Expansion', kind: 'money' },
    accounts: { of: customerRevenue, each: '1', label: 'Accounts with revenue', kind: 'count' },
  },
  value: chosen('part', 'revenue', {
    revenue: ratio('existing', 'revenue', 'no_revenue'),
    expansion: ratio('sourced', 'expansion', 'no_expansion'),
  }),
  n: 'accounts',
  interval: 'bootstrap',
  options: {
    part: {
      says: 'revenue: from customers of the opening, without conditions; expansion: brought about by customer success, which is attribution',
      fallback: 'revenue',
      choices: ['revenue', 'expansion'],
    },
  },
  aliases: ['CS contribution', 'CS-sourced expansion'],
  settings: [...MRR_SETTINGS, 'revenue_basis', 'expansion_attribution_days'],
  examples: [
    {
      says: 'of 300 billed 100 came from the customer of the opening',
      accounts: [{ opening: 50, closing: 50 }, { closing: 50 }],
      facts: {
        charge: [
          { charge_id: '1', account_id: '0 0', charged_at: '2024-03-05T12:00:00Z', amount: 100, currency: 'USD' },
          { charge_id: '2', account_id: '1 0', charged_at: '2024-03-15T12:00:00Z', amount: 200, currency: 'USD' },
        ],
      },
      value: 1 / 3,
    },
    {
      says: 'of 40 expansion 30 follows a deal that a CSM won',
      accounts: [
        { opening: 50, closing: 80 },
        { opening: 50, closing: 60 },
      ],
      facts: {
        opportunity: [
          { opportunity_id: '1', account_id: '0 0', opened_at: '2024-02-01T12:00:00Z', won_at: '2024-03-01T12:00:00Z', sourced_by: 'csm' },
          { opportunity_id: '2', account_id: '1 0', opened_at: '2024-02-01T12:00:00Z', won_at: '2024-03-01T12:00:00Z', sourced_by: 'sales' },
        ],
      },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { part: 'expansion' } },
      value: 0.75,
    },
  ],
})
