import { carriedAttribute } from '../../facts/account-attribute.ts'
import type { Carried, Column, FactDefinition } from '../../facts/fact.ts'
import { FACTS, factById } from '../../facts/facts.ts'
import type { ImportTarget } from './types.ts'

/** Where a column of a file goes: into a column of the file's fact, or into a fact of another kind that the row carries. */
export type Target =
  | { readonly kind: 'column'; readonly name: string; readonly column: Column }
  | { readonly kind: 'carried'; readonly carried: Carried; readonly fact: FactDefinition; readonly column: Column }

const ATTRIBUTE = /^attribute:[a-z][a-z0-9_]{0,60}$/

/** Any `attribute:NAME` is a target of a fact that carries attributes at all. */
function carriedOf(fact: FactDefinition, to: string): Carried | undefined {
  const known = fact.carries[to]
  if (known !== undefined || !ATTRIBUTE.test(to)) return known
  return Object.keys(fact.carries).some((key) => key.startsWith('attribute:')) ? carriedAttribute(to.slice('attribute:'.length), '') : undefined
}

/** Null when the fact takes no such thing. */
export function targetOf(fact: FactDefinition, to: string): Target | null {
  const column = fact.columns[to]
  if (column !== undefined) return { kind: 'column', name: to, column }
  const carried = carriedOf(fact, to)
  const carriedFact = carried === undefined ? undefined : factById(carried.fact)
  const valueColumn = carried === undefined ? undefined : (carried.column ?? carriedFact?.columns[carried.valueColumn])
  if (carried === undefined || carriedFact === undefined || valueColumn === undefined) return null
  return { kind: 'carried', carried, fact: carriedFact, column: valueColumn }
}

/** What each fact takes, for the mapping screen and the reference. */
export const importTargets = (): ImportTarget[] =>
  FACTS.map((fact) => ({
    fact: fact.id,
    name: fact.name,
    says: fact.says,
    targets: [
      ...Object.entries(fact.columns).map(([to, column]) => ({ to, says: column.says, type: column.type, required: column.required })),
      ...Object.entries(fact.carries).map(([to, carried]) => ({ to, says: carried.says, type: carried.column?.type ?? 'text', required: false })),
    ],
  }))
