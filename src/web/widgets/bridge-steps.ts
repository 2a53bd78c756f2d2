import type { Result } from '../../contract/question.ts'
import type { DimensionEntry } from '../api.ts'
import type { Step } from '../charts/layout.ts'
import { reasonOf } from '../reason.ts'
import { splitFilter } from '../question.ts'

export const MOVES: readonly [id: string, name: string, kind: Step['kind']][] = [
  ['new_mrr', 'New', 'up'],
  ['expansion_mrr', 'Expansion', 'up'],
  ['reactivation_mrr', 'Reactivation', 'up'],
  ['contraction_mrr', 'Contraction', 'down'],
  ['churned_mrr', 'Churn', 'down'],
  ['fx_mrr', 'FX', 'flat'],
]

/** What a bridge is made of. */
export const BRIDGE = ['mrr', ...MOVES.map(([id]) => id), 'net_new_mrr']

/** Attributes of accounts among the filters, by name: what an account may change within the period. */
export const attributesOf = (where: readonly string[], dimensions: readonly Pick<DimensionEntry, 'id' | 'name' | 'of'>[]): string[] => {
  const filtered = new Set(where.map((filter) => splitFilter(filter)[0]))
  return dimensions.filter(({ id, of }) => of === 'account' && filtered.has(id)).map(({ name }) => (name === name.toUpperCase() ? name : name.toLowerCase()))
}

/** What is left between opening and closing when the movements are taken off, and why. */
function restStep(rest: number, missing: readonly Step[], attributes: readonly string[]): Step[] {
  if (Math.abs(rest) <= 0.005) return []
  const base = { kind: 'flat' as const, amount: rest, result: undefined }
  if (missing.length > 0)
    return [
      {
        ...base,
        id: 'unknown',
        name: 'Unknown',
        says: `${missing.map((step) => step.name).join(', ')}: ${reasonOf(missing[0]?.result)}`,
      },
    ]
  if (attributes.length > 0)
    return [
      {
        ...base,
        id: 'transfer',
        name: rest > 0 ? 'Moved in' : 'Moved out',
        says: `Accounts that came into the filter or left it as their ${attributes.join(' or ')} changed. Movements count where an account was at the start of the period, MRR where it is at the end; no MRR was won or lost by it.`,
      },
    ]
  return [
    { ...base, id: 'unexplained', name: 'Unexplained', says: 'Opening and movements do not add up to closing here. The reconciliation names the accounts.' },
  ]
}

/** The bridge of one period; it always adds up, if need be by a step that says what is missing. `attributes`: those of accounts by which it is filtered. */
export function stepsOf(results: readonly Result[], attributes: readonly string[] = []): Step[] {
  const of = (id: string) => results.find((result) => result.metric === id)
  const mrr = of('mrr')
  const opening = mrr?.comparison?.value ?? null
  const moves = MOVES.flatMap(([id, name, kind]): Step[] => {
    const result = of(id)
    if (result === undefined || (id === 'fx_mrr' && result.value === 0)) return []
    return [{ id, name, kind, result, amount: result.value === null ? null : kind === 'down' ? -result.value : result.value }]
  })
  const moved = moves.reduce((sum, step) => sum + (step.amount ?? 0), 0)
  const rest = mrr === undefined || mrr.value === null || opening === null ? 0 : mrr.value - opening - moved
  return [
    { id: 'opening', name: 'Opening', kind: 'total', amount: opening, result: mrr },
    ...moves,
    ...restStep(
      rest,
      moves.filter((step) => step.amount === null),
      attributes,
    ),
    { id: 'mrr', name: mrr?.flags.includes('partial') === true ? 'Now' : 'Closing', kind: 'total', amount: mrr?.value ?? null, result: mrr },
  ]
}
