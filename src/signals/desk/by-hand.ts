import type { Asking } from '../../books/ask.ts'
import { refuse } from '../../kernel/errors.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, dayOf, daysBetween, isDay } from '../../kernel/period.ts'
import { COOL_DOWN } from '../life.ts'
import type { TodaySources } from '../today/sources.ts'

/** As long as something may be put off. */
const LONGEST_SKIP = 30

async function todayOf({ books }: TodaySources): Promise<{ day: Day; now: Date }> {
  const now = books.clock.now()
  return { day: dayOf(now, (await books.settings()).time_zone), now }
}

/** A person's word ends a signal, and its kind stays quiet for the account as long as after one that ended by itself. */
export async function closeByHand(
  sources: TodaySources,
  { asker }: Asking,
  id: string,
  { reason, note }: { readonly reason: 'done' | 'not_so'; readonly note: string },
): Promise<void> {
  const said = note.trim()
  if (reason === 'not_so' && said === '')
    throw refuse('reason_missing', 'A false alarm needs a reason.', 'Say why it is not so: the record of its kind rests on it.')
  const { day, now } = await todayOf(sources)
  await sources.close(id, { reason, note: said === '' ? null : said, by: asker.name, on: day, at: now.toISOString(), quiet_until: addDays(day, COOL_DOWN) })
}

/** Puts a signal off in writing. Throws `reason_missing`, `bad_day`. */
export async function skipInWriting(
  sources: TodaySources,
  { asker }: Asking,
  id: string,
  { reason, look_again_on }: { readonly reason: string; readonly look_again_on: Day },
): Promise<void> {
  const said = reason.trim()
  if (said === '') throw refuse('reason_missing', 'Skipping needs a reason.', 'Say why it can wait.')
  const { day, now } = await todayOf(sources)
  const days = isDay(look_again_on) ? daysBetween(day, look_again_on) : 0
  if (days < 1 || days > LONGEST_SKIP)
    throw refuse(
      'bad_day',
      `"${look_again_on}" is not a day within ${LONGEST_SKIP} days.`,
      `Choose one from ${addDays(day, 1)} to ${addDays(day, LONGEST_SKIP)}.`,
    )
  await sources.skip({ id: uuidv7(now), signal_id: id, reason: said, look_again_on, skipped_at: now.toISOString(), skipped_by: asker.name })
}

export async function answerHeldDay(sources: TodaySources, { asker }: Asking, day: Day, answer: 'real' | 'wrong'): Promise<number> {
  return sources.answerHold(day, answer, sources.books.clock.now().toISOString(), asker.name)
}
