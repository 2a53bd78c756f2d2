import { z } from 'zod'
import { op } from './op.ts'

const readAs = z.enum(['ymd', 'dmy', 'mdy', 'dot', 'comma'])

/** Where one column of a file goes. `to`: a column of the fact, `attribute:NAME`, `csm`, or null to leave it out. */
export const columnMapping = z.object({
  header: z.string(),
  to: z.string().nullable(),
  constant: z.string().optional().describe('A value for a target no column has; then the header is empty'),
  /** How ambiguous cells are read: `ymd`, `dmy`, `mdy` for dates; `dot`, `comma` for decimals. */
  read_as: readAs.optional(),
})
export const mapping = z
  .object({
    fact: z.string(),
    source: z.string().default('files'),
    columns: z.array(columnMapping),
    answers: z
      .record(z.string(), z.string())
      .optional()
      .describe(
        'Answers to questions, by their keys; they go before the columns. Without it the columns are taken as they are, and nothing is asked about headers',
      ),
  })
  .meta({ id: 'Mapping' })
export type Mapping = z.output<typeof mapping>

/** A question the file itself cannot answer; nothing is guessed silently. */
export const ambiguity = z.object({
  key: z.string().describe('Names the question in the answers of a mapping'),
  header: z.string(),
  kind: z.enum(['fact', 'date', 'decimal', 'missing_column', 'missing_currency', 'choice']),
  says: z.string(),
  choices: z.array(
    z.object({ value: z.string().describe('For a missing currency its code, or `column:HEADER` for the column that says it'), says: z.string() }),
  ),
  examples: z.array(z.string()),
})

/** A column that could be read in several ways, and what its cells decided. */
export const settledColumn = z.object({ header: z.string(), read_as: readAs, because: z.string().describe('The cell that fits no other way') })

export const factCounts = z.object({
  fact: z.string(),
  new: z.number(),
  changed: z.number(),
  same: z.number(),
  repeated: z.number().describe('Rows of the file that repeat an identity; the last one counts'),
})

export const importFile = z
  .object({
    id: z.string(),
    name: z.string(),
    bytes: z.number(),
    rows: z.number(),
    state: z.enum(['receiving', 'needs_answer', 'staged', 'failed']),
    error: z.object({ code: z.string(), message: z.string(), cure: z.string() }).nullable(),
    delimiter: z.string().nullable(),
    headers: z.array(z.string()),
    sample: z.array(z.array(z.string())).describe('The first rows as they stand in the file'),
    mapping: mapping.nullable(),
    mapped_by: z
      .enum(['told', 'remembered', 'headers'])
      .describe('What said how it is read: a person, a file with the same columns recorded before, or its headers and name'),
    settled: z.array(settledColumn).describe('Columns whose cells decided how they are read'),
    confidence: z.number().describe('0 to 1: how sure the guess of the fact is'),
    ambiguities: z.array(ambiguity),
    left_out: z.number().describe('Rows that do not count by what a column of theirs says'),
    notes: z.array(z.string()).describe('What was read otherwise than it stands in the file, and why'),
    refused: z.number(),
    refused_reasons: z.array(z.object({ reason: z.string(), column: z.string().nullable(), count: z.number(), example: z.string() })),
    counts: z.array(factCounts),
  })
  .meta({ id: 'ImportFile' })
export type ImportFile = z.output<typeof importFile>

/** What an undo takes back of one kind of facts. */
export const takenBack = z
  .object({
    fact: z.string(),
    gone: z.number().describe('Facts that no longer count'),
    back: z.number().describe('Facts that are again as they were before'),
    later: z.number().describe('Facts that a later import recorded again: they stay'),
  })
  .meta({ id: 'TakenBack' })
export type TakenBack = z.output<typeof takenBack>

export const importRecord = z
  .object({
    id: z.string(),
    state: z.enum(['draft', 'committing', 'refreshing', 'done', 'failed', 'undone', 'discarded']),
    created_at: z.string(),
    committed_at: z.string().nullable(),
    undone_at: z.string().nullable(),
    taken_back: z.array(takenBack).nullable().describe('What the undo took back; null while it is not undone'),
    name: z.string().describe('What it is called where its files do not say it; empty for most'),
    sample: z.boolean().describe('The invented company: its numbers are nobody’s'),
    redo_of: z.string().nullable().describe('The undone import whose kept rows it recorded once more'),
    files: z.array(importFile),
    progress: z.object({ step: z.string(), done: z.number(), total: z.number().nullable() }).nullable(),
    error: z.object({ code: z.string(), message: z.string(), cure: z.string() }).nullable(),
  })
  .meta({ id: 'Import' })
