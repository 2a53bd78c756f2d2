import { FACTS, factById } from '../../src/facts/facts.ts'
import { currentFacts } from '../../src/facts/current.ts'
import { stagedTable } from '../../src/facts/fact.ts'
import type { FactStore } from '../../src/facts/store.ts'
import { identifier, param, sql } from '../../src/kernel/sql.ts'
import { gathered } from '../conformance/ledger-rows.ts'
import type { Attempt } from './importer.ts'
import type { RecordedFact } from './plans.ts'

const IDENTITY: Record<RecordedFact, string> = { account: 'source_id', account_attribute: 'account_id', subscription_version: 'source_id', charge: 'source_id' }

const few = (list: readonly string[]): string => `${list.length}: ${list.slice(0, 5).join(', ')}`

/** What the store holds of one import, against what it was to bring. */
async function checkImport(store: FactStore, id: string, { plan, discarded }: Attempt): Promise<string[]> {
  const found: string[] = []
  for (const fact of Object.keys(IDENTITY) as RecordedFact[]) {
    const rows = await store.read<{ identity: string; n: string }>(sql`
      SELECT ${identifier(IDENTITY[fact])} AS identity, count() AS n FROM ${identifier(`fact_${fact}`)} WHERE import_id = ${param('String', id)}
        GROUP BY identity`)
    const wanted = new Set(discarded ? [] : plan.versions[fact])
    const held = new Set(rows.map(({ identity }) => identity))
    const [doubled, strange, lost] = [
      rows.filter(({ n }) => n !== '1').map(({ identity }) => identity),
      [...held].filter((one) => !wanted.has(one)),
      [...wanted].filter((one) => !held.has(one)),
    ]
    for (const [what, list] of Object.entries({ doubled, strange, lost }))
      if (list.length > 0) found.push(`import ${plan.number}, ${fact}: ${what} ${few(list)}`)
  }
  const [kept] = await store.read<{ n: string; once: string }>(sql`
    SELECT count() AS n, uniqExact(file_id, row_number) AS once FROM import_row WHERE import_id = ${param('String', id)}`)
  const rows = discarded ? 0 : plan.files.reduce((sum, file) => sum + file.rows, 0)
  if (Number(kept?.n) !== rows || Number(kept?.once) !== rows)
    found.push(`import ${plan.number}: ${kept?.n} raw rows, ${kept?.once} of them different, instead of ${rows}`)
  return found
}

/** Everything in the store that acknowledged and discarded imports do not explain. */
export async function checkStore(store: FactStore, attempts: ReadonlyMap<string, Attempt>): Promise<string[]> {
  const found: string[] = []
  for (const [id, attempt] of attempts) found.push(...(await checkImport(store, id, attempt)))
  for (const fact of FACTS) {
    const [staged] = await store.read<{ n: string }>(sql`SELECT count() AS n FROM ${identifier(stagedTable(fact))}`)
    if (staged?.n !== '0') found.push(`${staged?.n} rows are still staged as ${fact.id}`)
  }
  const strangers = await store.read<{ import_id: string }>(
    sql`SELECT DISTINCT import_id FROM import_row WHERE import_id NOT IN ${param('Array(String)', [...attempts.keys()])}`,
  )
  if (strangers.length > 0) found.push(`rows of imports nobody made: ${few(strangers.map((row) => row.import_id))}`)
  return found
}

/** The facts that count now, each as text; of undated attributes that came later only how many there are. */
export async function readCurrent(store: FactStore): Promise<string[]> {
  const lines: string[][] = []
  for (const id of ['account', 'subscription_version', 'charge']) {
    const fact = factById(id)
    if (fact === undefined) throw new Error(`there is no fact ${id}`)
    const names = Object.keys(fact.columns)
    const current = store.shards === 1 ? currentFacts(fact) : sql`SELECT * FROM ${store.shardLocal(currentFacts(fact))}`
    const rows = await gathered(store.readChunks<Record<string, unknown>>(current))
    lines.push(rows.map((row) => `${id} ${JSON.stringify(names.map((name) => row[name]))}`))
  }
  return lines.flat().sort()
}

/** Each account's attribute begins once, since always; all others begin when they were recorded. */
export async function checkHistories(store: FactStore): Promise<string[]> {
  const rows = await store.read<{ account_id: string; begun: string }>(sql`
    SELECT account_id, countIf(effective_at = toDateTime64(0, 3, 'UTC')) AS begun FROM fact_account_attribute GROUP BY account_id HAVING begun != 1`)
  return rows.map(({ account_id, begun }) => `the segment of ${account_id} begins ${begun} times`)
}
