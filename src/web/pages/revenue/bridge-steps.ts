import type { Result } from '../../../contract/question.ts'
import type { Step } from '../../charts/layout.ts'

export const MOVES: readonly [id: string, name: string, kind: Step['kind']][] = [
  ['new_mrr', 'New', 'up'],
  ['expansion_mrr', 'Expansion', 'up'],
  ['reactivation_mrr', 'Reactivation', 'up'],
  ['contraction_mrr', 'Contraction', 'down'],
  ['churned_mrr', 'Churn', 'down'],
  ['fx_mrr', 'FX', 'flat'],
]

/** The bridge of one period. What a filter moves in or out between periods has a step of its own, so that it still adds up. */
export function stepsOf(results: readonly Result[]): Step[] {
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
    ...(Math.abs(rest) > 0.005 ? [{ id: 'transfer', name: 'Transfer', kind: 'flat' as const, amount: rest, result: undefined, says: 'Accounts whose attributes changed moved into or out of the filter between the periods. It is no movement of MRR.' }] : []),
    { id: 'mrr', name: 'Closing', kind: 'total', amount: mrr?.value ?? null, result: mrr },
  ]
}
