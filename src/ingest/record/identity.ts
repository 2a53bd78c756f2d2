import { createHash } from 'node:crypto'
import type { FactDefinition } from '../../facts/fact.ts'
import { dayOf, startOfDay } from '../../kernel/period.ts'
import type { Value } from '../files/cells/cell.ts'

/** The effective instant of a row that has none. Nothing a customer did was recorded at that very moment. */
export const UNKNOWN_INSTANT = '1970-01-01T00:00:00.000Z'

const encoded = (value: string): string => (value.includes('%') || value.includes('|') ? value.replaceAll('%', '%25').replaceAll('|', '%7C') : value)

type Row = Record<string, Value | undefined>
const isEmpty = (value: Value | undefined): boolean => value === '' || value === null || value === undefined

/** The key of the question about rows that share an id, and what its answers begin with where such rows are different ones. */
export const SAME_ID = 'id'
const APART = 'apart:'
/** Answer: the rows are told apart by these columns beside their id; all of them where none is named. */
export const apartBy = (columns: readonly string[]): string => `${APART}${columns.length === 0 ? '*' : columns.join(',')}`

/** The columns that tell rows with one id apart; null where the answer says nothing of it. */
function columnsApart(fact: FactDefinition, answer: string | undefined): string[] | null {
  if (answer?.startsWith(APART) !== true) return null
  const named = answer.slice(APART.length).split(',')
  return Object.keys(fact.columns).filter((name) => named.includes('*') || named.includes(name))
}

/** Adds what tells rows apart to the id that others know the row by; gives it for the identity where there is no such id. */
function createApart(fact: FactDefinition, answer: string | undefined): (row: Row) => string {
  const columns = columnsApart(fact, answer)
  if (columns === null) return () => ''
  const all = answer === apartBy([])
  return (row) => {
    const { ownId } = fact
    const text = columns
      .filter((name) => name !== ownId)
      .map((name) => encoded(String(row[name] ?? '')))
      .join('|')
    const more = all ? createHash('sha256').update(text).digest('hex').slice(0, 16) : text
    if (ownId === undefined || isEmpty(row[ownId])) return `|${more}`
    row[ownId] = `${row[ownId]}|${more}`
    return ''
  }
}

interface Identity {
  put(row: Row): string | null
  /** How many rows say what another does and count beside it. */
  alike(): number
  /** The same rows will be read again. */
  reset(): void
}

/** Tells rows apart that say the same of one day, with neither an id nor a time, where a day has many such things: by their place among them. */
function createAlike(fact: FactDefinition, zone: string): Pick<Identity, 'alike' | 'reset'> & { place(row: Row, id: string): string } {
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
 * name of the column that would have to be filled. `answer`: what was said about rows that share an id.
 */
export function createIdentity(fact: FactDefinition, zone: string, answer?: string): Identity {
  const { effective, historyOf, identity, identityAlso } = fact
  if (historyOf !== undefined && identity.some((list) => list.at(-1) !== effective)) throw new Error(`fact ${fact.id}: a history's identity ends with its date`)
  const [only] = identity
  const [apart, among] = [createApart(fact, answer), createAlike(fact, zone)]
  const single = identity.length === 1 && only?.length === 1 && answer === undefined ? only[0] : undefined
  const filled = (row: Row, list: readonly string[], isUndated: boolean): string => {
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
        const more = apart(row)
        const also = list === only ? '' : identityAlso.map((name) => (isEmpty(row[name]) ? '' : `|${encoded(String(row[name]))}`)).join('')
        const id = `${filled(row, list, isUndated)}${also}${more}`
        row.source_id = list === only ? id : `${id}${among.place(row, id)}`
        return null
      }
      return missing ?? ''
    },
    alike: among.alike,
    reset: among.reset,
  }
}
