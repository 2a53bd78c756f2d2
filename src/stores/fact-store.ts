import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import { factTable, stagedTable } from '../facts/fact.ts'
import { FACTS } from '../facts/facts.ts'
import type { FactStore } from '../facts/store.ts'
import { identifier, inDatabase, param, sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import type { ClickHouseNode } from './clickhouse.ts'
import type { FactEngine } from './engines/engines.ts'
import { factTables } from './fact-schema.ts'

function migrations(): { name: string; statements: string[] }[] {
  const folder = ['./migrations/facts', './stores/migrations/facts'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync)
  if (folder === undefined) throw new Error('the migrations of the fact store are not beside the program')
  return readdirSync(folder)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({
      name,
      statements: readFileSync(join(folder, name), 'utf8')
        .split(/;\s*$/m)
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    }))
}

/** Runs statements in their order, but tables that are created one after another at once: a node takes long for each. */
async function runTogether(statements: readonly string[], run: (statement: string) => Promise<void>): Promise<void> {
  let creating: Promise<void>[] = []
  for (const statement of statements) {
    if (statement.startsWith('CREATE TABLE')) {
      creating.push(run(statement))
      continue
    }
    await Promise.all(creating)
    creating = []
    await run(statement)
  }
  await Promise.all(creating)
}

/** Makes the tables of facts that no migration has made: a fact comes with one file, and only what is released is migrated. */
async function createFactTables(node: ClickHouseNode): Promise<void> {
  const there = new Set((await node.read<{ name: string }>(sql`SELECT name FROM system.tables WHERE database = currentDatabase()`)).map(({ name }) => name))
  const missing = FACTS.filter((fact) => !there.has(factTable(fact)) || !there.has(stagedTable(fact)))
  await runTogether(missing.flatMap(factTables), (statement) => node.write(trusted(statement)))
}

/**
 * Brings one node to the present schema. Each statement can be repeated, and a file is marked done only after its last
 * one, so a kill in the middle is repaired by the next start.
 */
async function migrateNode(node: ClickHouseNode, shard: number): Promise<void> {
  await node.write(sql`CREATE TABLE IF NOT EXISTS migration (name String, done_at DateTime DEFAULT now()) ENGINE = ReplacingMergeTree ORDER BY name`)
  const done = new Set((await node.read<{ name: string }>(sql`SELECT DISTINCT name FROM migration`)).map((row) => row.name))
  for (const { name, statements } of migrations()) {
    if (done.has(name)) continue
    await runTogether(statements, (statement) => node.write(trusted(statement)))
    await node.insertRows('migration', [{ name }])
  }
  await createFactTables(node)
  const [self] = await node.read<{ shard: number }>(sql`SELECT shard FROM shard_self LIMIT 1`)
  if (self === undefined) await node.insertRows('shard_self', [{ shard }])
}

/**
 * An account's facts live on one shard, chosen by CRC-32 of its id: the same function on both sides of the wire, so the
 * app sends rows straight to their shard and no spool of half-sent rows lies between.
 */
export async function openFactStore(engine: FactEngine): Promise<FactStore> {
  const { nodes, cluster, checkRoom = () => undefined } = engine
  const [first] = nodes
  if (first === undefined) throw new Error('the fact store needs at least one node')
  await Promise.all(nodes.map(migrateNode))
  const shards = nodes.length
  const { database } = first.address
  const all = <T>(work: (node: ClickHouseNode) => Promise<T>): Promise<T[]> => Promise.all(nodes.map(work))

  const shardOf = (accountId: string): number => (shards === 1 ? 0 : crc32(accountId) % shards)

  return {
    shards,
    read: (query, options) => first.read(query, options),
    readChunks: (query, options) => first.readStream(query, options),
    async *readBytes(query, format, options) {
      for await (const chunk of await first.readRaw(query, format, options)) yield chunk as Uint8Array
    },
    shardLocal: (query) => (cluster === null ? sql`(${query})` : sql`cluster(${identifier(cluster)}, view(${inDatabase(query, database)}))`),
    everyShard: (name) => (cluster === null ? table(name) : sql`cluster(${identifier(cluster)}, ${identifier(database)}, ${identifier(name)})`),
    belongsHere: (accountId: Sql) =>
      cluster === null ? trusted('1') : sql`CRC32(${accountId}) % ${param('UInt32', shards)} = (SELECT any(shard) FROM ${table('shard_self')})`,
    async writeEverywhere(query, options) {
      if (options?.evenIfFull !== true) checkRoom()
      await all((node) => node.write(query, options))
    },
    shardOf,
    async insertText(table, placement, columns, texts) {
      checkRoom()
      if (placement === 'everywhere') await all((node) => node.insertText(table, columns, texts[0] ?? ''))
      else await Promise.all(nodes.map((node, shard) => ((texts[shard] ?? '') === '' ? undefined : node.insertText(table, columns, texts[shard] ?? ''))))
    },
    async insert(table, placement, rows) {
      checkRoom()
      if (placement === 'everywhere') await all((node) => node.insertRows(table, rows))
      else
        await Promise.all(
          nodes.map((node, shard) =>
            node.insertRows(
              table,
              rows.filter((row) => shardOf((row as { account_id: string }).account_id) === shard),
            ),
          ),
        )
    },
  }
}
