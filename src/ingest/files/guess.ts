import type { FactDefinition } from '../../facts/fact.ts'
import { FACTS } from '../../facts/facts.ts'
import type { Meaning } from './header-words.ts'
import { meaningOf } from './header-words.ts'
import { REFUSED_COLUMNS, headerKey } from './headers.ts'
import type { ColumnMapping } from './types.ts'

/** One fact that a file may hold. */
export interface Guess {
  readonly fact: FactDefinition
  /** 0 to 1. */
  readonly confidence: number
  readonly columns: ColumnMapping[]
  /** Headers that mean something for this fact. */
  readonly explained: ReadonlySet<string>
  /** Required columns that no header means. */
  readonly missing: readonly string[]
}

/** Below this a guess is a question. */
const SURE_ENOUGH = 0.45
const NEARLY_EQUAL = 0.12

interface Meant {
  readonly header: string
  readonly meaning: Meaning
}

/** What the headers mean for a fact, the surest first. */
export const meaningsOf = (fact: FactDefinition, headers: readonly string[]): Meant[] =>
  headers
    .map((header) => ({ header, meaning: meaningOf(fact, header) }))
    .filter((entry): entry is Meant => entry.meaning !== null)
    .sort((a, b) => b.meaning.weight - a.meaning.weight)

const namesCurrency = (meaning: Meaning): boolean => meaning.constants.some(({ to }) => to === 'currency' || to === 'per')

/** Each target goes to the header that means it most; headers that are left over are proposed to be left out. */
export function proposeColumns(fact: FactDefinition, headers: readonly string[]): { columns: ColumnMapping[]; weights: Map<string, number> } {
  const all = meaningsOf(fact, headers)
  const meanings = all.filter(({ meaning }) => meaning.maybe === null)
  const byHeader = new Map<string, Meaning>()
  const taken = new Set<string>()
  const take = ({ header, meaning }: Meant): void => {
    if (taken.has(meaning.to) || byHeader.has(header)) return
    taken.add(meaning.to)
    byHeader.set(header, meaning)
  }
  // What names its own currency takes that target's place before a column of currencies, which then speaks of another amount.
  const plainTargets = new Set(meanings.filter(({ meaning }) => !namesCurrency(meaning)).map(({ meaning }) => meaning.to))
  for (const entry of meanings)
    if (namesCurrency(entry.meaning) && !plainTargets.has(entry.meaning.to) && entry.meaning.constants.every(({ to }) => !taken.has(to))) {
      take(entry)
      for (const { to } of entry.meaning.constants) taken.add(to)
    }
  for (const entry of meanings) if (!namesCurrency(entry.meaning)) take(entry)

  const columns: ColumnMapping[] = headers.map((header) => ({ header, to: byHeader.get(header)?.to ?? null }))
  for (const { constants } of byHeader.values())
    for (const { to, value } of constants) if (!columns.some((column) => column.to === to)) columns.push({ header: '', to, constant: value })
  const open = all.filter(({ meaning }) => meaning.maybe !== null && !taken.has(meaning.to))
  return {
    columns,
    weights: new Map([
      ...[...byHeader].map(([header, meaning]) => [header, meaning.weight] as const),
      ...open.map(({ header, meaning }) => [header, meaning.weight] as const),
    ]),
  }
}

export const missingColumns = (fact: FactDefinition, columns: readonly ColumnMapping[]): string[] =>
  Object.entries(fact.columns)
    .filter(([name, column]) => column.required && column.fallback === undefined && !columns.some(({ to }) => to === name))
    .map(([name]) => name)

/** How much of the file's name is a word for the fact: 1 for "subscriptions.csv", less when other words stand beside it. */
function nameMatch(fact: FactDefinition, fileName: string): number {
  const base = headerKey(fileName.replace(/^.*[\\/]/, '').replace(/(?:\.[A-Za-z0-9]+)+$/, ''))
  let best = 0
  for (const word of [fact.id, ...fact.fileNames]) {
    const found = new RegExp(`(?:^|_)(${word}(?:s|es)?)(?:_|$)`).exec(base)
    if (found !== null) best = Math.max(best, 0.6 + (0.4 * (found[1] ?? '').length) / base.length)
  }
  return best
}

/** A history whose values no column gives says nothing. */
function saysNothing(fact: FactDefinition, columns: readonly ColumnMapping[]): boolean {
  const keys = [...(fact.historyOf ?? []), fact.effective]
  return fact.historyOf !== undefined && !columns.some(({ to }) => to !== null && !keys.includes(to))
}

/** Every fact with its fit, the best first. */
export function guessFacts(headers: readonly string[], fileName: string): Guess[] {
  const told = headers.filter((header) => !(REFUSED_COLUMNS as readonly string[]).includes(headerKey(header)))
  const guesses = FACTS.map((fact): Guess => {
    const { columns, weights } = proposeColumns(fact, headers)
    const missing = missingColumns(fact, columns)
    const required = Object.values(fact.columns).filter((column) => column.required).length
    const explained = [...weights.values()].reduce((sum, weight) => sum + weight, 0) / Math.max(1, told.length)
    const complete = required === 0 ? 1 : 1 - missing.length / required
    const fit = 0.5 * explained + 0.3 * complete ** 2 + 0.2 * nameMatch(fact, fileName)
    const confidence = weights.size === 0 ? 0 : saysNothing(fact, columns) ? fit / 2 : fit
    return { fact, confidence: Math.round(confidence * 1000) / 1000, columns, explained: new Set(weights.keys()), missing }
  }).sort((a, b) => b.confidence - a.confidence)
  const [best] = guesses
  // A kind of fact that explains all headers that another kind does, and more, is nearer even where the file's name speaks for the other.
  const wider = guesses.find(
    (guess) => best !== undefined && isNear(best, guess) && guess.missing.length <= best.missing.length && isWithin(best.explained, guess.explained),
  )
  return wider === undefined ? guesses : [wider, ...guesses.filter((guess) => guess !== wider)]
}

const isNear = (best: Guess, guess: Guess): boolean => best.confidence - guess.confidence < NEARLY_EQUAL
const isWithin = (small: ReadonlySet<string>, large: ReadonlySet<string>): boolean => small.size < large.size && [...small].every((item) => large.has(item))

/** The facts between which a person must choose; empty when the first guess stands. */
export function undecidedFacts(guesses: readonly Guess[]): Guess[] {
  const [best] = guesses
  if (best === undefined) return []
  if (best.confidence < SURE_ENOUGH) return [...guesses]
  const rivals = guesses.filter((guess) => guess !== best && isNear(best, guess) && !isWithin(guess.explained, best.explained))
  return rivals.length === 0 ? [] : [best, ...rivals]
}
