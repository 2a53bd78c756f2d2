import type { Invoice } from '../../../src/health/account-facts.ts'
import { tookPlace } from '../../../src/health/account-facts.ts'
import type { Day } from '../../../src/kernel/period.ts'
import { addDays } from '../../../src/kernel/period.ts'
import { meetingMoved } from '../../../src/signals/kinds/meeting-moved.ts'
import { paymentLate } from '../../../src/signals/kinds/payment-late.ts'
import { silenceAfterNoise } from '../../../src/signals/kinds/silence-after-noise.ts'
import { spikeOf, supportSpike } from '../../../src/signals/kinds/support-spike.ts'
import { usageDown } from '../../../src/signals/kinds/usage-down.ts'
import { usageDrop } from '../../../src/signals/kinds/usage-drop.ts'
import type { Closed, Life } from '../../../src/signals/life.ts'
import { UNBORN, liveOn } from '../../../src/signals/life.ts'
import { seasonalIndex } from '../../../src/signals/season.ts'
import type { Sign, SignDay } from '../../../src/signals/sign.ts'
import type { Verdict } from '../../../src/signals/verdict.ts'
import { verdictOf } from '../../../src/signals/verdict.ts'
import type { Example, Worked } from './example.ts'
import { invoice, signDay, terms, ticket, weekly } from './facts.ts'

const DAY = '2024-06-30'

function judged<V extends object>(sign: Sign<V>, on: SignDay) {
  const values = sign.values(on)
  return values === null ? { checkable: false } : { ...values, ...sign.evidence(values), fires: sign.holds(values) }
}
const used = (weeks: readonly number[], season?: readonly number[]) => {
  const own: Partial<SignDay> = season === undefined ? {} : { season: (n, until) => season.slice(until === DAY ? 0 : 1).slice(0, n) }
  return judged(usageDown, signDay(DAY, { use: weekly(weeks, DAY) }, own))
}
const usageExample = ({ input }: Example) => used(input.weeks as number[])
const fires = (sign: Sign, on: SignDay): boolean => sign.check(on)?.holds === true
const onDays =
  (sign: Sign, facts: Parameters<typeof signDay>[1]) =>
  ({ expected }: Example) =>
    Object.fromEntries(Object.keys(expected as object).map((day) => [day, fires(sign, signDay(day, facts))]))

const touch = (day: Day, state: 'rescheduled' | 'held') => ({ day, two_way: true, state, contact: 'p' })

/** Late payments day by day, from what was known of the invoices on each. */
function lived(known: (day: Day) => Invoice[], until = '2025-01-31') {
  const closed: Closed[] = []
  let life: Life = UNBORN
  for (let day = '2024-05-01'; day <= until; day = addDays(day, 1)) {
    const invoices = known(day)
    const found = liveOn(paymentLate, life, {
      day,
      is_customer: true,
      has_decided: false,
      is_warm: true,
      check: paymentLate.check(signDay(day, { invoices })),
      ground: ({ raised }) => fires(paymentLate, signDay(raised, { invoices })),
    })
    life = found.life
    if (found.closed !== null) closed.push(found.closed)
  }
  return closed
}
const paid =
  (due: Day, on: Day, told: Day = on) =>
  (day: Day) =>
    invoice(due, day >= told ? on : null)

const verdict = ({ input: { raised, decision, deadline, horizon, last } }: Example): Verdict =>
  verdictOf({ raised: raised as Day, is_late_data: false, decision: decision as Day | null, deadline: deadline as Day | null }, horizon as number, last as Day)
const lateData = (): Verdict => verdictOf({ raised: '2025-01-10', is_late_data: true, decision: '2025-03-20', deadline: '2025-04-01' }, 90, '2025-06-30')

const noise = { tickets: ['2024-04-05', '2024-04-15', '2024-04-25', '2024-05-05', '2024-05-15'].map((day) => ticket(day)) }
const VERDICTS = ['hit', 'after_horizon', 'same_day', 'past_deadline', 'not_matured', 'early_hit_counts']

export const signExamples: Worked = {
  usage_down: usageExample,
  usage_down_one_week: usageExample,
  usage_down_chance: usageExample,
  usage_down_too_few: usageExample,
  usage_drop_signal: ({ input: { previous_weeks, now } }) =>
    judged(usageDrop, signDay(DAY, { use: weekly([...(previous_weeks as number[]), now as number], DAY) })),
  usage_down_season: ({ input }) => {
    const weeks = input.all_weeks as number[]
    const fleet = Array.from({ length: input.accounts as number }, () => weeks.toReversed())
    return used(weeks, seasonalIndex(fleet, weeks.length))
  },
  support_spike_limit: ({ input }) => (input.tickets_8_weeks as number[]).map((n) => spikeOf(0, n).limit),
  support_spike: () => judged(supportSpike, signDay(DAY, { contracts: [[terms()]], tickets: [ticket('2024-06-25'), ticket('2024-06-26'), ticket(DAY)] })),
  silence_after_noise: onDays(silenceAfterNoise, noise),
  payment_late_day_11: onDays(paymentLate, { invoices: [invoice('2024-06-01', null)] }),
  meeting_moved: () => {
    const moved = [touch('2024-06-01', 'rescheduled'), touch('2024-06-08', 'rescheduled')]
    return {
      before: fires(meetingMoved, signDay('2024-06-09', { touchpoints: moved })),
      after_held: fires(meetingMoved, signDay('2024-06-11', { touchpoints: [...moved, touch('2024-06-10', 'held')] })),
    }
  },
  touch_states: ({ input }) => ({ touches: (input.states as ('rescheduled' | 'held')[]).filter((state) => tookPlace({ state })).length }),
  signal_ended: () => lived((day) => [paid('2024-06-01', '2024-06-20')(day)]),
  signal_corrected: () => lived((day) => [paid('2024-06-01', '2024-05-30', '2024-06-20')(day)]),
  signal_cool_down: () => lived((day) => [paid('2024-06-01', '2024-06-20')(day), paid('2024-06-12', '2024-07-20')(day)]),
  signal_latched: () => lived(() => [invoice('2024-06-01', null)], addDays('2024-06-01', 200)),
  ...Object.fromEntries(VERDICTS.map((name) => [`verdict_${name}`, verdict])),
  verdict_late_data: lateData,
  verdict_corrected_later: lateData,
}
