import { bgNbdExpected, fitBgNbd } from '../../statistics/bg-nbd.ts'
import { fitGammaGamma } from '../../statistics/gamma-gamma.ts'
import { REVENUE_SETTINGS, computed, defineMetric } from '../metric.ts'
import { historyOf, purchaseHistories, spendingOf } from '../rows/purchase-histories.ts'
import { NO_TALLY } from '../tally.ts'
import type { Tally } from '../tally.ts'

const repeated = <Item>({ values, reached }: Tally, of: (key: number) => Item): Item[] =>
  values.flatMap((value, i) => Array.from({ length: reached[i] ?? 0 }, () => of(value)))

export const clvBgnbd = defineMetric({
  id: 'clv_bgnbd',
  name: 'Value of buyers without a contract',
  says: 'Revenue expected in the coming days from all who have bought without a contract: how often each will buy again x what each spends.',
  level: 'financial',
  kind: 'model',
  grain: 'account',
  unit: 'money',
  better: 'up',
  rollUp: 'semi',
  dimensions: 'account',
  formula: 'purchases expected (BG/NBD) x spend expected (Gamma-Gamma), over {histories} accounts, {repeaters} of which bought again',
  nullWhen: 'Fewer than 200 accounts have bought again, or spend has no mean.',
  measures: {
    histories: { of: purchaseHistories, each: 'history', label: 'Accounts by history', kind: 'tally' },
    cents: { of: purchaseHistories, each: 'history', reached: 'cents', label: 'Cents spent on repeat purchases, by history', kind: 'tally' },
    repeaters: { of: purchaseHistories, each: 'repeats > 0', label: 'Accounts that bought again', kind: 'count' },
    spending: { of: purchaseHistories, each: 'spending', when: 'repeats > 0', label: 'Repeat buyers by mean spend', kind: 'tally' },
  },
  value: computed(({ tallies, options }) => {
    const histories = tallies.histories ?? NO_TALLY
    const model = fitBgNbd(repeated(histories, historyOf))
    const spend = model === null ? null : fitGammaGamma(repeated(tallies.spending ?? NO_TALLY, spendingOf))
    if (model === null || spend === null) return { value: null, null_reason: 'too_few_repeat_buyers' }
    if (spend.q <= 1) return { value: null, null_reason: 'no_mean' }
    const spent = new Map((tallies.cents?.values ?? []).map((key, i) => [key, (tallies.cents?.reached[i] ?? 0) / 100]))
    // What each is expected to spend is linear in what it spent, so accounts with one history are valued together.
    const value = histories.values.reduce((sum, key, i) => {
      const history = historyOf(key)
      const purchases = bgNbdExpected(model, history, Number(options.horizon_days ?? '365')) ?? 0
      const each = (spend.p * (spend.v * (histories.reached[i] ?? 0) + (spent.get(key) ?? 0))) / (spend.p * history.repeats + spend.q - 1)
      return sum + purchases * each
    }, 0)
    return { value, beside: { r: model.r, alpha: model.alpha, a: model.a, b: model.b, p: spend.p, q: spend.q, v: spend.v } }
  }),
  n: 'histories',
  besides: { r: 'r', alpha: 'alpha, in days', a: 'a', b: 'b', p: 'p', q: 'q', v: 'v' },
  options: { horizon_days: { says: 'Days ahead', fallback: '365' } },
  aliases: ['BG/NBD', 'repeat buyer value'],
  settings: REVENUE_SETTINGS,
  examples: [
    {
      says: 'two repeat buyers carry no model',
      facts: { charge: ['2024-01-05', '2024-02-05', '2024-03-05'].map((day) => ({ charge_id: day, account_id: 'a', charged_at: `${day}T12:00:00Z`, kind: 'one_off', amount: 10, currency: 'USD' })) },
      value: null,
      null_reason: 'too_few_repeat_buyers',
      parts: { histories: 1, repeaters: 1, cents: 2000 },
    },
  ],
})
