import type { FactDefinition } from '../../facts/fact.ts'
import { addMonths, dayOf, startOfDay } from '../../kernel/period.ts'
import { refusal } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import type { StagedRow } from './staged-row.ts'

const NO_MONTHS = refusal('is no whole number of months')

/** Puts the end of what lasts some months, where no other is given. */
export function putEnd({ lasts }: FactDefinition, row: StagedRow, zone: string): { column: string; problem: Refusal } | null {
  const [from, months, until] = lasts === undefined ? [] : [row[lasts.from], row[lasts.months], row[lasts.until]]
  if (lasts === undefined || typeof from !== 'string' || typeof months !== 'string' || typeof until === 'string') return null
  if (!/^\d+$/.test(months)) return { column: lasts.months, problem: NO_MONTHS }
  const [begin, day] = [new Date(from), dayOf(new Date(from), zone)]
  const end = startOfDay(addMonths(day, Number(months)), zone).getTime() + begin.getTime() - startOfDay(day, zone).getTime()
  row[lasts.until] = new Date(end).toISOString()
  return null
}
