import { createHash } from 'node:crypto'
import type { FactDefinition } from '../../facts/fact.ts'
import { dayOf, startOfDay } from '../../kernel/period.ts'
import type { StagedRow, Value } from './staged-row.ts'

/** The effective instant of a row that has none. Nothing a customer did was recorded at that very moment. */
export const UNKNOWN_INSTANT = '1970-01-01T00:00:00.000Z'

const encoded = (value: string): string => (value.includes('%') || value.includes('|') ? value.replaceAll('%', '%25').replaceAll('|', '%7C') : value)

const isEmpty = (value: Value | undefined): boolean => value === '' || value === null || value === undefined

/**
 * Adds what tells rows apart to the id that others know the row by; gives it for the identity where there is no such id.
 * `columns`: those that tell rows apart beside their id, all where none is named; null where the id does.
 */
function createApart(fact: FactDefinition, columns: readonly string[] | null): (row: StagedRow) => string {
  if (columns === null) return () => ''
  const telling = Object.keys(fact.columns).filter((name) => name !== fact.ownId && (columns.length === 0 || columns.includes(name)))
  return (row) => {
    const { ownId } = fact
    const text = telling.map((name) => encoded(String(row[name] ?? ''))).join('|')
    const more = columns.length === 0 ? createHash('sha256').update(text).digest('hex').slice(0, 16) : text
    if (ownId === undefined || isEmpty(row[ownId])) return `|${more}`
    row[ownId] = `${row[ownId]}|${more}`
    return ''
  }
}

interface Identity {
  put(row: StagedRow): string | null
  /** How many rows say what another does and count beside it. */
  alike(): number
  /** Forgets the rows seen so far: the same rows will be read again. */
  reset(): void
}

/** Tells rows apart that say the same of one day, with neither an id nor a time, where a day has many such things: by their place among them. */
function createAlike(fact: FactDefinition, zone: string): Pick<Identity, 'alike' | 'reset'> & { place(row: StagedRow, id: string): string } {
  const seen = new Map<string, number>()
  let alike = 0
  return {
    place(row, id) {
      if (!fact.manyADay) return ''
      const at = String(row[fact.effective] ?? '')
      if (startOfDay(dayOf(new Date(at), zone), zone).toISOString() !== at) return ''
      const before = seen.get(id) ?? 0
      seen.set(id, before + 1)
      if (before === 0) return ''
      alike++
      return `|${before + 1}`
    },
    alike: () => alike,
    reset() {
      seen.clear()
      alike = 0
    },
  }
}

/**
 * Puts `source_id` into rows of a fact: the values of the first identity list that is filled, joined by "|". A row of a
 * history without a date becomes `undated`, the last part of its id empty until it is committed. `put` gives null, or the
 * name of the column that would have to be filled. `apart`: the columns that tell rows with one id apart, all where none is named.
 */
export function createIdentity(fact: FactDefinition, zone: string, apart: readonly string[] | null = null): Identity {
  const { effective, historyOf, identity, identityAlso } = fact
  if (historyOf !== undefined && identity.some((list) => list.at(-1) !== effective)) throw new Error(`fact ${fact.id}: a history's identity ends with its date`)
  const [only] = identity
  const [more, among] = [createApart(fact, apart), createAlike(fact, zone)]
  const single = identity.length === 1 && only?.length === 1 && apart === null ? only[0] : undefined
  const filled = (row: StagedRow, list: readonly string[], isUndated: boolean): string => {
    let id = ''
    for (let i = 0; i < list.length; i++) {
      const name = list[i] as string
      id += `${i === 0 ? '' : '|'}${isUndated && name === effective ? '' : encoded(String(row[name]))}`
    }
    return id
  }
  return {
    put(row) {
      if (single !== undefined) {
        if (isEmpty(row[single])) return single
        row.source_id = encoded(String(row[single]))
        return null
      }
      const isUndated = historyOf !== undefined && row[effective] === UNKNOWN_INSTANT
      if (isUndated) row.undated = 1
      let missing: string | undefined
      for (const list of identity) {
        const empty = list.find((name) => isEmpty(row[name]))
        missing ??= empty
        if (empty !== undefined) continue
        const told = more(row)
        const also = list === only ? '' : identityAlso.map((name) => (isEmpty(row[name]) ? '' : `|${encoded(String(row[name]))}`)).join('')
        const id = `${filled(row, list, isUndated)}${also}${told}`
        row.source_id = list === only ? id : `${id}${among.place(row, id)}`
        return null
      }
      return missing ?? ''
    },
    alike: among.alike,
    reset: among.reset,
  }
}
