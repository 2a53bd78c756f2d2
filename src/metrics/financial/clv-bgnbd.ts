import type { Steps } from '../../kernel/steps.ts'
import { bgNbdExpected, bgNbdLogLikelihood, fitBgNbd } from '../../statistics/bg-nbd.ts'
import type { BgNbd } from '../../statistics/bg-nbd.ts'
import { fittedVariance, logInterval } from '../../statistics/fitted-interval.ts'
import { fitGammaGamma, gammaGammaLogLikelihood } from '../../statistics/gamma-gamma.ts'
import type { GammaGamma, Spending } from '../../statistics/gamma-gamma.ts'
import type { Interval } from '../../statistics/interval.ts'
import { REVENUE_SETTINGS, defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import type { Parts } from '../kit/value.ts'
import { historyOf, purchaseHistories, spendingOf } from '../rows/purchase-histories.ts'
import { NO_TALLY } from '../kit/tally.ts'
import type { Tally } from '../kit/tally.ts'

const repeated = <Item>({ values, reached }: Tally, of: (key: number) => Item): Item[] =>
  values.flatMap((value, i) => Array.from({ length: reached[i] ?? 0 }, () => of(value)))

/** What each is expected to spend is linear in what it spent, so accounts with one history are valued together. */
function expectedRevenue(model: BgNbd, spend: GammaGamma, { tallies, options }: Parts): number {
  const histories = tallies.histories ?? NO_TALLY
  const spent = new Map((tallies.cents?.values ?? []).map((key, i) => [key, (tallies.cents?.reached[i] ?? 0) / 100]))
  return histories.values.reduce((sum, key, i) => {
    const history = historyOf(key)
    const purchases = bgNbdExpected(model, history, Number(options.horizon_days)) ?? 0
    return sum + (purchases * spend.p * (spend.v * (histories.reached[i] ?? 0) + (spent.get(key) ?? 0))) / (spend.p * history.repeats + spend.q - 1)
  }, 0)
}

/** Buying and spending are fitted apart: the variances that each leaves add up. */
function* intervalOf(model: BgNbd, spend: GammaGamma, value: number, spending: readonly Spending[], parts: Parts): Steps<Interval | null> {
  const { values, reached } = parts.tallies.histories ?? NO_TALLY
  const histories = values.map(historyOf)
  const buying = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd => ({ r, alpha, a, b })
  const paying = ([p = 0, q = 0, v = 0]: readonly number[]): GammaGamma => ({ p, q, v })
  const ofBuying = yield* fittedVariance(
    [model.r, model.alpha, model.a, model.b],
    (at) => bgNbdLogLikelihood(buying(at), histories, reached),
    (at) => expectedRevenue(buying(at), spend, parts),
  )
  const ofPaying = yield* fittedVariance(
    [spend.p, spend.q, spend.v],
    (at) => gammaGammaLogLikelihood(paying(at), spending),
    (at) => expectedRevenue(model, paying(at), parts),
  )
  return ofBuying === null || ofPaying === null ? null : logInterval(value, ofBuying + ofPaying)
}

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
    histories: { of: purchaseHistories, each: 'history', label: 'Accounts by history', kind: 'tally', coded: true },
    cents: { of: purchaseHistories, each: 'history', reached: 'cents', label: 'Cents spent on repeat purchases, by history', kind: 'tally', coded: true },
    repeaters: { of: purchaseHistories, each: 'repeats > 0', label: 'Accounts that bought again', kind: 'count' },
    spending: { of: purchaseHistories, each: 'spending', when: 'repeats > 0', label: 'Repeat buyers by mean spend', kind: 'tally', coded: true },
  },
  value: computed(function* (parts) {
    const histories = parts.tallies.histories ?? NO_TALLY
    const spending = repeated(parts.tallies.spending ?? NO_TALLY, spendingOf)
    const model = yield* fitBgNbd(repeated(histories, historyOf))
    const spend = model === null ? null : yield* fitGammaGamma(spending)
    if (model === null || spend === null) return { value: null, null_reason: 'too_few_repeat_buyers' }
    if (spend.q <= 1) return { value: null, null_reason: 'no_mean' }
    const value = expectedRevenue(model, spend, parts)
    const ci = parts.interval ? yield* intervalOf(model, spend, value, spending, parts) : null
    return {
      value,
      ci,
      ...(ci === null ? {} : { ci_method: 'parameters of the fits' }),
      beside: { r: model.r, alpha: model.alpha, a: model.a, b: model.b, p: spend.p, q: spend.q, v: spend.v },
    }
  }),
  n: 'histories',
  ownInterval: 'of the parameters of both fits: delta method with the observed information',
  besides: { r: 'r', alpha: 'alpha, in days', a: 'a', b: 'b', p: 'p', q: 'q', v: 'v' },
  options: { horizon_days: { says: 'Days ahead', fallback: '365' } },
  aliases: ['BG/NBD', 'repeat buyer value'],
  settings: REVENUE_SETTINGS,
  revisions: [
    {
      on: '2026-12-01',
      says: 'The age of an account runs to its last day, as its purchases do, no longer to the end of that day: published parameters come out of the histories that they were fitted to.',
    },
  ],
  disagreements: [{ anchor: 'Fits in weeks', says: 'print alpha in weeks; here it is in days, seven times as much. The other parameters are the same.' }],
  examples: [
    {
      says: 'two repeat buyers carry no model',
      facts: {
        charge: ['2024-01-05', '2024-02-05', '2024-03-05'].map((day) => ({
          charge_id: day,
          account_id: 'a',
          charged_at: `${day}T12:00:00Z`,
          kind: 'one_off',
          amount: 10,
          currency: 'USD',
        })),
      },
      value: null,
      null_reason: 'too_few_repeat_buyers',
      parts: { histories: 1, repeaters: 1, cents: 2000 },
    },
  ],
})
