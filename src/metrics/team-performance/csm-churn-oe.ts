import { addMonths, daysBetween, wholeMonths } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { poissonInterval } from '../../statistics/poisson.ts'
import { MONTH_DAYS, scaleRate } from '../../statistics/scale-rate.ts'
import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'
import { computed } from '../kit/value.ts'
import type { Parts } from '../kit/value.ts'
import { segmentAccounts } from '../rows/owned-accounts.ts'
import { NO_TALLY } from '../kit/tally.ts'
import type { Tally } from '../kit/tally.ts'

/** Tallies tell numbers apart, not words. */
const SEGMENT = 'toFloat64(bitAnd(cityHash64(segment), 9007199254740991))'

const monthsBefore = (period: Period, settings: Settings): Period[] =>
  Array.from({ length: Number(settings.churn_history_months) }, (_, i) => ({ from: addMonths(period.from, -i - 1), until: addMonths(period.from, -i) }))

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)

/** Monthly chance of loss by segment; of a segment without a past that of all. */
function lossRates({ values, reached, censored }: Tally): (segment: number) => number {
  const [lost, kept] = [sum(reached), sum(censored)]
  const all = lost + kept === 0 ? 0 : lost / (lost + kept)
  const own = new Map(values.map((segment, i) => [segment, (reached[i] ?? 0) / ((reached[i] ?? 0) + (censored[i] ?? 0))]))
  return (segment) => own.get(segment) ?? all
}

function observedOverExpected({ number, tallies, period }: Parts): Reckoning {
  const { values, reached, censored } = tallies.exposed ?? NO_TALLY
  const rate = lossRates(tallies.history ?? NO_TALLY)
  const months = wholeMonths(period) ?? daysBetween(period.from, period.until) / MONTH_DAYS
  const expected = values.reduce((all, segment, i) => all + ((reached[i] ?? 0) + (censored[i] ?? 0)) * (scaleRate(rate(segment), 1, months) ?? 0), 0)
  const observed = number.observed ?? 0
  const beside = { expected }
  if (expected === 0) return { value: null, null_reason: values.length === 0 ? 'no_opening_customers' : 'nothing_expected', beside, under: 0 }
  return { value: observed / expected, ci: poissonInterval(observed, expected), ci_method: 'poisson', beside, under: expected }
}

const version = (account_id: string, day: string, unit_amount: number) => ({
  subscription_id: account_id,
  account_id,
  effective_at: `${day}T12:00:00Z`,
  currency: 'USD',
  status: unit_amount === 0 ? 'ended' : 'active',
  unit_amount,
})

export const csmChurnOe = defineMetric({
  id: 'csm_churn_oe',
  name: 'Churn against expectation',
  says: 'Customers lost, over those that would have been lost had each left as customers of its segment did in the year before. Around 1 is what the book is like, not what its CSM did: read the interval before the value.',
  level: 'team-performance',
  kind: 'p2p',
  grain: 'account',
  unit: 'ratio',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{observed} / {expected}',
  nullWhen: 'Nothing is expected: there was no customer at the opening, or nobody left in the year before.',
  measures: {
    observed: { of: segmentAccounts, each: 'was_customer AND NOT is_customer', label: 'Customers lost', kind: 'count' },
    customers: { of: segmentAccounts, each: 'was_customer', label: 'Customers at the opening', kind: 'count' },
    exposed: { of: segmentAccounts, each: SEGMENT, when: 'was_customer', reached: 'NOT is_customer', label: 'The same by segment', kind: 'tally', coded: true },
    history: {
      of: segmentAccounts,
      each: SEGMENT,
      when: 'was_customer',
      reached: 'NOT is_customer',
      label: 'months of customers before, in the whole company',
      kind: 'tally',
      over: monthsBefore,
      companyWide: true,
      coded: true,
    },
  },
  value: computed(observedOverExpected, { numerator: 'observed' }),
  n: 'customers',
  ownInterval: 'exact Poisson',
  besides: { expected: 'Losses expected, by those of each segment before' },
  settings: [...MRR_SETTINGS, 'churn_history_months'],
  aliases: ['observed over expected', 'O/E', 'risk-adjusted churn'],
  disagreements: [
    {
      anchor: 'Models of churn',
      says: 'expect calibrated probabilities for each account. Until a model is fitted these are the base rates of segments (level L0): months of customers lost, of all in the months before, carried to the length of the period.',
    },
    { anchor: 'League tables', says: 'rank CSMs by churn; whoever owns the harder portfolio comes last whatever they do.' },
  ],
  examples: [
    {
      says: 'team_oe: 2 lost of 20, of whom 16 % were expected to be lost: 16 of 100 months of customers before',
      facts: {
        subscription_version: [
          ...Array.from({ length: 20 }, (_, i) => [version(`kept${i}`, '2024-01-15', 10), ...(i < 2 ? [version(`kept${i}`, '2024-03-15', 0)] : [])]).flat(),
          ...Array.from({ length: 16 }, (_, i) => [version(`lost${i}`, '2023-08-15', 10), version(`lost${i}`, '2024-01-15', 0)]).flat(),
        ],
      },
      value: 0.625,
      ci: [0.0756904, 2.2577149],
      parts: { expected: 3.2 },
    },
  ],
})
