import { npsInterval, npsMargin } from '../../statistics/nps.ts'
import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { npsAccountsByArr } from '../rows/nps-by-arr.ts'
import { WHOLE_SCALES, flagLeftOut, leftOut } from '../rows/scales.ts'
import { given } from '../rows/survey-examples.ts'

export const npsAccounts = defineMetric({
  id: 'nps_accounts',
  name: 'Net promoter score of accounts',
  says: "The net promoter score with each account counted once, by the mean of its contacts' latest answers.",
  level: 'customer-health',
  kind: 'window',
  nature: 'qualitative',
  grain: 'account',
  unit: 'points',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '100 x ({promoting} - {detracting}) / {accounts}',
  nullWhen: 'Nobody answered in the window.',
  measures: {
    promoting: { of: npsAccountsByArr, each: 'promotes', label: 'Accounts with a mean of 9 or more', kind: 'count' },
    detracting: { of: npsAccountsByArr, each: 'detracts', label: 'Accounts with a mean below 7', kind: 'count' },
    accounts: { of: npsAccountsByArr, each: '1', label: 'Accounts of which somebody answered', kind: 'count' },
    net: { of: npsAccountsByArr, each: 'toInt64(promotes) - toInt64(detracts)', label: 'Promoting less detracting accounts', kind: 'count' },
    net_arr: {
      of: npsAccountsByArr,
      each: 'if(promotes, arr, if(detracts, -arr, 0))',
      label: 'ARR of promoting less that of detracting accounts',
      kind: 'money',
    },
    arr: { of: npsAccountsByArr, each: 'arr', label: 'ARR of these accounts', kind: 'money' },
    ...leftOut('nps'),
  },
  value: flagLeftOut(
    withBeside(ratio('net', 'accounts', 'no_responses', { times: 100 }), ({ number }, { value }) => {
      if (value === null) return {}
      const { promoting = 0, detracting = 0, accounts = 0, net_arr = 0, arr = 0 } = number
      const counts = { promoters: promoting, passives: accounts - promoting - detracting, detractors: detracting }
      const margin = npsMargin(counts)
      return {
        ci: npsInterval(counts),
        ci_method: 'adjusted Wald',
        se: margin === null ? null : margin / 1.959963984540054,
        beside: { by_arr: arr === 0 ? null : (100 * net_arr) / arr },
      }
    }),
  ),
  n: 'accounts',
  ownInterval: 'adjusted Wald',
  besides: { by_arr: 'Weighted by ARR' },
  options: npsAccountsByArr.options,
  aliases: ['account NPS', 'nps_arr_weighted'],
  revisions: [WHOLE_SCALES],
  settings: [...MRR_SETTINGS, 'survey_window_days'],
  examples: [
    {
      says: 'nps_clustered: accounts with 9.5, 6 and 8 are a promoter, a detractor and a passive',
      facts: {
        survey_response: [
          ...given('nps', [10, 9], { account_id: 'a' }),
          ...given('nps', [6, 6], { account_id: 'b' }).map((row, i) => ({ ...row, response_id: `b${i}` })),
          ...given('nps', [8], { account_id: 'c' }).map((row) => ({ ...row, response_id: 'c' })),
        ],
      },
      value: 0,
    },
  ],
})
