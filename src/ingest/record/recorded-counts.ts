import type { FactDefinition } from '../../facts/fact.ts'
import { factTable, stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { BinnacleError } from '../../kernel/errors.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { ROWS_PER_STAGE } from './batch.ts'
import type { Stage } from './batch.ts'
import type { RecordedCount } from './batches.ts'
import { countChanges } from './dry-run.ts'
import { readTogether } from './scopes.ts'
import type { Work } from './scopes.ts'
import { isKeptByAccount, isStaged } from './staged-rows.ts'

/** A fact that lies on all shards is counted on each. */
export const copiesOf = (store: FactStore, fact: FactDefinition): number => (fact.placement === 'everywhere' ? store.shards : 1)

interface VersionCount extends RecordedCount {
  /** The versions that are no tombstones. */
  readonly alive: number
}

const countQuery = (store: FactStore, fact: FactDefinition, where: Sql): Sql =>
  sql`SELECT ${param('String', fact.id)} AS fact, import_id, intDiv(row_number, ${trusted(String(ROWS_PER_STAGE))}) + 1 AS position,
      countIf(deleted = 0) AS alive, count() AS n FROM ${store.everyShard(factTable(fact))} WHERE ${where} GROUP BY import_id, position`

async function readCounts(store: FactStore, queries: readonly Sql[]): Promise<VersionCount[]> {
  const rows = await readTogether<{ fact: string; import_id: string; position: string; alive: string; n: string }>(store, queries, true)
  return rows.map(({ fact, import_id, position, alive, n }) => ({ fact, import_id, position: Number(position), rows: Number(n), alive: Number(alive) }))
}

/** Versions that the store holds of a fact, by batch and stage: of one batch, or of all. */
export const countVersions = (store: FactStore, fact: FactDefinition, importId?: string): Promise<VersionCount[]> =>
  readCounts(store, [countQuery(store, fact, importId === undefined ? trusted('1') : sql`import_id = ${param('String', importId)}`)])

/** Versions of a small batch are looked for among the accounts that it names, since the table is ordered by account first. */
function versionsOf(store: FactStore, works: readonly Work[]): Sql {
  const [{ fact, scope }] = works as readonly [Work, ...Work[]]
  const own = sql`import_id = ${param('String', scope.importId)}`
  if (!scope.small || scope.moves || !isKeptByAccount(fact)) return countQuery(store, fact, own)
  return countQuery(store, fact, sql`${own} AND account_id GLOBAL IN (SELECT account_id FROM ${store.everyShard(stagedTable(fact))} WHERE ${isStaged(scope)})`)
}

const several = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

/** Throws `staged_rows_missing` unless every row that was read as a fact stands staged. */
export function checkStaged(store: FactStore, fact: FactDefinition, stages: readonly Stage[], found: number): void {
  const own = stages.filter(({ facts }) => facts.includes(fact.id))
  // Files that were read before rows were counted have no count.
  if (own.some(({ staged }) => staged === null)) return
  const wanted = own.reduce((sum, { staged }) => sum + (staged?.[fact.id] ?? 0), 0) * copiesOf(store, fact)
  if (found === wanted) return
  throw new BinnacleError('staged_rows_missing', `Of ${several(wanted, 'row')} that became ${fact.plural} the fact store holds ${found}.`, {
    cure: `Take out and add again: ${own.map(({ name }) => name).join(', ')}.`,
    status: 500,
    details: { fact: fact.id, staged: wanted, found },
  })
}

/** Facts of which fewer versions stand under a batch than its dry run said would. */
function shortOf(stages: readonly Stage[], counted: readonly VersionCount[], copies: (fact: string) => number): string[] {
  const short = stages.flatMap(({ position, counts }) =>
    counts.filter(({ fact, new: fresh, changed }) => {
      const held = counted.find((one) => one.fact === fact && one.position === position)?.alive ?? 0
      return held < (fresh + changed) * copies(fact)
    }),
  )
  return [...new Set(short.map(({ fact }) => fact))]
}

const notRecorded = (fact: FactDefinition, missing: number): BinnacleError =>
  new BinnacleError('facts_not_recorded', `${several(missing, 'staged row')} did not become ${fact.plural}.`, {
    cure: 'Commit again: what is recorded is not recorded twice.',
    retry: true,
    status: 503,
    details: { fact: fact.id, missing },
  })

/** Counts what stands recorded of work that is done, by fact and stage. Throws `facts_not_recorded` unless that is all that its staged rows come to. */
export async function checkRecorded(store: FactStore, stages: readonly Stage[], works: readonly Work[]): Promise<RecordedCount[]> {
  const facts = [...new Set(works.map(({ fact }) => fact))]
  const counted = await readCounts(
    store,
    facts.map((fact) =>
      versionsOf(
        store,
        works.filter((work) => work.fact === fact),
      ),
    ),
  )
  const short = shortOf(stages, counted, (id) => copiesOf(store, facts.find((fact) => fact.id === id) as FactDefinition))
  // An undated row was judged by what held at the dry run, which may be otherwise by now: judged again, none may be left.
  const again = works.filter(({ fact }) => short.includes(fact.id)).map(({ fact, scope }) => ({ fact, scope: { ...scope, first: false } }))
  const left = [...(await countChanges(store, again)).values()].flat()
  for (const fact of facts.filter(({ id }) => short.includes(id))) {
    const missing = left.filter((one) => one.fact === fact.id).reduce((sum, { new: fresh, changed }) => sum + fresh + changed, 0)
    if (missing > 0) throw notRecorded(fact, missing)
  }
  return counted
}
