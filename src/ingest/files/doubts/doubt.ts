import type { FactDefinition } from '../../../facts/fact.ts'
import { isNothing, trim } from '../cells/cell.ts'
import { copied } from '../../record/refusal.ts'
import type { Ambiguity, Mapping } from '../types.ts'

/** Something about the rows of a file that a person may have to decide, looked for while they are read. */
export interface Doubt {
  /** Looks at the cells of a row that counts. */
  see(cells: readonly string[]): void
  /** A row was met that cannot be read without an answer; `atEnd`: all rows together cannot. */
  isOpen(atEnd: boolean): boolean
  /** Forgets the rows: they will all be read again. */
  reset(): void
  questions(): Ambiguity[]
  /** What is to be told about rows that were read otherwise than they stand. */
  notes(): string[]
}

/** Answer to `columns` of a mapping that somebody wrote whole: nothing is asked about its headers. */
export const AS_TOLD = 'as_told'

/** Answer to `ask`: what would only be told is asked too. */
export const asksAll = ({ mapping }: Pick<Doubtful, 'mapping'>): boolean => mapping.answers?.ask === 'all'

/** What doubts are made from. */
export interface Doubtful {
  readonly fact: FactDefinition
  readonly mapping: Mapping
  readonly headers: readonly string[]
}

export const answerTo = ({ mapping }: Doubtful, key: string): string | undefined => mapping.answers?.[key]

/** Whether headers were read by what they say, and not told by somebody. */
export const readsHeaders = ({ mapping }: Pick<Doubtful, 'mapping'>): boolean => mapping.answers !== undefined && mapping.answers.columns !== AS_TOLD

/** The cell of a column, empty for what says nothing. */
export function cellAt(cells: readonly string[], at: number): string {
  const cell = trim(cells[at] ?? '')
  return isNothing(cell) ? '' : cell
}

const MOST = 3
/** The first few different ones. */
export function createExamples(): { add(text: string): void; list(): string[]; clear(): void } {
  const found: string[] = []
  return {
    add: (text) => void (found.length < MOST && !found.includes(text) && found.push(copied(text))),
    list: () => [...found],
    clear: () => void found.splice(0),
  }
}

export const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`
