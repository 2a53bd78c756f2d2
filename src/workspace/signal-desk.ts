import { ownSignalVersion } from '../stores/schema/own-signal-versions.ts'
import type { Workspace } from '../stores/workspace.ts'
import { answerHold, readHoldsUnanswered, readLivedDays, readReplays } from './health-days.ts'
import { closeSignal, countByKind, readSignal, readSignals, readSkips, skipSignal } from './raised-signals.ts'
import type { ByHand, SignalsAsked, Skip } from './raised-signals.ts'
import { versionsByIdIn } from './versions.ts'

/** Signals of a workspace with what people wrote about them, and the days that were lived. */
export const signalDeskIn = (workspace: Pick<Workspace, 'db' | 'transaction'>) => ({
  readSignals: (asked: SignalsAsked) => readSignals(workspace.db, asked),
  readSignal: (id: string) => readSignal(workspace.db, id),
  countByKind: (from: string) => countByKind(workspace.db, from),
  close: (id: string, hand: ByHand) => closeSignal(workspace, id, hand),
  skip: (skip: Omit<Skip, 'account_id'>) => skipSignal(workspace, skip),
  skipsOf: (signals: readonly string[]) => readSkips(workspace.db, signals),
  livedDays: () => readLivedDays(workspace.db),
  heldDays: () => readHoldsUnanswered(workspace.db),
  answerHold: (day: string, answer: 'real' | 'wrong', at: string, by: string | null) => answerHold(workspace, day, answer, at, by),
  replays: () => readReplays(workspace.db),
  own: versionsByIdIn(workspace.db, ownSignalVersion),
})
