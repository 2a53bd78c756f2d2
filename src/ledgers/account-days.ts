/**
 * Account days: what one account has on one local day. Ledgers of product use follow these, since by accounts alone too much
 * is touched: one more day of events reaches most accounts and little of each.
 *
 * In go changed events; out come notes of account days. First those in which the events lie now, and lay before a correction
 * (`changed`). From these, by a rule of each ledger, the days whose rows may be others (`reached`), and the days from whose
 * events all these rows are derived (`needed`).
 *
 * Example: an event of 3 May, 00:10, is new. For days of use 3 May is changed, reached and needed. For sessions 2 to 4 May are
 * reached: the event may lengthen a session that began the evening before, and the next one may no longer begin on 4 May.
 * Needed are 1 to 4 May, since only the events before it tell whether a session of 2 May begins there.
 */
import { revisedWith } from '../facts/current.ts'
import { factTable } from '../facts/fact.ts'
import { sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { noteAs } from './build.ts'
import type { Build } from './build.ts'
import { ledgerRows, accountDaysAs } from './ledger.ts'
import type { LedgerDefinition, AccountDays } from './ledger.ts'
import { localDay } from './local-day.ts'

const changedName = ({ fact }: AccountDays): string => `days of ${fact.id}`
/** Account days of a ledger that are derived. */
const reachedName = (ledger: LedgerDefinition): string => `reached of ${ledger.id}`
const neededName = (ledger: LedgerDefinition): string => `needed of ${ledger.id}`

const note = (build: Build, name: string, accountDays: Sql): Promise<void> =>
  noteAs(build, 'ledger_touched_piece', name, sql`SELECT account_id, day FROM (${accountDays})`)

/** Notes the account days that changed facts lie in now and lay in before: a correction may move one to another day. */
export function noteChangedDays(build: Build, accountDays: AccountDays, which: Sql): Promise<void> {
  const { fact } = accountDays
  const changed = sql`SELECT DISTINCT account_id, ${localDay(build, fact.effective)} AS day FROM ${table(factTable(fact))}`
  const all = build.store.shardLocal(sql`${changed} WHERE ${which} UNION DISTINCT ${changed} WHERE ${revisedWith(fact, which)}`)
  return note(build, changedName(accountDays), sql`SELECT * FROM ${all}`)
}

/** Notes, from the changed account days, which rows of the ledger are derived and from which facts. */
export async function noteDays(build: Build, ledger: LedgerDefinition, accountDays: AccountDays): Promise<void> {
  const { settings, next } = build
  const before = ledgerRows(ledger, build)
  await note(build, reachedName(ledger), accountDays.reached(accountDaysAs(next, changedName(accountDays)), before, settings))
  await note(build, neededName(ledger), accountDays.needed(accountDaysAs(next, reachedName(ledger)), before, settings))
}

/** Condition on rows of the ledger: their account day is derived. */
export const isReached = ({ next }: Build, ledger: LedgerDefinition, { day }: AccountDays): Sql =>
  sql`(account_id, ${trusted(day)}) IN (${accountDaysAs(next, reachedName(ledger))})`

export const daysReached = ({ next }: Build, ledger: LedgerDefinition): Sql => sql`SELECT day FROM (${accountDaysAs(next, reachedName(ledger))})`

/** Condition on versions of the facts of a ledger: they lie between the first and the last day that is needed, or hardly beside. */
function isNear(build: Build, ledger: LedgerDefinition, { fact }: AccountDays): Sql {
  const end = (which: 'min' | 'max'): Sql => sql`(SELECT ${trusted(which)}(day) FROM (${accountDaysAs(build.next, neededName(ledger))}))`
  return sql`toDate32(${trusted(fact.effective)}) BETWEEN ${end('min')} - 1 AND ${end('max')} + 1`
}

/** Condition on versions of the facts of a ledger: their account day is needed. Days are looked at first, which costs little. */
export const isNeeded = (build: Build, ledger: LedgerDefinition, accountDays: AccountDays): Sql =>
  sql`${isNear(build, ledger, accountDays)} AND (account_id, ${localDay(build, accountDays.fact.effective)}) GLOBAL IN
    (${accountDaysAs(build.next, neededName(ledger))})`

/** Whether more than a share of the facts lie in account days that are needed. Where few lie near them, nothing but days is read. */
export async function areMostNeeded(build: Build, ledger: LedgerDefinition, accountDays: AccountDays, share: number): Promise<boolean> {
  const { store } = build
  const facts = table(factTable(accountDays.fact))
  const isMore = async (which: Sql): Promise<boolean> => {
    const counted = sql`SELECT count() AS needed, (SELECT count() FROM ${facts}) AS all FROM ${facts} WHERE ${which}`
    const [found] = await store.read<{ share: number }>(sql`SELECT sum(needed) / sum(all) AS share FROM ${store.shardLocal(counted)}`)
    return (found?.share ?? 1) > share
  }
  return (await isMore(isNear(build, ledger, accountDays))) && isMore(isNeeded(build, ledger, accountDays))
}
