import { outcomeMeasurement } from '../../../facts/outcome-measurement.ts'
import { outcome } from '../../../facts/outcome.ts'
import type { Told } from '../happening.ts'
import { defineTimelineKind, joined } from '../happening.ts'

export const outcomes = defineTimelineKind({
  id: 'outcomes',
  name: 'Outcomes',
  of: [outcome, outcomeMeasurement],
  tell(known) {
    const names = new Map(known.of(outcome).map(({ values }) => [values.outcome_id, String(values.name ?? values.outcome_id)]))
    const agreed = known.of(outcome).flatMap((own): Told[] => {
      const { outcome_id, baseline, target, unit, due_on = null, defined_at = null, closed_at = null } = own.values
      const name = names.get(outcome_id ?? null) ?? String(outcome_id)
      const detail = joined([joined([`from ${String(baseline)} to ${String(target)}`, unit], ' '), due_on === null ? null : `due ${known.dateOf(due_on)}`])
      const defined: Told = { of: own, what: 'agreed', at: defined_at, title: `Outcome agreed: ${name}`, detail }
      return closed_at === null ? [defined] : [defined, { of: own, what: 'closed', at: closed_at, title: `Outcome closed: ${name}`, detail }]
    })
    const measured = known.of(outcomeMeasurement).flatMap((own): Told[] => {
      const { outcome_id = null, value, measured_at = null, confirmed_at = null, evidence } = own.values
      const name = names.get(outcome_id) ?? String(outcome_id)
      const at: Told = { of: own, what: 'measured', at: measured_at, title: `${name}: ${String(value)}`, detail: joined([evidence]) }
      return confirmed_at === null
        ? [at]
        : [at, { of: own, what: 'confirmed', at: confirmed_at, title: `${name}: confirmed at ${String(value)}`, detail: joined([evidence]), tone: 'good' }]
    })
    return [...agreed, ...measured]
  },
})
