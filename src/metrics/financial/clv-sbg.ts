import { likelihoodInterval } from '../../statistics/fitted-interval.ts'
import { fitShiftedBetaGeometric, sbgDiscountedPayments, sbgLogLikelihood } from '../../statistics/shifted-beta-geometric.ts'
import type { ShiftedBetaGeometric } from '../../statistics/shifted-beta-geometric.ts'
import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { MOMENTS } from '../kit/moment.ts'
import { computed } from '../kit/value.ts'
import type { Parts } from '../kit/value.ts'
import { cohortLives } from '../rows/cohort-lives.ts'
import { laterCohort, sbgCohort } from '../rows/cohort-examples.ts'
import { NO_TALLY } from '../kit/tally.ts'

const AGE = 1e5

/** Of those who joined at one time, and so can have one age, how many are left at each age up to it. */
function aliveByAge({ tallies }: Parts): number[][] {
  const { values, reached } = tallies.gone ?? NO_TALLY
  const goneBy = (age: number, at: number): number =>
    values.reduce((sum, value, i) => sum + (Math.floor(value / AGE) === age && value % AGE <= at ? (reached[i] ?? 0) : 0), 0)
  return (tallies.ages?.values ?? []).map((age, i) => Array.from({ length: age + 1 }, (_, at) => (tallies.ages?.reached[i] ?? 0) - goneBy(age, at)))
}

const MONTHS = { month: 1, year: 12 } as const

export const clvSbg = defineMetric({
  id: 'clv_sbg',
  name: 'Value of a cohort under contract',
  says: 'Profit expected from a customer won in the period, from how its cohort has renewed so far: those who stay are ever more likely to.',
  level: 'financial',
  kind: 'model',
  grain: 'cohort',
  unit: 'money',
  better: 'up',
  rollUp: 'none',
  dimensions: 'account',
  formula: '{gross_margin} x {base} / {joined} x {months} x {payments}',
  nullWhen: 'Nobody of the cohort has come to three ages, or nobody or everybody has left.',
  measures: {
    joined: { of: cohortLives, moment: MOMENTS.cohort, each: '1', label: 'Accounts won', kind: 'count' },
    base: { of: cohortLives, moment: MOMENTS.cohort, each: 'base', label: 'Their MRR at the start', kind: 'money' },
    gone: {
      of: cohortLives,
      moment: MOMENTS.cohort,
      each: `toFloat64(age) * ${AGE} + assumeNotNull(gone_at)`,
      when: 'isNotNull(gone_at)',
      label: 'Left',
      kind: 'tally',
    },
    ages: { of: cohortLives, moment: MOMENTS.cohort, each: 'age', label: 'Accounts by the age they can have', kind: 'tally' },
  },
  value: computed(function* (parts) {
    const { joined = 0, base = 0 } = parts.number
    const alive = aliveByAge(parts)
    if (joined === 0) return { value: null, null_reason: 'empty_cohort' }
    if (alive.every((cohort) => cohort.length < 4)) return { value: null, null_reason: 'too_few_ages' }
    const fit = yield* fitShiftedBetaGeometric(alive)
    if (fit === null) return { value: null, null_reason: 'no_churn' }
    const months = MONTHS[parts.options.age === 'year' ? 'year' : 'month']
    const discount = (1 + Number(parts.settings.clv_discount_rate)) ** (months / 12) - 1
    const payments = sbgDiscountedPayments(fit, discount)
    const beside = { alpha: fit.alpha, beta: fit.beta, payments, months }
    if (payments === null) return { value: null, null_reason: 'no_end', beside }
    const value = Number(parts.settings.gross_margin) * (base / joined) * months * payments
    if (!parts.interval) return { value, ci: null, beside }
    const model = ([alpha = 0, beta = 0]: readonly number[]): ShiftedBetaGeometric => ({ alpha, beta })
    const ends = yield* likelihoodInterval(
      [fit.alpha, fit.beta],
      (at) => sbgLogLikelihood(model(at), alive),
      (at) => sbgDiscountedPayments(model(at), discount) ?? NaN,
    )
    if (ends === null) return { value, ci: null, beside }
    return { value, ci: [(value * ends[0]) / payments, (value * ends[1]) / payments], ci_method: 'likelihood', beside }
  }),
  n: 'joined',
  ownInterval: 'likelihood interval of the payments expected; what a payment comes to is known',
  besides: { alpha: 'alpha of the fit', beta: 'beta of the fit', payments: 'Payments expected, discounted', months: 'Months that each pays for' },
  options: cohortLives.options,
  aliases: ['sBG', 'cohort lifetime value'],
  settings: [...MRR_SETTINGS, 'gross_margin', 'clv_discount_rate'],
  revisions: [
    {
      on: '2026-12-01',
      says: 'Each customer counts up to the age that it can have; before, all counted only up to the age of the youngest, so that a period with customers of last month had no value.',
    },
  ],
  disagreements: [{ anchor: 'A constant retention', says: 'undervalues the cohort: 319 against 362 in the worked example.' }],
  examples: [
    {
      says: 'sbg_fit, sbg_vs_constant_churn: of 1000 there are 631, 468, 382 and 326 left after one to four years; 3.621 payments of 1200, of which 0.8 is margin',
      facts: { subscription_version: sbgCohort },
      ask: { from: '2020-03-01', until: '2020-04-01', as_of: '2024-04-15', options: { age: 'year' } },
      value: 3476.3018436656107,
    },
    {
      says: 'sbg_fit with four who joined later: they add the one year that they have come to',
      facts: { subscription_version: [...sbgCohort, ...laterCohort] },
      ask: { from: '2020-03-01', until: '2023-02-01', as_of: '2024-04-15', options: { age: 'year' } },
      value: 3477.658361850372,
    },
    { says: 'a cohort of last month says nothing yet', accounts: [{ closing: 10 }], value: null, null_reason: 'too_few_ages' },
  ],
})
