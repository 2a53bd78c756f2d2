import { identitiesWith } from '../facts/current.ts'
import { factTable } from '../facts/fact.ts'
import { param, sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { uint } from './build.ts'
import type { Build } from './build.ts'
import { ledgerRows, piecesAs } from './ledger.ts'
import type { LedgerDefinition, Pieces } from './ledger.ts'

const changedName = ({ fact }: Pieces): string => `days of ${fact.id}`
/** Pieces of a ledger that are derived. */
export const reachedName = (ledger: LedgerDefinition): string => `reached of ${ledger.id}`
export const neededName = (ledger: LedgerDefinition): string => `needed of ${ledger.id}`

const note = ({ store, next }: Build, name: string, pieces: Sql): Promise<void> =>
  store.writeEverywhere(sql`INSERT INTO ledger_touched_piece SELECT ${uint(next)}, ${param('String', name)}, account_id, day FROM (${pieces})`)

/** Notes the pieces that changed facts lie in now and lay in before: a correction may move one to another day. */
export function noteChangedPieces(build: Build, pieces: Pieces, which: Sql): Promise<void> {
  const { store, settings } = build
  const facts = table(factTable(pieces.fact))
  const changed = sql`SELECT DISTINCT account_id, ${pieces.dayOf(settings)} AS day FROM ${facts} WHERE ${identitiesWith(pieces.fact, which)}`
  return note(build, changedName(pieces), sql`SELECT * FROM ${store.shardLocal(changed)}`)
}

/** Notes, from the changed pieces, which rows of the ledger are derived and from which facts. */
export async function notePieces(build: Build, ledger: LedgerDefinition, pieces: Pieces): Promise<void> {
  const { settings, next } = build
  const before = ledgerRows(ledger, build)
  await note(build, reachedName(ledger), pieces.reached(piecesAs(next, changedName(pieces)), before, settings))
  await note(build, neededName(ledger), pieces.needed(piecesAs(next, reachedName(ledger)), before, settings))
}

/** Condition on versions of the facts of a ledger: they lie in a piece that is needed. */
export const isNeeded = ({ settings, next }: Build, ledger: LedgerDefinition, pieces: Pieces): Sql =>
  sql`(account_id, ${pieces.dayOf(settings)}) GLOBAL IN (${piecesAs(next, neededName(ledger))})`

/** Whether pieces noted under a name are more than a share of those the ledger has rows of. */
export async function holdMorePieces(build: Build, ledger: LedgerDefinition, { day }: Pieces, name: string, share: number): Promise<boolean> {
  const { store, next } = build
  const all = sql`SELECT uniqCombined(account_id, ${trusted(day)}) AS n FROM (${ledgerRows(ledger, build)})`
  const [counted] = await store.read<{ noted: string; all: string }>(
    sql`SELECT (SELECT count() FROM (${piecesAs(next, name)})) AS noted, sum(n) AS all FROM ${store.shardLocal(all)}`,
  )
  return Number(counted?.noted) > share * Number(counted?.all)
}
