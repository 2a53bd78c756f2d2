import type { FactDefinition } from '../facts/fact.ts'
import { VERSION_COLUMNS, clickhouseType, factTable, stagedTable } from '../facts/fact.ts'

const columnLines = (fact: FactDefinition): string[] => [
  ...Object.keys(fact.columns).map((name) => `  ${name} ${clickhouseType(fact, name)}`),
  ...Object.entries(VERSION_COLUMNS).map(([name, type]) => `  ${name} ${type}`),
  `  content_hash UInt64 MATERIALIZED cityHash64(${Object.keys(fact.columns)
    .map((name) => `ifNull(toString(${name}), '\\x1e')`)
    .join(", '\\x1f', ")})`,
]

/** Sort key of a fact's versions. Accounts lead, so that the facts of a few accounts are read without a scan. */
const sortKey = (fact: FactDefinition): string => [...(fact.placement === 'account' ? ['account_id'] : []), 'source_id', 'source', 'recorded_at'].join(', ')

/**
 * The tables of a fact as its declaration implies them. A new fact gets them from here; what was released is changed by
 * migrations, and a test holds the migrated schema against this, so the two cannot drift apart.
 */
export function factTables(fact: FactDefinition): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${factTable(fact)} (\n${[...columnLines(fact), ...(fact.marksRevisions ? ['  revises UInt8 DEFAULT 1'] : [])].join(',\n')}\n) ENGINE = ReplacingMergeTree ORDER BY (${sortKey(fact)});`,
    `CREATE TABLE IF NOT EXISTS ${stagedTable(fact)} (\n${[...columnLines(fact), '  file_id String', '  undated UInt8'].join(',\n')}\n) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);`,
  ]
}
