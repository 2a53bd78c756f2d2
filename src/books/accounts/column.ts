import type { Direction } from '../../kernel/words/metrics.ts'
import type { Unit } from '../../kernel/words/units.ts'

/** What a column of the list holds, before it is read. */
export interface ColumnHead {
  /** As it is asked for: the id of a metric, an attribute, or a word of its own; with options and period, "nrr@3m". */
  readonly id: string
  readonly name: string
  readonly says: string
  readonly of: 'account' | 'attribute' | 'metric' | 'health'
  readonly kind: 'number' | 'text' | 'day'
  /** Of numbers. */
  readonly unit: Unit | null
  readonly currency: string | null
  readonly better: Direction
  /** The values it can take, where they are known beforehand. */
  readonly choices?: string[]
}

/** Numbers of all accounts. */
export interface NumberCells {
  readonly kind: 'number'
  /** NaN where there is none. */
  readonly values: Float64Array
  /** 0 where there is a value, else the place of the reason among `why`, from 1. */
  readonly reasons: Uint8Array
  /** Why a value is missing, each a sentence. */
  readonly why: readonly string[]
}

/** Words or days of all accounts, each kept once. Days are written YYYY-MM-DD and compare as text. */
export interface TextCells {
  readonly kind: 'text'
  /** 0 where there is none, else the place among `words`, from 1. */
  readonly codes: Uint32Array
  readonly words: readonly string[]
  /** What conditions are held against, for each of the words: itself, unless it stands for several. */
  readonly holds: readonly (readonly string[])[]
  /** Why there is none, a sentence. */
  readonly why: string
}

export type Cells = NumberCells | TextCells

export interface Column {
  readonly head: ColumnHead
  readonly cells: Cells
}

export type Cell = string | number | null

export const cellAt = ({ cells }: Column, place: number): Cell => {
  if (cells.kind === 'number') return cells.reasons[place] === 0 ? (cells.values[place] ?? null) : null
  return cells.words[(cells.codes[place] ?? 0) - 1] ?? null
}

/** Why there is no value; null where there is one. */
export const whyAt = ({ cells }: Column, place: number): string | null => {
  if (cells.kind === 'text') return cells.codes[place] === 0 ? cells.why : null
  return cells.why[(cells.reasons[place] ?? 0) - 1] ?? null
}

/** Words as they come, one for each account, kept once each. What is null or empty is none. */
export function textCells(given: Iterable<string | null>, why: string, holdsOf: (word: string) => readonly string[] = (word) => [word]): TextCells {
  const places = new Map<string, number>()
  const codes = Uint32Array.from(given, (word) => {
    if (word === null || word === '') return 0
    const known = places.get(word)
    if (known !== undefined) return known
    places.set(word, places.size + 1)
    return places.size
  })
  const words = [...places.keys()]
  return { kind: 'text', codes, words, holds: words.map(holdsOf), why }
}

/** Numbers as they come, one for each account; of what is missing the reason, a sentence. */
export function numberCells(given: readonly (number | { readonly why: string })[]): NumberCells {
  const places = new Map<string, number>()
  const [values, reasons] = [new Float64Array(given.length), new Uint8Array(given.length)]
  for (const [i, one] of given.entries()) {
    if (typeof one === 'number') {
      values[i] = one
      continue
    }
    values[i] = Number.NaN
    const place = places.get(one.why) ?? places.size + 1
    places.set(one.why, place)
    reasons[i] = place
  }
  return { kind: 'number', values, reasons, why: [...places.keys()] }
}
