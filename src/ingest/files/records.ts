import { eq, inArray, sql } from 'drizzle-orm'
import type { FactCounts, RefusedReason } from '../../facts/append.ts'
import { factBatch } from '../../stores/schema/batches.ts'
import { importFile } from '../../stores/schema/import-files.ts'
import type { Workspace } from '../../stores/workspace.ts'
import type { Batch, Stage } from '../record/batch.ts'
import type { Batches } from '../record/batches.ts'
import { mappedKinds } from './mapped-kinds.ts'
import { SAME_ID } from './same-id-answers.ts'
import { storable } from './storable.ts'
import type { Ambiguity, ImportFile, ImportRecord, MappedBy, Mapping, SettledColumn } from './types.ts'

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

/** A batch with the files that its rows come from. */
export interface StoredImport extends Batch {
  files: StoredFile[]
}

type FileRow = typeof importFile.$inferSelect
export type FilePatch = Partial<Omit<typeof importFile.$inferInsert, 'id' | 'import_id' | 'position'>>

const UNREAD: Reading = { mapping: null, reading: 0, format: 'csv', encoding: 'utf-8', mapped_by: 'headers', settled: [], staged: null, left_out: 0, notes: [] }

function fromFileRow(row: FileRow, stages: readonly Stage[]): StoredFile {
  const kept: Reading = { ...UNREAD, ...(row.mapping as Partial<Reading> | null) }
  return {
    ...row,
    state: row.state as ImportFile['state'],
    error: row.error ?? null,
    ...kept,
    ambiguities: row.ambiguities as Ambiguity[],
    refused_reasons: row.refused_reasons as RefusedReason[],
    // Counted again when the import is recorded.
    counts: stages.find(({ position }) => position === row.position)?.counts ?? (row.counts as FactCounts[]),
  }
}

/** The stage of a file's n-th reading. Stages of one file sort after those of files before it. */
export const stageId = (fileId: string, reading: number): string => `${fileId}:${reading}`

/** The staged rows of a file in its latest reading. */
export const stageOf = ({ id, reading, position, name, rows, mapping, staged, counts }: StoredFile): Stage => ({
  id: stageId(id, reading),
  position,
  name,
  kept: { as: id, rows },
  facts: mappedKinds(mapping).map((fact) => fact.id),
  staged,
  latest: mapping?.answers?.[SAME_ID] === 'latest',
  counts,
})

/** The stages of an import, one for each of its files whose rows stand staged. */
export const stagesOf = ({ files }: Pick<StoredImport, 'files'>): Stage[] => files.filter(({ state }) => state === 'staged').map(stageOf)

const nameOf = ({ sample, appended }: Batch): string => (sample ? 'Sample company (invented)' : appended === null ? '' : `${appended.source}: ${appended.key}`)

/** An import as the API shows it. */
export const toFile = ({ import_id: _import, position: _position, reading: _reading, format: _format, staged: _staged, ...file }: StoredFile): ImportFile =>
  file
export const toRecord = (found: StoredImport): ImportRecord => {
  const { recorded_at: _recorded, appended: _appended, stages: _stages, files, ...record } = found
  return { ...record, name: nameOf(found), files: files.map(toFile) }
}

export type Records = ReturnType<typeof createRecords>

/** Files of imports, and imports with their files, as the workspace keeps them. */
export function createRecords({ db, transaction }: Pick<Workspace, 'db' | 'transaction'>, batches: Batches) {
  async function withFiles(found: readonly Batch[]): Promise<StoredImport[]> {
    const ids = found.map(({ id }) => id)
    const files = ids.length === 0 ? [] : await db.select().from(importFile).where(inArray(importFile.import_id, ids)).orderBy(importFile.position)
    return found.map((batch) => ({ ...batch, files: files.filter(({ import_id }) => import_id === batch.id).map((file) => fromFileRow(file, batch.stages)) }))
  }
  return {
    withFiles,
    /** The newest first. */
    list: async (): Promise<StoredImport[]> => withFiles(await batches.listImports()),
    /** Throws `not_found`. */
    one: async (id: string): Promise<StoredImport> => (await withFiles([await batches.one(id)]))[0] as StoredImport,
    /** A file's place is given while its import is locked, since files of a folder come side by side. */
    async addFile(importId: string, id: string, name: string): Promise<number> {
      return transaction(async (tx) => {
        await tx.select({ id: factBatch.id }).from(factBatch).where(eq(factBatch.id, importId)).for('update')
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
    async removeFile(id: string): Promise<void> {
      await db.delete(importFile).where(eq(importFile.id, id))
    },
    /** The end of an import with its files. */
    async remove(id: string): Promise<void> {
      await transaction(async (tx) => {
        await tx.delete(importFile).where(eq(importFile.import_id, id))
        await tx.delete(factBatch).where(eq(factBatch.id, id))
      })
    },
  }
}
