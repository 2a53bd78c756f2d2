import type { FactDefinition } from '../../facts/fact.ts'
import { REFUSED_COLUMNS, headerKey } from './headers.ts'

/** What a header means for a fact: a target, how sure that is, and what else it says ("amount_usd" names a currency). */
export interface Meaning {
  readonly to: string
  readonly weight: number
  readonly constants: readonly { readonly to: string; readonly value: string }[]
  /** Why it may mean something else; such a meaning is offered, never taken. */
  readonly maybe: string | null
}

/** Codes that are English words at the end of other headers: "amount_all" is no sum in Albanian lek. */
const WORDS = new Set(['ALL', 'TOP', 'CUP', 'PEN', 'TRY', 'MOP', 'GEL'])
const CURRENCIES = new Set(Intl.supportedValuesOf('currency').filter((code) => !WORDS.has(code)))
const currency = (text: string | undefined): string | null => {
  const code = text?.toUpperCase() ?? ''
  return CURRENCIES.has(code) ? code : null
}

const PREFERENCE = 0.0005

const vocabularies = new Map<string, ReadonlyMap<string, Meaning>>()

/** Every header the fact knows. The column's own name is surest, then its aliases, then either behind the fact's name. */
function vocabulary(fact: FactDefinition): ReadonlyMap<string, Meaning> {
  const known = vocabularies.get(fact.id)
  if (known !== undefined) return known
  const words = new Map<string, Meaning>()
  const add = (word: string, meaning: Meaning): void => {
    const key = headerKey(word)
    if ((words.get(key)?.weight ?? 0) < meaning.weight) words.set(key, meaning)
  }
  const prefixes = [fact.id, ...fact.fileNames]
  const addAll = (names: readonly string[], to: string, weight: number, more: Partial<Pick<Meaning, 'constants' | 'maybe'>> = {}): void => {
    names.forEach((name, i) => {
      // What stands first in a list is what is meant where several fit and no number depends on it.
      const meaning = { to, weight: weight - i * PREFERENCE, constants: [], maybe: null, ...more }
      add(name, meaning)
      for (const prefix of prefixes) add(`${prefix}_${name}`, { ...meaning, weight: meaning.weight - 0.1 })
    })
  }
  for (const [name, column] of Object.entries(fact.columns)) {
    addAll([name], name, 1)
    for (const [alias, told] of Object.entries(column.tells))
      addAll([alias], name, 0.905, { constants: Object.entries(told).map(([to, value]) => ({ to, value })) })
    addAll(column.aliases, name, 0.9)
    for (const [alias, maybe] of Object.entries(column.maybe)) addAll([alias], name, 0.6, { maybe })
  }
  for (const [to, carried] of Object.entries(fact.carries)) addAll(carried.aliases, to, 0.85)
  vocabularies.set(fact.id, words)
  return words
}

function priced(fact: FactDefinition, key: string): Meaning | null {
  if (fact.columns.currency?.type !== 'currency') return null
  const match = /^(.+?)(?:_in)?_([a-z]{3})$/.exec(key)
  const [code, word] = currency(match?.[2]) !== null ? [currency(match?.[2]), match?.[1]] : [currency(key.slice(0, 3)), key.slice(4)]
  const meaning = code === null || word === undefined ? undefined : vocabulary(fact).get(word)
  if (code === null || meaning === undefined || fact.columns[meaning.to]?.type !== 'money') return null
  return { ...meaning, weight: meaning.weight - 0.05, constants: [...meaning.constants, { to: 'currency', value: code }] }
}

function rated(fact: FactDefinition, key: string): Meaning | null {
  if (fact.columns.rate === undefined || fact.columns.per === undefined) return null
  const match = /^([a-z]{3})_(?:per_unit|per_one|per_1|value)$/.exec(key) ?? /^(?:rate_|value_)?(?:to|in)_([a-z]{3})$/.exec(key)
  const code = currency(match?.[1])
  return code === null ? null : { to: 'rate', weight: 0.95, constants: [{ to: 'per', value: code }], maybe: null }
}

/** Null for a header that means nothing here. */
export function meaningOf(fact: FactDefinition, header: string): Meaning | null {
  const key = headerKey(header)
  if ((REFUSED_COLUMNS as readonly string[]).includes(key)) return null
  // "created_at_utc" is created_at; the reader of its cells looks at the ending again.
  return vocabulary(fact).get(key) ?? priced(fact, key) ?? rated(fact, key) ?? vocabulary(fact).get(key.replace(/_(?:utc|gmt)$/, '')) ?? null
}

/** A column whose header says so holds UTC, whatever the zone of the workspace. */
export const saysUtc = (header: string): boolean => /(?:^|_)(?:utc|gmt)$/.test(headerKey(header))

/** A header that ends in "at" names a moment; others of its kind name a day: "ends_at", but "end_date" and "valid_until". */
export const namesMoment = (header: string): boolean => /(?:^|_)at(?:_(?:utc|gmt))?$/.test(headerKey(header))
