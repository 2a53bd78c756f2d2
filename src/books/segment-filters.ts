import { refuse } from '../kernel/errors.ts'
import type { Asking } from './ask.ts'
import type { Books } from './books.ts'

/** The filter that names a segment: `segment_of=ID`. */
export const SEGMENT_OF = 'segment_of'

const PREFIX = `${SEGMENT_OF}=`
const ACCOUNT = 'account='

interface Filtered {
  readonly where?: readonly string[] | undefined
  readonly as_of?: string | undefined
  readonly reported_on?: string | undefined
}

/** A filter that no account passes. */
const NOBODY = `${ACCOUNT}\u0000`

/**
 * A question with its segments written out as the accounts that are in them on its day; several segments are alternatives, as
 * the values of any filter are. The key names what that hangs on beside the state of the ledgers.
 */
export async function withSegments<Q extends Filtered>(books: Books, asking: Asking, asked: Q): Promise<{ readonly asked: Q; readonly key: string }> {
  const where = asked.where ?? []
  const ids = [...new Set(where.filter((text) => text.startsWith(PREFIX)).map((text) => text.slice(PREFIX.length)))]
  if (ids.length === 0) return { asked, key: '' }
  if (ids.includes('')) throw refuse('bad_filter', 'The filter by segment names none.', 'Write segment_of=ID; GET /api/v1/segments lists them.')
  const { as_of, reported_on } = asked
  const found = await Promise.all(ids.map((id) => books.segments.membersOf(asking, id, { as_of, reported_on })))
  const members = new Set(found.flatMap(({ accounts }) => accounts))
  const named = where.filter((text) => text.startsWith(ACCOUNT)).map((text) => text.slice(ACCOUNT.length))
  const kept = named.length === 0 ? [...members] : named.filter((account) => members.has(account))
  const others = where.filter((text) => !text.startsWith(PREFIX) && !text.startsWith(ACCOUNT))
  const accounts = kept.length === 0 ? [NOBODY] : kept.map((account) => `${ACCOUNT}${account}`)
  return { asked: { ...asked, where: [...others, ...accounts] }, key: ids.map((id, i) => `${id}@${found[i]?.key ?? ''}`).join(' ') }
}

/** The filters that are looked up in what the books hold: all but those of segments, which were looked up. */
export const withoutSegments = (where: readonly string[] = []): string[] => where.filter((text) => !text.startsWith(PREFIX))
