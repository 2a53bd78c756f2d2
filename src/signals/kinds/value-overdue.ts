import type { Outcome } from '../../health/account-facts.ts'
import type { Day } from '../../kernel/period.ts'
import { daysBetween } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const OVERDUE = 14

export interface OverdueValue {
  readonly overdue: { readonly outcome: string; readonly name: string; readonly days: number; readonly attained: number; readonly measured: boolean } | null
}

/** How far the last reading is on its way; never measured is nothing of it. */
function attainedOn({ baseline, target, readings }: Outcome, day: Day): number | null {
  const last = readings
    .filter((reading) => reading.day <= day)
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .at(-1)
  return last === undefined || target === baseline ? null : Math.min(1, Math.max(0, (last.value - baseline) / (target - baseline)))
}

function overdueOn(outcome: Outcome, day: Day): OverdueValue['overdue'] {
  const { id, name, defined_on, due_on, closed_on } = outcome
  if (defined_on > day || due_on === null || (closed_on !== null && closed_on <= day)) return null
  const [days, attained] = [daysBetween(due_on, day), attainedOn(outcome, day)]
  return days > OVERDUE && (attained ?? 0) < 1 ? { outcome: id, name, days, attained: attained ?? 0, measured: attained !== null } : null
}

export const valueOverdue = defineSign<OverdueValue>({
  id: 'value_overdue',
  name: 'Value overdue',
  says: 'A result that the account wanted is two weeks overdue and not reached.',
  class: 'risk',
  expires: 90,
  opens: [{ fact: 'outcome' }, { fact: 'outcome_measurement' }],
  values: ({ facts, day }) => ({
    overdue: facts.outcomes
      .map((each) => overdueOn(each, day))
      .reduce((worst, each) => (each !== null && (worst === null || each.days > worst.days) ? each : worst), null),
  }),
  holds: ({ overdue }) => overdue !== null,
  evidence: ({ overdue }) => (overdue === null ? {} : { outcome: overdue.outcome, days: overdue.days, attained: overdue.attained, measured: overdue.measured }),
  sentence: ({ overdue }) => (overdue === null ? '' : `'${overdue.name}' ${overdue.days} days overdue at ${Math.round(100 * overdue.attained)} %`),
})
