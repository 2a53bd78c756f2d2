import { describe, expect, it } from 'vitest'
import type { ImportFile, ImportRecord } from '../../../contract/imports.ts'
import { commitOffer, importName, isRunning, outcomeWords, stoppedStep, timeLeft, totalsByFact, undoWords } from './import-words.ts'

const file = (over: Partial<ImportFile>): ImportFile => ({
  id: 'f',
  name: 'charges.csv',
  bytes: 1,
  rows: 0,
  state: 'staged',
  error: null,
  delimiter: ',',
  headers: [],
  sample: [],
  mapping: null,
  mapped_by: 'headers',
  settled: [],
  confidence: 1,
  ambiguities: [],
  left_out: 0,
  notes: [],
  refused: 0,
  refused_reasons: [],
  counts: [],
  ...over,
})
const counts = (fact: string, fresh: number, changed: number, same: number) => ({ fact, new: fresh, changed, same, repeated: 0 })
const record = (files: ImportFile[], over: Partial<ImportRecord> = {}): ImportRecord => ({
  id: 'i',
  state: 'draft',
  created_at: '',
  committed_at: null,
  undone_at: null,
  taken_back: null,
  name: '',
  sample: false,
  redo_of: null,
  files,
  progress: null,
  error: null,
  ...over,
})
const question = { key: 'date:date', header: 'date', kind: 'date' as const, says: '', choices: [], examples: [] }

describe('commitOffer', () => {
  it('offers to record what is new and changed', () => {
    const draft = record([file({ counts: [counts('charge', 1200, 1, 3)] }), file({ counts: [counts('account', 3, 0, 0)], refused: 2 })])
    expect(commitOffer(draft, 0)).toEqual({ label: 'Record 1,203 new and 1 changed facts', ready: true, note: '2 rows will be left out.' })
  })

  it.each([
    ['nothing yet', [], 0, 'Add a file first.'],
    ['an upload under way', [file({ counts: [counts('charge', 1, 0, 0)] })], 1, '1 file is still being read.'],
    ['a file that is not counted yet', [file({ rows: 3 })], 0, '1 file is still being read.'],
    ['an open question', [file({ state: 'needs_answer', ambiguities: [question] })], 0, 'One question is open in charges.csv.'],
    ['a file that failed', [file({ state: 'failed' })], 0, 'charges.csv could not be read: add a mended file or take it out.'],
    ['the same files again', [file({ counts: [counts('charge', 0, 0, 1200)] })], 0, 'Nothing would change: all 1,200 facts are recorded already.'],
    ['only refused rows', [file({ rows: 9, refused: 9 })], 0, 'No row of these files can be recorded.'],
  ])('says why not: %s', (_, files, uploading, note) => {
    expect(commitOffer(record(files), uploading)).toMatchObject({ ready: false, note })
  })
})

describe('sentences', () => {
  const files = [file({ counts: [counts('account', 4, 0, 0), counts('csm_assignment', 4, 0, 0)] }), file({ counts: [counts('account', 0, 1, 0)] })]

  it('adds counts of one fact over files', () => {
    expect(totalsByFact(files)).toEqual([counts('account', 4, 1, 0), counts('csm_assignment', 4, 0, 0)])
  })

  it('says what an undo takes back and how to bring it back', () => {
    expect(undoWords(record(files))).toBe('8 new facts will no longer count and 1 changed fact will be as it was before. It can be redone.')
    expect(undoWords(record([]))).toMatch(/^Nothing was recorded/)
  })

  it('says what became of an import', () => {
    expect(outcomeWords(record(files, { state: 'done' }))).toBe('Recorded 8 new and 1 changed facts.')
    const taken_back = [
      { fact: 'account', gone: 1, back: 2, later: 0 },
      { fact: 'charge', gone: 0, back: 0, later: 1 },
    ]
    expect(outcomeWords(record([], { state: 'undone', taken_back }))).toBe(
      'Undone: 1 fact counts no longer, 2 are as they were before and 1 stays as a later import recorded it.',
    )
    expect(outcomeWords(record([], { state: 'undone', taken_back: [] }))).toBe('Undone: nothing of it counted.')
  })
})

describe('timeLeft', () => {
  it.each([
    [0, 100, 5_000, undefined],
    [50, null, 5_000, undefined],
    [50, 100, 500, undefined],
    [95, 100, 5_000, 'a few seconds left'],
    [25, 100, 10_000, 'about 30 s left'],
    [10, 100, 60_000, 'about 9 min left'],
  ])('%s of %s after %s ms: %s', (done, total, took, words) => {
    expect(timeLeft(done, total, took)).toBe(words)
  })
})

describe('work on an import', () => {
  const progress = { step: 'refreshing', done: 0, total: null }
  const error = { code: 'store_down', message: '', cure: '' }
  it.each([
    ['a draft that receives', { state: 'draft', progress }, false, null],
    ['recording', { state: 'committing', progress }, true, null],
    ['recording that stopped', { state: 'committing', progress, error }, false, 'commitImport'],
    ['done', { state: 'done' }, false, null],
    ['taking back', { state: 'undone', progress, undone_at: 'x' }, true, null],
    ['taking back that stopped', { state: 'undone', progress, error, undone_at: 'x' }, false, 'undoImport'],
    ['undone', { state: 'undone', undone_at: 'x' }, false, null],
  ] as const)('%s', (_, over, running, stopped) => {
    const found = record([], over)
    expect([isRunning(found), stoppedStep(found)]).toEqual([running, stopped])
  })
})

it('names an import by the files that it holds', () => {
  const names = (...given: string[]) => importName(record(given.map((name) => file({ name }))))
  expect(names()).toBe('New import')
  expect(names('accounts.csv')).toBe('Import of accounts.csv')
  expect(names('accounts.csv', 'charges.csv', 'costs.csv')).toBe('Import of accounts.csv and 2 more')
  expect(importName(record([], { name: 'Sample company' }))).toBe('Sample company')
})
