import type { Asking } from '../../books/ask.ts'
import { readBook } from '../../books/read-book.ts'
import { BinnacleError, notFound } from '../../kernel/errors.ts'
import type { TodaySources } from '../today/sources.ts'
import { checkOwnSignal, idOf, metricsForRules } from './own-signal.ts'
import type { OwnSignal, OwnVersion } from './own-signal.ts'

async function save(sources: TodaySources, asking: Asking, id: string, given: OwnSignal): Promise<OwnVersion> {
  const { book } = await readBook(sources.books, asking)
  const { own } = checkOwnSignal(given, metricsForRules(book.catalogue))
  return sources.own.append({ id, definition: JSON.stringify(own), made_at: sources.books.clock.now().toISOString(), made_by: asking.asker.name })
}

/** Makes one; its id comes from its name. Throws `bad_own_signal`, `bad_rule`, `name_taken`. */
export async function makeOwnSignal(sources: TodaySources, asking: Asking, given: OwnSignal): Promise<OwnVersion> {
  const id = idOf(given.name)
  if (id !== '' && (await sources.own.readInForce(id)) !== null)
    throw new BinnacleError('name_taken', `There is a signal "${given.name}" already.`, {
      cure: 'Change that one, or give this one another name.',
      status: 409,
    })
  return save(sources, asking, id, given)
}

/** Saves a new version, which is in force from then on. Throws `not_found`, `bad_own_signal`, `bad_rule`, `changed_meanwhile`. */
export async function changeOwnSignal(sources: TodaySources, asking: Asking, id: string, given: OwnSignal): Promise<OwnVersion> {
  await ownVersions(sources, id)
  return save(sources, asking, id, given)
}

/** Every version of one, the oldest first. Throws `not_found`. */
export async function ownVersions(sources: TodaySources, id: string): Promise<readonly OwnVersion[]> {
  const versions = await sources.own.readAll(id)
  if (versions.length === 0) throw notFound('own signal', id, 'List the own signals to see their ids.')
  return versions
}