export type ImportRecord = z.output<typeof importRecord>

const importId = z.object({ id: z.string() })
const fileId = z.object({ id: z.string(), file: z.string() })

export const importTarget = z
  .object({
    fact: z.string(),
    name: z.string(),
    says: z.string(),
    targets: z.array(z.object({ to: z.string(), says: z.string(), type: z.string(), required: z.boolean() })),
  })
  .meta({ id: 'ImportTarget' })

export const importOps = {
  listImportTargets: op({
    method: 'GET',
    path: '/api/v1/import-targets',
    summary: 'Facts a file can hold, and the columns they take',
    response: z.array(importTarget),
  }),
  listImports: op({ method: 'GET', path: '/api/v1/imports', summary: 'Imports, the newest first', response: z.array(importRecord) }),
  createImport: op({
    method: 'POST',
    path: '/api/v1/imports',
    summary: 'Begin an import: files are read and checked, nothing is counted until it is committed',
    response: importRecord,
  }),
  readImport: op({
    method: 'GET',
    path: '/api/v1/imports/{id}',
    summary: 'One import with what each file would change',
    params: importId,
    response: importRecord,
  }),
  addFile: op({
    method: 'POST',
    path: '/api/v1/imports/{id}/files',
    summary: 'Add a file: its bytes are the body',
    params: importId,
    query: z.object({
      name: z.string(),
      as: z.string().optional().describe('The fact it holds, when it should not be guessed'),
      mapping: z.string().optional().describe('A mapping as JSON'),
    }),
    upload: true,
    response: importFile,
  }),
  mapFile: op({
    method: 'PUT',
    path: '/api/v1/imports/{id}/files/{file}/mapping',
    summary: 'Change how a file is read; it is checked again',
    params: fileId,
    body: mapping,
    response: importFile,
  }),
  removeFile: op({
    method: 'DELETE',
    path: '/api/v1/imports/{id}/files/{file}',
    summary: 'Take a file out of an import that is not committed',
    params: fileId,
    makesRoom: true,
    response: importRecord,
  }),
  commitImport: op({
    method: 'POST',
    path: '/api/v1/imports/{id}/commit',
    summary: 'Record the new and changed facts; acknowledged facts survive anything',
    params: importId,
    response: importRecord,
  }),
  discardImport: op({
    method: 'DELETE',
    path: '/api/v1/imports/{id}',
    summary: 'Throw away an import that is not committed',
    params: importId,
    makesRoom: true,
    response: importRecord,
  }),
  undoImport: op({
    method: 'POST',
    path: '/api/v1/imports/{id}/undo',
    summary: 'Take back everything an import recorded; earlier versions count again',
    params: importId,
    response: importRecord,
  }),
  previewUndo: op({
    method: 'GET',
    path: '/api/v1/imports/{id}/undo',
    summary: 'What an undo would take back, by kind of fact',
    params: importId,
    response: z.array(takenBack),
  }),
  redoImport: op({
    method: 'POST',
    path: '/api/v1/imports/{id}/redo',
    summary: 'Record an undone import once more from its rows as they were kept, as a new import; one with open questions stays a draft',
    params: importId,
    response: importRecord,
  }),
  listRefused: op({
    method: 'GET',
    path: '/api/v1/imports/{id}/refused',
    summary: 'Rows that were refused, with the reason and the line as it stood',
    params: importId,
    query: z.object({ offset: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1000).default(100) }),
    response: z.object({
      total: z.number(),
      rows: z.array(z.object({ file: z.string(), row_number: z.number(), reason: z.string(), column: z.string(), raw: z.array(z.string()) })),
    }),
  }),
  exportRefused: op({
    method: 'GET',
    path: '/api/v1/imports/{id}/refused.csv',
    summary: 'The refused rows as a file that can be mended and imported again',
    params: importId,
    response: z.string(),
    produces: 'text/csv',
  }),
  loadSample: op({ method: 'POST', path: '/api/v1/sample', summary: 'Load the sample company through the import path', response: importRecord }),
}
