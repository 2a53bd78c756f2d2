import { refuse } from '../../kernel/errors.ts'
import type { BinnacleError } from '../../kernel/errors.ts'

/** The states of a batch as they are stored and shown. */
export type BatchState = 'draft' | 'committing' | 'refreshing' | 'done' | 'failed' | 'undone' | 'discarded'

/**
 * Where a batch is on its way: its states, and two between them. A batch that is `undoing` is stored as done with the instant of
 * its undo; one that is `receding`, which counts no more but still stands in the ledgers, as undone with progress.
 */
export type Phase = BatchState | 'undoing' | 'receding'

/**
 * change: its files are. commit: a person, or who appends, wants it recorded. record: all its facts stand recorded.
 * follow: the ledgers have followed. undo: a person wants it taken back. recede: its facts count no more.
 * preview: a person asks what an undo would take back. redo: a person wants it recorded once more, as another. discard: a person throws it away.
 */
export type BatchEvent = 'change' | 'commit' | 'record' | 'follow' | 'undo' | 'recede' | 'preview' | 'redo' | 'discard'

interface Refused {
  readonly code: string
  readonly says: string
  readonly cure: string
}

const notDraft = (state: BatchState): Refused => ({
  code: 'import_not_draft',
  says: `The import is ${state}.`,
  cure: state === 'done' ? 'Undo it, or begin a new import.' : 'Begin a new import.',
})
const notDone = (state: BatchState): Refused => ({
  code: 'import_not_done',
  says: `The import is ${state}: there is nothing to undo.`,
  cure: 'Only imports that are done can be undone.',
})
const notUndone = (says: string): Refused => ({
  code: 'import_not_undone',
  says: `The import is ${says}.`,
  cure: 'Only an import that is undone can be redone.',
})
/** Events that no person causes: a step that was taken by somebody else meanwhile is not taken again. */
const notNow = (state: BatchState): Refused => ({
  code: 'import_moved_on',
  says: `The import is ${state} by now.`,
  cure: 'Read the import to see where it is.',
})

/** Every event in every phase: the phase that follows, or why it is refused. An event that leads nowhere new changes nothing. */
export const TRANSITIONS: Readonly<Record<Phase, Readonly<Record<BatchEvent, Phase | Refused>>>> = {
  draft: {
    change: 'draft',
    commit: 'committing',
    record: notNow('draft'),
    follow: notNow('draft'),
    undo: notDone('draft'),
    recede: notNow('draft'),
    preview: notDone('draft'),
    redo: notUndone('draft'),
    discard: 'discarded',
  },
  committing: {
    change: notDraft('committing'),
    commit: 'committing',
    record: 'refreshing',
    follow: notNow('committing'),
    undo: notDone('committing'),
    recede: notNow('committing'),
    preview: notDone('committing'),
    redo: notUndone('committing'),
    discard: notDraft('committing'),
  },
  refreshing: {
    change: notDraft('refreshing'),
    commit: 'refreshing',
    record: 'refreshing',
    follow: 'done',
    undo: notDone('refreshing'),
    recede: notNow('refreshing'),
    preview: notDone('refreshing'),
    redo: notUndone('refreshing'),
    discard: notDraft('refreshing'),
  },
  done: {
    change: notDraft('done'),
    commit: 'done',
    record: 'done',
    follow: 'done',
    undo: 'undoing',
    recede: notNow('done'),
    preview: 'done',
    redo: notUndone('done'),
    discard: notDraft('done'),
  },
  undoing: {
    change: notDraft('done'),
    commit: 'undoing',
    record: 'undoing',
    follow: notNow('done'),
    undo: 'undoing',
    recede: 'receding',
    preview: 'undoing',
    redo: notUndone('done'),
    discard: notDraft('done'),
  },
  receding: {
    change: notDraft('undone'),
    commit: notDraft('undone'),
    record: notNow('undone'),
    follow: 'undone',
    undo: 'receding',
    recede: 'receding',
    preview: notDone('undone'),
    redo: notUndone('still being undone'),
    discard: notDraft('undone'),
  },
  undone: {
    change: notDraft('undone'),
    commit: notDraft('undone'),
    record: notNow('undone'),
    follow: 'undone',
    undo: 'undone',
    recede: 'undone',
    preview: notDone('undone'),
    redo: 'undone',
    discard: notDraft('undone'),
  },
  failed: {
    change: notDraft('failed'),
    commit: notDraft('failed'),
    record: notNow('failed'),
    follow: notNow('failed'),
    undo: notDone('failed'),
    recede: notNow('failed'),
    preview: notDone('failed'),
    redo: notUndone('failed'),
    discard: 'discarded',
  },
  discarded: {
    change: notDraft('discarded'),
    commit: notDraft('discarded'),
    record: notNow('discarded'),
    follow: notNow('discarded'),
    undo: notDone('discarded'),
    recede: notNow('discarded'),
    preview: notDone('discarded'),
    redo: notUndone('discarded'),
    discard: 'discarded',
  },
}

export const PHASES = Object.keys(TRANSITIONS) as Phase[]

export const phaseOf = ({ state, undone_at, progress }: { state: BatchState; undone_at: string | null; progress: unknown }): Phase =>
  state === 'done' && undone_at !== null ? 'undoing' : state === 'undone' && progress !== null ? 'receding' : state

/** The state in which a phase is stored. */
export const storedAs = (phase: Phase): BatchState => (phase === 'undoing' ? 'done' : phase === 'receding' ? 'undone' : phase)

/** The phases that an event moves on, each with the one it leads to. */
export const movesOf = (event: BatchEvent): { from: Phase; to: Phase }[] =>
  PHASES.flatMap((from) => {
    const to = TRANSITIONS[from][event]
    return typeof to === 'string' && to !== from ? [{ from, to }] : []
  })

/** The refusal of an event in a phase; null where it is taken. */
export function refusalOf(phase: Phase, event: BatchEvent): BinnacleError | null {
  const next = TRANSITIONS[phase][event]
  return typeof next === 'string' ? null : refuse(next.code, next.says, next.cure)
}
