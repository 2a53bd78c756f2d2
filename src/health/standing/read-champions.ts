import { contact } from '../../facts/contact.ts'
import { currentFacts } from '../../facts/current.ts'
import { factTable } from '../../facts/fact.ts'
import type { Day } from '../../kernel/period.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { localDay } from '../../ledgers/local-day.ts'
import { dayParam, ofWanted } from './frame.ts'
import type { StandingFrame } from './frame.ts'
import type { RawAccounts } from './raw-account.ts'

interface Person {
  readonly account_id: string
  readonly contact_id: string
  readonly since: Day
  readonly name: string
  readonly user_id: string
  readonly is_champion: 0 | 1
  readonly is_executive: 0 | 1
  readonly left_on: Day | null
}

/** People of the accounts whose champion may be gone: of whom a champion was ever told to have left. */
export async function readChampions(frame: StandingFrame, accounts: RawAccounts): Promise<void> {
  const { book, until } = frame
  const left = sql`SELECT account_id FROM ${table(factTable(contact))} WHERE is_champion = 1 AND isNotNull(left_at)${ofWanted(frame, 'raw')}`
  const named = await book.store.read<{ account_id: string }>(sql`SELECT DISTINCT account_id FROM ${book.store.shardLocal(left)}`)
  if (named.length === 0) return
  const counted = new Set(named.map(({ account_id }) => accounts.countedAs.get(account_id) ?? account_id))
  const merged = [...accounts.countedAs].filter(([, as]) => counted.has(as)).map(([account]) => account)
  const people = currentFacts(contact, { reportedOn: until, where: sql`account_id IN ${param('Array(String)', [...counted, ...merged])}` })
  const here = sql`SELECT account_id, contact_id, name, user_id, is_champion, is_executive, ${localDay(book, 'effective_at')} AS from_day,
    ${localDay(book, 'left_at')} AS left_day, recorded_at FROM (${people})`
  const rows = sql`SELECT account_id, contact_id, name, user_id, is_champion, is_executive, toString(from_day) AS since, toString(left_day) AS left_on
    FROM ${book.store.shardLocal(here)} WHERE from_day <= ${dayParam(frame.day)} ORDER BY recorded_at, contact_id`
  for await (const chunk of book.store.readChunks<Person>(rows))
    for (const person of chunk)
      accounts.of(person.account_id)?.contacts.push({
        contact: person.contact_id,
        from: person.since,
        name: person.name,
        user: person.user_id,
        is_champion: person.is_champion === 1,
        is_executive: person.is_executive === 1,
        left_on: person.left_on,
      })
}
