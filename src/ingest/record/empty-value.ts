import type { Column, FactDefinition } from '../../facts/fact.ts'
import { UNKNOWN_INSTANT } from './identity.ts'
import type { Value } from './staged-row.ts'

/** What a column holds that is not filled; undefined where it must be. */
export function emptyValue(fact: FactDefinition, name: string, column: Column): Value | undefined {
  if (column.fallback !== undefined) return column.fallback
  if (column.required) return undefined
  if (name === fact.effective) return UNKNOWN_INSTANT
  return column.type === 'boolean' ? 0 : column.type === 'money' || column.type === 'number' || column.type === 'instant' || column.type === 'date' ? null : ''
}

/** A value as a staged row holds it: undefined is what the table fills in by itself. */
export const stored = (value: Value | undefined): Value | undefined => (value === null || value === '' || value === 0 ? undefined : value)
