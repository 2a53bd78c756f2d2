import { revisedWith } from '../facts/current.ts'
import { factTable } from '../facts/fact.ts'
import { sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { noteAs } from './build.ts'
import type { Build } from './build.ts'
import { ledgerRows, piecesAs } from './ledger.ts'
import type { LedgerDefinition, Pieces } from './ledger.ts'
import { localDay } from './local-day.ts'

const changedName = ({ fact }: Pieces): string => `days of ${fact.id}`
/** Pieces of a ledger that are derived. */
const reachedName = (ledger: LedgerDefinition): string => `reached of ${ledger.id}`
const neededName = (ledger: LedgerDefinition): string => `needed of ${ledger.id}`

const note = (build: Build, name: string, pieces: Sql): Promise<void> =>
  noteAs(build, 'ledger_touched_piece', name, sql`SELECT account_id, day FROM (${pieces})`)

/** Notes the pieces that changed facts lie in now and lay in before: a correction may move one to another day. */
export function noteChangedPieces(build: Build, pieces: Pieces, which: Sql): Promise<void> {
  const { fact } = pieces
  const changed = sql`SELECT DISTINCT account_id, ${localDay(build, fact.effective)} AS day FROM ${table(factTable(fact))}`
  const all = build.store.shardLocal(sql`${changed} WHERE ${which} UNION DISTINCT ${changed} WHERE ${revisedWith(fact, which)}`)
  return note(build, changedName(pieces), sql`SELECT * FROM ${all}`)
}

/** Notes, from the changed pieces, which rows of the ledger are derived and from which facts. */
export async function notePieces(build: Build, ledger: LedgerDefinition, pieces: Pieces): Promise<void> {
  const { settings, next } = build
  const before = ledgerRows(ledger, build)
  await note(build, reachedName(ledger), pieces.reached(piecesAs(next, changedName(pieces)), before, settings))
  await note(build, neededName(ledger), pieces.needed(piecesAs(next, reachedName(ledger)), before, settings))
}

/** Condition on rows of the ledger: they lie in a piece that is derived. */
export const isReached = ({ next }: Build, ledger: LedgerDefinition, { day }: Pieces): Sql =>
  sql`(account_id, ${trusted(day)}) IN (${piecesAs(next, reachedName(ledger))})`

export const daysReached = ({ next }: Build, ledger: LedgerDefinition): Sql => sql`SELECT day FROM (${piecesAs(next, reachedName(ledger))})`

/** Condition on versions of the facts of a ledger: they lie between the first and the last day that is needed, or hardly beside. */
function isNear(build: Build, ledger: LedgerDefinition, { fact }: Pieces): Sql {
  const end = (which: 'min' | 'max'): Sql => sql`(SELECT ${trusted(which)}(day) FROM (${piecesAs(build.next, neededName(ledger))}))`
  return sql`toDate32(${trusted(fact.effective)}) BETWEEN ${end('min')} - 1 AND ${end('max')} + 1`
}

/** Condition on versions of the facts of a ledger: they lie in a piece that is needed. Days are looked at first, which costs little. */
export const isNeeded = (build: Build, ledger: LedgerDefinition, pieces: Pieces): Sql =>
  sql`${isNear(build, ledger, pieces)} AND (account_id, ${localDay(build, pieces.fact.effective)}) GLOBAL IN (${piecesAs(build.next, neededName(ledger))})`

/** Whether more than a share of the facts lie in pieces that are needed. Where few lie near them, nothing but days is read. */
export async function areMostNeeded(build: Build, ledger: LedgerDefinition, pieces: Pieces, share: number): Promise<boolean> {
  const { store } = build
  const facts = table(factTable(pieces.fact))
  const isMore = async (which: Sql): Promise<boolean> => {
    const counted = sql`SELECT count() AS needed, (SELECT count() FROM ${facts}) AS all FROM ${facts} WHERE ${which}`
    const [found] = await store.read<{ share: number }>(sql`SELECT sum(needed) / sum(all) AS share FROM ${store.shardLocal(counted)}`)
    return (found?.share ?? 1) > share
  }
  return (await isMore(isNear(build, ledger, pieces))) && isMore(isNeeded(build, ledger, pieces))
}
