import type { FactDefinition } from '../../facts/fact.ts'
import { factById } from '../../facts/facts.ts'
import { targetOf } from './targets.ts'
import type { Mapping } from './types.ts'

/** The kinds of facts that rows of a file with this mapping become, the file's own first; none of a file that is not mapped. */
export function mappedKinds(mapping: Mapping | null): FactDefinition[] {
  if (mapping === null) return []
  const fact = factById(mapping.fact)
  if (fact === undefined) return []
  const carried = mapping.columns.flatMap(({ to }) => {
    const target = to === null ? null : targetOf(fact, to)
    return target?.kind === 'carried' ? [target.fact] : []
  })
  return [...new Set([fact, ...carried])]
}
