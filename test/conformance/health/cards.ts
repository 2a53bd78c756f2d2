import { asIfConnected, completeUntil, usualLag } from '../../../src/health/known.ts'
import { delayOfDay, delaysOf, isHistory, leadTimeLost } from '../../../src/health/delay.ts'
import { arrAtRisk, bandInPhase, explainLikelihood, phaseOf, renewalLikelihood } from '../../../src/health/likelihood.ts'
import type { Day } from '../../../src/kernel/period.ts'
import { addDays } from '../../../src/kernel/period.ts'
import { isEnough, medianInterval, notEnough, shareOf } from '../../../src/signals/report-card.ts'
import { accountsAWeek, dailyOrder, redLine } from '../../../src/signals/work.ts'
import { median } from '../../../src/statistics/quantile.ts'
import type { Example, Worked } from './example.ts'

type Numbers = Readonly<Record<string, number>>

const leads = ({ input }: Example) => medianInterval(input.leads as number[])
/** One use a day, each recorded so many days later. */
const arrivals = (rows: number, lag: number, from: Day = '2024-01-01') =>
  Array.from({ length: rows }, (_, i) => ({ effective_on: addDays(from, i), recorded_on: addDays(from, i + lag) }))

export const cardExamples: Worked = {
  precision_interval: ({ input: { hits, matured } }) => {
    const { rate, ci } = shareOf(hits as number, matured as number)
    return { precision: rate, ci }
  },
  median_lead_interval: (example) => ({ median: median(example.input.leads as number[]), ci: leads(example) }),
  median_lead_few: (example) => ({ ci: leads(example) }),
  median_lead_12: leads,
  not_enough: ({ input: { decisions, matured } }) => ({
    enough: isEnough(decisions as number, matured as number),
    prints: notEnough(decisions as number, matured as number),
  }),
  band_in_phase: () => bandInPhase({ decided: 12, n: 80 }, { decided: 6, n: 10 }),
  renewal_likelihood_later: ({ input }) => {
    const { p_later: later = 0, p_in_window: in_window = 0, days_to_deadline: days = 0 } = input as Numbers
    return renewalLikelihood(phaseOf(days), days, { later, in_window, month_to_month: 0 })
  },
  arr_at_risk_decided: ({ input }) => {
    const accounts = (input.accounts as [number, number][]).map(([arr, p]) => ({ arr, p }))
    return arrAtRisk(accounts.slice(0, -1), accounts.at(-1)?.arr ?? 0)
  },
  explanation_adds_up: ({ input }) => explainLikelihood(input.intercept_at_means as number, input.beta as Numbers, input.x as Numbers),
  red_line: ({ input: { csms, usable_hours_a_week: usable_hours, hours_per_save, accounts } }) => {
    const capacity = { csms, usable_hours, hours_per_save } as { csms: number; usable_hours: number; hours_per_save: number }
    // 46 scores two points apart from 23 on, given the other way round, and one account without any.
    const scores = [...Array.from({ length: accounts as number }, (_, i) => 23 + 2 * i).reverse(), null]
    return { accounts_a_week: accountsAWeek(capacity), score: redLine(scores, capacity).score }
  },
  daily_order: ({ input: { accounts, budget } }) => {
    const waiting = (accounts as string[]).map((text) => {
      const [, account = '', arr = '', p = ''] = /^(\w) ([\d,]+) x (\S+)$/.exec(text) ?? []
      return { account, arr: Number(arr.replace(',', '')), p: Number(p) }
    })
    const { worked, skipped } = dailyOrder(waiting, budget as number)
    const names = (rows: readonly { account: string }[]) => rows.map(({ account }) => account)
    return { order: names([...worked, ...skipped]), worked: names(worked), skipped: names(skipped) }
  },
  delay_percentiles: ({ input }) => {
    const live = (input.delays as number[]).map((delay) => ({ delay, is_history: false }))
    return delaysOf([...live, ...Array.from({ length: input.history as number }, () => ({ delay: 400, is_history: true }))])
  },
  delay_history_import: ({ input }) => ({ median: median(input.delays_days as number[]), history: isHistory(input.delays_days as number[]) }),
  replay_as_if_connected: ({ input: { effective, recorded, history, source_median_delay_days } }) => {
    const arrival = { effective_on: effective as Day, recorded_on: recorded as Day }
    return { as_known: arrival.recorded_on, as_if_connected: asIfConnected(arrival, history as boolean, source_median_delay_days as number) }
  },
  delay_of_a_day: ({ input }) => delayOfDay(input.paid_on as Day, new Date(input.recorded as string), 'UTC'),
  usual_lag: () => {
    const lag = usualLag(arrivals(60, 12), '2024-03-12')
    return { lag, complete_until: completeUntil('2024-03-12', '2024-03-12', [lag]) }
  },
  usual_lag_falling: () => ({ lag: usualLag(arrivals(60, 12), '2024-12-31') }),
  usual_lag_few: () => ({ lag: usualLag(arrivals(19, 12), '2024-03-12') }),
  lead_time_lost: ({ input: { deadline, ideal_raise, real_raise } }) => leadTimeLost(deadline as Day, ideal_raise as Day, real_raise as Day),
}
