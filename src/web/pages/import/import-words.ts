import type { ImportFile, ImportRecord } from '../../../contract/imports.ts'
import { counted, formatCount, humanise } from '../../format.ts'

export interface Totals {
  readonly rows: number
  readonly new: number
  readonly changed: number
  readonly same: number
  readonly repeated: number
  readonly refused: number
}

export const factsOf = (counts: ImportFile['counts']): Omit<Totals, 'rows' | 'refused'> =>
  counts.reduce(
    (sum, item) => ({ new: sum.new + item.new, changed: sum.changed + item.changed, same: sum.same + item.same, repeated: sum.repeated + item.repeated }),
    { new: 0, changed: 0, same: 0, repeated: 0 },
  )

export const totalsOf = (files: readonly ImportFile[]): Totals => ({
  ...factsOf(files.flatMap((file) => file.counts)),
  rows: files.reduce((sum, file) => sum + file.rows, 0),
  refused: files.reduce((sum, file) => sum + file.refused, 0),
})

/** Counts of every fact over all files, in the order in which they first occur. */
export function totalsByFact(files: readonly ImportFile[]): ImportFile['counts'] {
  const byFact = new Map<string, ImportFile['counts'][number]>()
  for (const item of files.flatMap((file) => file.counts)) {
    const known = byFact.get(item.fact)
    byFact.set(
      item.fact,
      known === undefined
        ? item
        : {
            fact: item.fact,
            new: known.new + item.new,
            changed: known.changed + item.changed,
            same: known.same + item.same,
            repeated: known.repeated + item.repeated,
          },
    )
  }
  return [...byFact.values()]
}

