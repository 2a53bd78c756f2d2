import type { FactDefinition } from '../../../facts/fact.ts'
import { headerKey } from '../headers.ts'
import { shorten } from '../../record/refusal.ts'
import { asksAll, cellAt, counted } from './doubt.ts'
import type { Doubt, Doubtful } from './doubt.ts'

const STATUS = /(?:^|_)(?:status|state|stage)$/
/** Columns that say by their name that a row does not count, where anything but no stands in them. */
const MARK = /(?:^|_)(?:is_)?(deleted|voided|void|draft)(?:_at)?$/
const NO = new Set(['', '0', 'false', 'f', 'no', 'n', 'off', '-', 'n/a', 'none'])

/** Words in a status by which a row of any kind of fact says that it may not count. */
const ASKED = ['void', 'voided', 'draft', 'deleted', 'failed', 'declined', 'test', 'spam', 'duplicate']

const word = (cell: string): string =>
  cell
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')

type Judgement = 'counts' | 'leave_out' | 'asked'

function judge({ statuses }: FactDefinition, status: string): Judgement {
  if (status === '') return 'counts'
  if (statuses.leftOut.includes(status)) return 'leave_out'
  if (statuses.asked.includes(status) || ASKED.includes(status)) return 'asked'
  return statuses.counted === undefined || statuses.counted.includes(status) ? 'counts' : 'asked'
}

interface StatusColumn {
  readonly at: number
  readonly header: string
  /** The word under which a cell is judged. */
  read(cell: string): string
}

/** Columns that say whether a row counts and that go into no column of the fact that knows its words. */
function statusColumns({ fact, mapping, headers }: Doubtful): StatusColumn[] {
  return mapping.columns.flatMap(({ header, to }) => {
    const target = to === null ? undefined : fact.columns[to]
    if (header === '' || (target !== undefined && target.type !== 'text')) return []
    const at = headers.indexOf(header)
    const mark = MARK.exec(headerKey(header))?.[1]
    if (mark !== undefined) return [{ at, header, read: (cell) => (NO.has(cell.toLowerCase()) ? '' : mark) }]
    return STATUS.test(headerKey(header)) ? [{ at, header, read: word }] : []
  })
}

export interface RowStatuses extends Doubt {
  /** Whether a row is left out. */
  leavesOut(cells: readonly string[]): boolean
  /** How many were. */
  leftOut(): number
}

/**
 * Rows that may not count by their status: void, draft, deleted, failed, lost. What never counts is left out and told, what
 * could is asked, word by word, and the answers are rules of the mapping.
 */
export function createRowStatuses(from: Doubtful): RowStatuses {
  const columns = statusColumns(from)
  const judgements = new Map<string, Judgement>()
  const met = new Map<string, { header: string; cell: string; rows: number }>()
  const judged = (header: string, status: string): Judgement => {
    const key = `rows:${header}=${status}`
    let found = judgements.get(key)
    if (found === undefined) {
      const answer = from.mapping.answers?.[key]
      found = answer === 'leave_out' ? 'leave_out' : answer === 'count' ? 'counts' : judge(from.fact, status)
      if (found === 'leave_out' && answer === undefined && asksAll(from)) found = 'asked'
      judgements.set(key, found)
    }
    return found
  }
  const of = (judgement: Judgement) => [...met].filter(([key]) => judgements.get(key) === judgement)
  return {
    leavesOut(cells) {
      for (const { at, header, read } of columns) {
        const cell = cellAt(cells, at)
        if (cell === '') continue
        const status = read(cell)
        const judgement = judged(header, status)
        if (judgement === 'counts') continue
        const key = `rows:${header}=${status}`
        const known = met.get(key)
        if (known === undefined) met.set(key, { header, cell: shorten(cell), rows: 1 })
        else known.rows++
        if (judgement === 'leave_out') return true
      }
      return false
    },
    leftOut: () => of('leave_out').reduce((sum, [, { rows }]) => sum + rows, 0),
    see: () => undefined,
    isOpen: () => of('asked').length > 0,
    reset: () => met.clear(),
    questions: () =>
      of('asked').map(([key, { header, cell, rows }]) => ({
        key,
        header,
        kind: 'choice',
        says: `Do rows count whose "${header}" is "${cell}"? There ${rows === 1 ? 'is 1' : `are ${rows}`}.`,
        choices: [
          { value: 'leave_out', says: 'No: leave them out' },
          { value: 'count', says: 'Yes: they count like the others' },
        ],
        examples: [],
      })),
    notes: () => of('leave_out').map(([, { header, cell, rows }]) => `${counted(rows, 'row is', 'rows are')} left out: "${header}" is "${cell}".`),
  }
}
