import { and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { notFound } from '../../kernel/errors.ts'
import { importRecord } from '../../stores/schema/batches.ts'
import { importFile } from '../../stores/schema/import-files.ts'
import { recordedCount } from '../../stores/schema/recorded-counts.ts'
import { savedMapping } from '../../stores/schema/saved-mappings.ts'
import type { Workspace } from '../../stores/workspace.ts'
import { storable } from './storable.ts'
import type { Ambiguity, FactCounts, ImportFile, ImportRecord, ImportState, MappedBy, Mapping, RefusedReason, SettledColumn } from '../files/types.ts'

/** What is stored about how a file was read. */
export interface Reading {
  mapping: Mapping | null
  /** Which reading of the file the staged rows are of, from 1. */
  reading: number
  format: 'csv' | 'ndjson'
  encoding: string
  mapped_by: MappedBy
  settled: SettledColumn[]
  /** Staged rows by fact; null where they were not counted when the file was read. */
  staged: Readonly<Record<string, number>> | null
  left_out: number
  notes: string[]
}

/** A file with what only this folder needs to know of it. */
export interface StoredFile extends ImportFile {
  import_id: string
  position: number
  reading: number
  format: 'csv' | 'ndjson'
  staged: Readonly<Record<string, number>> | null
}

export interface StoredImport extends Omit<ImportRecord, 'files'> {
  recorded_at: string | null
  files: StoredFile[]
}

/** How many versions of a fact the rows of one file became. */
export interface RecordedCount {
  readonly import_id: string
  readonly fact: string
  /** The place of the file in its import. */
  readonly position: number
  readonly rows: number
}

type FileRow = typeof importFile.$inferSelect
type ImportRow = typeof importRecord.$inferSelect
export type ImportPatch = Partial<Omit<typeof importRecord.$inferInsert, 'id'>>
export type FilePatch = Partial<Omit<typeof importFile.$inferInsert, 'id' | 'import_id' | 'position'>>

const UNREAD: Reading = { mapping: null, reading: 0, format: 'csv', encoding: 'utf-8', mapped_by: 'headers', settled: [], staged: null, left_out: 0, notes: [] }

/** Postgres writes "2024-01-31 10:00:00.000001+00". A Date would lose the microseconds, which say what was recorded before what. */
function microseconds(text: string | null): string | null {
  const [, day, time, fraction = ''] = /^(\S+)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(text ?? '') ?? []
  return day === undefined ? null : `${day}T${time}.${fraction.padEnd(6, '0')}Z`
}

function fromFileRow(row: FileRow): StoredFile {
  const kept: Reading = { ...UNREAD, ...(row.mapping as Partial<Reading> | null) }
  return {
    ...row,
    state: row.state as ImportFile['state'],
    error: row.error ?? null,
    ...kept,
    ambiguities: row.ambiguities as Ambiguity[],
    refused_reasons: row.refused_reasons as RefusedReason[],
    counts: row.counts as FactCounts[],
  }
}

const fromImportRow = (row: ImportRow, files: FileRow[]): StoredImport => ({
  id: row.id,
  state: row.state as ImportState,
  created_at: new Date(row.created_at).toISOString(),
  recorded_at: microseconds(row.recorded_at),
  committed_at: microseconds(row.committed_at),
  undone_at: microseconds(row.undone_at),
  taken_back: row.taken_back ?? null,
  name: row.sample ? 'Sample company (invented)' : '',
  sample: row.sample,
  redo_of: row.redo_of,
  files: files
    .filter((file) => file.import_id === row.id)
    .sort((a, b) => a.position - b.position)
    .map(fromFileRow),
  progress: row.progress ?? null,
  error: row.error ?? null,
})

/** What the API shows. */
export const toFile = ({ import_id: _import, position: _position, reading: _reading, format: _format, staged: _staged, ...file }: StoredFile): ImportFile =>
  file
export const toRecord = ({ recorded_at: _recorded, files, ...record }: StoredImport): ImportRecord => ({ ...record, files: files.map(toFile) })

export type Records = ReturnType<typeof createRecords>

/** How files with the same headers were read before. */
const savedMappings = (db: Workspace['db']) => ({
  async readSavedMapping(headersKey: string): Promise<Mapping | null> {
    const [row] = await db.select().from(savedMapping).where(eq(savedMapping.headers_key, headersKey))
    return (row?.mapping as Mapping | undefined) ?? null
  },
  async saveMapping(headersKey: string, mapping: Mapping, at: string): Promise<void> {
    const values = { headers_key: headersKey, fact: mapping.fact, mapping, saved_at: at }
    await db.insert(savedMapping).values(values).onConflictDoUpdate({ target: savedMapping.headers_key, set: values })
  },
})

/** Files of imports, and the end of an import with its files. */
const fileRows = ({ db, transaction }: Pick<Workspace, 'db' | 'transaction'>) => ({
  /** A file's place is given while its import is locked, since files of a folder come side by side. */
  async addFile(importId: string, id: string, name: string): Promise<number> {
    return transaction(async (tx) => {
      await tx.select({ id: importRecord.id }).from(importRecord).where(eq(importRecord.id, importId)).for('update')
      const [last] = await tx
        .select({ position: sql<number>`coalesce(max(${importFile.position}), 0)::int` })
        .from(importFile)
        .where(eq(importFile.import_id, importId))
      const position = (last?.position ?? 0) + 1
      await tx.insert(importFile).values({ id, import_id: importId, position, name: storable(name), state: 'receiving' })
      return position
    })
  },
  async changeFile(id: string, patch: FilePatch): Promise<void> {
    await db.update(importFile).set(patch).where(eq(importFile.id, id))
  },
  async remove(id: string): Promise<void> {
    await transaction(async (tx) => {
      await tx.delete(importFile).where(eq(importFile.import_id, id))
      await tx.delete(importRecord).where(eq(importRecord.id, id))
    })
  },
  async removeFile(id: string): Promise<void> {
    await db.delete(importFile).where(eq(importFile.id, id))
  },
})

/** What imports recorded, as it was counted when they were. */
const recordedCounts = (db: Workspace['db']) => ({
  async saveRecorded(importId: string, counts: readonly RecordedCount[]): Promise<void> {
    await db.transaction(async (tx) => {
      await tx.delete(recordedCount).where(eq(recordedCount.import_id, importId))
      if (counts.length > 0) await tx.insert(recordedCount).values(counts.map(({ import_id, fact, position, rows }) => ({ import_id, fact, position, rows })))
    })
  },
  readRecorded: (): Promise<RecordedCount[]> => db.select().from(recordedCount),
})

/** Imports and their files in the workspace store. */
export function createRecords(workspace: Workspace) {
  const { db } = workspace
  const read = async (ids: readonly string[] | null): Promise<StoredImport[]> => {
    const rows = await (ids === null
      ? db.select().from(importRecord).orderBy(desc(importRecord.id)).limit(500)
      : db
          .select()
          .from(importRecord)
          .where(inArray(importRecord.id, [...ids])))
    const files =
      rows.length === 0
        ? []
        : await db
            .select()
            .from(importFile)
            .where(
              inArray(
                importFile.import_id,
                rows.map((row) => row.id),
              ),
            )
    return rows.map((row) => fromImportRow(row, files))
  }
  return {
    list: () => read(null),
    /** Throws `not_found`. */
    async one(id: string): Promise<StoredImport> {
      const [found] = await read([id])
      if (found === undefined) throw notFound('import', id, 'List the imports to see which there are.')
      return found
    },
    async inStates(states: readonly ImportState[]): Promise<StoredImport[]> {
      const rows = await db
        .select({ id: importRecord.id })
        .from(importRecord)
        .where(inArray(importRecord.state, [...states]))
        .orderBy(importRecord.id)
      return rows.length === 0 ? [] : (await read(rows.map((row) => row.id))).sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    async changedSince(instant: string): Promise<StoredImport[]> {
      const rows = await db
        .select({ id: importRecord.id })
        .from(importRecord)
        .where(or(gt(importRecord.recorded_at, instant), gt(importRecord.undone_at, instant)))
      return rows.length === 0 ? [] : read(rows.map((row) => row.id))
    },
    async holdsSample(): Promise<boolean> {
      const wanted = and(eq(importRecord.sample, true), isNull(importRecord.undone_at), inArray(importRecord.state, ['refreshing', 'done']))
      return (await db.select({ id: importRecord.id }).from(importRecord).where(wanted).limit(1)).length > 0
    },
    async unfinishedUndos(): Promise<string[]> {
      const rows = await db
        .select({ id: importRecord.id })
        .from(importRecord)
        .where(sql`${importRecord.undone_at} IS NOT NULL AND (${importRecord.state} != 'undone' OR ${importRecord.progress} IS NOT NULL)`)
      return rows.map((row) => row.id)
    },
    async add(id: string, createdAt: string, about: Pick<ImportPatch, 'sample' | 'redo_of'> = {}): Promise<void> {
      await db.insert(importRecord).values({ id, state: 'draft', created_at: createdAt, ...about })
    },
    async change(id: string, patch: ImportPatch): Promise<void> {
      await db.update(importRecord).set(patch).where(eq(importRecord.id, id))
    },
    /** Changes an import that is in one of the states; says whether it was. */
    async changeFrom(states: readonly ImportState[], id: string, patch: ImportPatch): Promise<boolean> {
      const rows = await db
        .update(importRecord)
        .set(patch)
        .where(and(eq(importRecord.id, id), inArray(importRecord.state, [...states])))
        .returning({ id: importRecord.id })
      return rows.length > 0
    },
    ...fileRows(workspace),
    ...savedMappings(db),
    ...recordedCounts(db),
  }
}