const and = (parts: readonly string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`)

/** "7 new and 2 changed facts". */
export function recordedWords(totals: Pick<Totals, 'new' | 'changed'>): string {
  const parts = [totals.new > 0 ? `${formatCount(totals.new)} new` : '', totals.changed > 0 ? `${formatCount(totals.changed)} changed` : ''].filter(
    (part) => part !== '',
  )
  return parts.length === 0 ? 'no new facts' : `${and(parts)} ${totals.new + totals.changed === 1 ? 'fact' : 'facts'}`
}

export interface CommitOffer {
  readonly label: string
  readonly ready: boolean
  /** Why it cannot be recorded yet, or what recording leaves out. */
  readonly note: string
}

/** It has arrived, but what it would change is not counted yet. */
export const isUncounted = (file: ImportFile): boolean =>
  file.state === 'receiving' || (file.state === 'staged' && file.counts.length === 0 && file.rows > file.refused)

/** What the one button of a draft says, whether it can be pressed, and the sentence beside it. */
export function commitOffer(draft: ImportRecord, uploading: number): CommitOffer {
  const totals = totalsOf(draft.files)
  const label = totals.new + totals.changed === 0 ? 'Record facts' : `Record ${recordedWords(totals)}`
  const blocked = (note: string): CommitOffer => ({ label, ready: false, note })
  const receiving = uploading + draft.files.filter(isUncounted).length
  if (receiving > 0) return blocked(`${counted(receiving, 'file is', 'files are')} still being read.`)
  if (draft.files.length === 0) return blocked('Add a file first.')
  const questions = draft.files.reduce((sum, file) => sum + file.ambiguities.length, 0)
  const unanswered = draft.files.filter((file) => file.state === 'needs_answer').map((file) => file.name)
  if (unanswered.length > 0) return blocked(`${questions < 2 ? 'One question is' : `${questions} questions are`} open in ${and(unanswered)}.`)
  const failed = draft.files.filter((file) => file.state === 'failed').map((file) => file.name)
  if (failed.length > 0) return blocked(`${and(failed)} could not be read: add a mended file or take it out.`)
  if (totals.new + totals.changed === 0)
    return blocked(
      totals.same > 0
        ? `Nothing would change: ${totals.same === 1 ? 'the 1 fact is' : `all ${formatCount(totals.same)} facts are`} recorded already.`
        : 'No row of these files can be recorded.',
    )
  return { label, ready: true, note: totals.refused === 0 ? '' : `${counted(totals.refused, 'row')} will be left out.` }
}

/** Recording, refreshing or undoing goes on and nothing went wrong so far. */
export const isRunning = ({ state, progress, error }: Pick<ImportRecord, 'state' | 'progress' | 'error'>): boolean =>
  error === null && (state === 'committing' || state === 'refreshing' || (progress !== null && state !== 'draft'))

/** The step that an import stopped at and that can be tried again; what was recorded before it is safe. */
export const stoppedStep = ({ state, error, undone_at }: Pick<ImportRecord, 'state' | 'error' | 'undone_at'>): 'commitImport' | 'undoImport' | null =>
  error === null || state === 'draft' || state === 'failed' || state === 'discarded' ? null : undone_at === null ? 'commitImport' : 'undoImport'

const STEPS: Readonly<Record<string, { label: string; unit: string }>> = {
  recording: { label: 'Recording facts', unit: 'kinds of fact' },
  refreshing: { label: 'Refreshing the ledgers', unit: '' },
  undoing: { label: 'Taking the facts back', unit: '' },
}
export const stepWords = (step: string): { label: string; unit: string } => STEPS[step] ?? { label: humanise(step), unit: '' }

/** "Undone: 7 facts count no longer, and 2 are as they were before." */
function takenBackWords(taken: NonNullable<ImportRecord['taken_back']>): string {
  const sum = (key: 'gone' | 'back' | 'later'): number => taken.reduce((total, one) => total + one[key], 0)
  const [gone, back, later] = [sum('gone'), sum('back'), sum('later')]
  const parts = [
    gone > 0 ? `${counted(gone, 'fact counts', 'facts count')} no longer` : '',
    back > 0 ? `${counted(back, 'is as it was before', 'are as they were before')}` : '',
    later > 0 ? `${counted(later, 'stays as a later import recorded it', 'stay as later imports recorded them')}` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'Undone: nothing of it counted.' : `Undone: ${and(parts)}.`
}

/** What a finished, failed or undone import came to, in one sentence. */
export function outcomeWords(record: ImportRecord): string {
  const totals = totalsOf(record.files)
  switch (record.state) {
    case 'draft':
      return `Not recorded yet: ${recordedWords(totals)} in ${counted(record.files.length, 'file')}.`
    case 'committing':
      return `Recording ${recordedWords(totals)}.`
    case 'refreshing':
      return record.undone_at === null
        ? `Recorded ${recordedWords(totals)}; the ledgers are being refreshed.`
        : `Taken back: ${recordedWords(totals)}; the ledgers are being refreshed.`
    case 'done':
      return `Recorded ${recordedWords(totals)}.`
    case 'failed':
      return record.error?.message ?? 'It failed.'
    case 'undone':
      return takenBackWords(record.taken_back ?? [])
    case 'discarded':
      return 'Discarded; nothing was recorded.'
  }
}

export const STATE_WORDS: Readonly<Record<ImportRecord['state'], string>> = {
  draft: 'Not recorded',
  committing: 'Recording',
  refreshing: 'Refreshing',
  done: 'Recorded',
  failed: 'Failed',
  undone: 'Undone',
  discarded: 'Discarded',
}

/** "Import of accounts.csv and 6 more". */
export function importName({ name, files }: Pick<ImportRecord, 'name' | 'files'>): string {
  if (name !== '') return name
  const [first, ...more] = files
  if (first === undefined) return 'New import'
  return `Import of ${first.name}${more.length === 0 ? '' : ` and ${more.length} more`}`
}

/** What an undo will do, and to how many facts. */
export function undoWords(record: ImportRecord): string {
  const totals = totalsOf(record.files)
  const parts = [
    totals.new > 0 ? `${counted(totals.new, 'new fact')} will no longer count` : '',
    totals.changed > 0 ? `${counted(totals.changed, 'changed fact')} will be as ${totals.changed === 1 ? 'it was' : 'they were'} before` : '',
  ].filter((part) => part !== '')
  return `${parts.length === 0 ? 'Nothing was recorded, so nothing changes' : and(parts)}. It can be redone.`
}

/** "about 40 s left", or nothing while that would be a guess. */
export function timeLeft(done: number, total: number | null, tookMs: number): string | undefined {
  if (total === null || done <= 0 || done >= total || tookMs < 2_000) return undefined
  const seconds = ((total - done) / done) * (tookMs / 1000)
  if (seconds < 5) return 'a few seconds left'
  return seconds < 90 ? `about ${Math.ceil(seconds / 5) * 5} s left` : `about ${Math.round(seconds / 60)} min left`
}
