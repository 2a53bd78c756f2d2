import { refuse } from '../kernel/errors.ts'
import { addDays, isDay, startOfDay } from '../kernel/period.ts'

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})$/

/**
 * The last instant that counts, in UTC with microseconds: the close of a local day, or the instant itself.
 * Throws `bad_instant`.
 */
export function reportedUntil(text: string, zone: string): string {
  if (isDay(text)) return `${new Date(startOfDay(addDays(text, 1), zone).getTime() - 1).toISOString().slice(0, -1)}999Z`
  const read = INSTANT.test(text) ? new Date(text) : null
  if (read === null || Number.isNaN(read.getTime()))
    throw refuse('bad_instant', `"${text}" is neither a day nor an instant.`, 'Write a day such as 2024-06-30 or an instant such as 2024-06-30T12:00:00Z.')
  // Date keeps milliseconds; the digits of microseconds are carried over as they stand.
  const below = /\.\d{3}(\d{1,3})/.exec(text)?.[1] ?? ''
  return `${read.toISOString().slice(0, -1)}${below.padEnd(3, '0')}Z`
}
