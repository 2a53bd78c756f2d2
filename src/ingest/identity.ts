import type { FactDefinition } from '../facts/fact.ts'
import type { Value } from './cells/cell.ts'

/** The effective instant of a row that has none. Nothing a customer did was recorded at that very moment. */
export const UNKNOWN_INSTANT = '1970-01-01T00:00:00.000Z'

const encoded = (value: string): string => (value.includes('%') || value.includes('|') ? value.replaceAll('%', '%25').replaceAll('|', '%7C') : value)

/**
 * Puts `source_id` into rows of a fact: the values of the first identity list that is filled, joined by "|". A row of a
 * history without a date becomes `undated`, the last part of its id empty until it is committed. `put` gives null, or the
 * name of the column that would have to be filled.
 */
export function createIdentity(fact: FactDefinition): { put(row: Record<string, Value | undefined>): string | null } {
  const { effective, historyOf, identity } = fact
  if (historyOf !== undefined && identity.some((list) => list.at(-1) !== effective)) throw new Error(`fact ${fact.id}: a history's identity ends with its date`)
  const [only] = identity
  const single = identity.length === 1 && only?.length === 1 ? only[0] : undefined
  return {
    put(row) {
      if (single !== undefined) {
        const value = row[single]
        if (value === '' || value === null || value === undefined) return single
        row.source_id = encoded(String(value))
        return null
      }
      const isUndated = historyOf !== undefined && row[effective] === UNKNOWN_INSTANT
      if (isUndated) row.undated = 1
      let missing: string | undefined
      for (const list of identity) {
        const empty = list.find((name) => row[name] === '' || row[name] === null || row[name] === undefined)
        missing ??= empty
        if (empty !== undefined) continue
        let id = ''
        for (let i = 0; i < list.length; i++) {
          const name = list[i] as string
          id += `${i === 0 ? '' : '|'}${isUndated && name === effective ? '' : encoded(String(row[name]))}`
        }
        row.source_id = id
        return null
      }
      return missing ?? ''
    },
  }
}
