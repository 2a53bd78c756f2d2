import { dayOf } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Question } from './answer.ts'
import type { Book } from './book.ts'
import { cell, identityOf } from './company.ts'
import { groupBy } from './group.ts'
import { NONE } from './scope.ts'

/** One event that counts as use. `raw` is the account as its source names it. */
export interface Use {
  readonly account: string
  readonly raw: string
  readonly user: string
  readonly at: number
  /** Tells events of one instant apart. */
  readonly id: string
  readonly day: Day
  readonly event: string
  readonly slices: Readonly<Record<string, string>>
}

export interface Session {
  readonly account: string
  readonly day: Day
  readonly minutes: number
  readonly uses: readonly Use[]
}

/** Dimensions of an event, which cut below the account. */
export const USE_GRAIN = ['product', 'feature', 'platform', 'user_role']

const listed = (setting: string): string[] =>
  setting
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '')
export const isNamed = (setting: string, event: string): boolean => listed(setting).includes(event.toLowerCase())

const known = new WeakMap<Book, { uses: Use[]; sessions: Session[] }>()

function read(book: Book): { uses: Use[]; sessions: Session[] } {
  const found = known.get(book)
  if (found !== undefined) return found
  const counted = new Set(book.accounts.map(({ account }) => account))
  const uses = book.facts.usage_event
    .filter((row) => cell(row, 'is_internal') !== 'true' && !isNamed(book.settings.idle_events, cell(row, 'event')))
    .map((row): Use => {
      const at = Date.parse(cell(row, 'occurred_at'))
      return {
        account: book.rootOf(cell(row, 'account_id')),
        raw: cell(row, 'account_id'),
        user: cell(row, 'user_id'),
        at,
        id: identityOf('usage_event', row),
        day: dayOf(new Date(at), book.settings.time_zone),
        event: cell(row, 'event'),
        slices: Object.fromEntries(USE_GRAIN.map((name) => [name, cell(row, name) || NONE])),
      }
    })
    .filter((use) => counted.has(use.account) && (book.asOf === null || use.day <= book.asOf))
  const read = { uses, sessions: sessionsOf(uses, Number(book.settings.session_gap_minutes)) }
  known.set(book, read)
  return read
}

/** Sessions are of the user of one account of the sources: a merge joins accounts, not the sessions of before. */
function sessionsOf(uses: readonly Use[], gap: number): Session[] {
  const users = groupBy(uses, (use) => JSON.stringify([use.raw, use.user]))
  return [...users.values()].flatMap((list) => {
    const sessions: Use[][] = []
    for (const use of list.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
      const last = sessions.at(-1)?.at(-1)
      if (last === undefined || use.at - last.at > gap * 60_000) sessions.push([use])
      else sessions.at(-1)?.push(use)
    }
    return sessions.map((session): Session => {
      const [first, last] = [session[0] as Use, session.at(-1) as Use]
      return { account: first.account, day: first.day, minutes: (last.at - first.at) / 60_000, uses: session }
    })
  })
}

/** The filters of a question that are of events. */
const filtersOfUse = (question: Question): [string, readonly string[]][] =>
  Object.entries(question.where ?? {}).filter(([dimension]) => USE_GRAIN.includes(dimension))

export const usesOf = (book: Book, question: Question): readonly Use[] => {
  const filters = filtersOfUse(question)
  return read(book).uses.filter((use) => filters.every(([dimension, values]) => values.includes(use.slices[dimension] ?? NONE)))
}

/** A session is of the products and features used in it, and of the platform and role it began with. */
export const sessionsIn = (book: Book, question: Question): readonly Session[] => {
  const filters = filtersOfUse(question)
  const values = (session: Session, dimension: string): string[] =>
    (dimension === 'platform' || dimension === 'user_role' ? session.uses.slice(0, 1) : session.uses).map((use) => use.slices[dimension] ?? NONE)
  return read(book).sessions.filter((session) => filters.every(([dimension, wanted]) => values(session, dimension).some((value) => wanted.includes(value))))
}
