import type { Result } from '../../../contract/question.ts'
import { addDays, previous } from '../../../kernel/period.ts'
import { type Step, Waterfall } from '../../charts/waterfall.tsx'
import { formatDay, formatMoney, formatPeriod } from '../../format.ts'
import { useExplain, useParam } from '../../screen.ts'
import { parsePeriod } from '../../search.ts'
import { Await } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BRIDGE, useMoney, useScreenAnswer, usualGrain } from './board-data.ts'

const MOVES: readonly [id: string, name: string, kind: Step['kind']][] = [
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

function byLabel(results: readonly Result[]): Map<string, Result[]> {
  const groups = new Map<string, Result[]>()
  for (const result of results) groups.set(result.period.label, [...(groups.get(result.period.label) ?? []), result])
  return groups
}

export function Bridge() {
  const [chosen, setChosen] = useParam('bridge')
  const { query, screen } = useScreenAnswer(BRIDGE, { compare: 'previous' })
  const grain = usualGrain(screen.period)
  const pieces = useScreenAnswer(BRIDGE, { compare: 'previous', grain })
  const explain = useExplain()
  const money = useMoney()
  const byPeriod = byLabel(pieces.query.data?.results ?? [])
  const label = byPeriod.has(chosen) ? chosen : ''
  const period = label === '' ? screen.period : (parsePeriod(label) ?? screen.period)
  const monthly = [...byPeriod].map(([name, results]) => ({ name, steps: stepsOf(results) }))
  const columns = ['Opening', ...MOVES.map(([, name]) => name), 'Transfer', 'Closing']
  const cellsOf = (steps: readonly Step[]) => columns.map((name) => steps.find((step) => step.name === name)?.amount ?? (name === 'FX' || name === 'Transfer' ? 0 : null))
  const rows = monthly.map(({ name, steps }) => [formatPeriod(parsePeriod(name) ?? screen.period), ...cellsOf(steps)] as (string | number | null)[])
  const table = { columns: ['Period', ...columns], rows, shown: rows.map((row) => row.map((cell) => (typeof cell === 'number' ? formatMoney(cell, money, 0) : (cell ?? '–')))) }
  return (
    <Section
      title="MRR bridge"
      says={`From the close of ${formatDay(addDays(period.from, -1))} to the close of ${formatDay(addDays(period.until, -1))}`}
      actions={
        <div className="mr-8">
          <Select label="Bridge of" size="small" value={label} onChange={setChosen} choices={[{ value: '', label: 'Whole period' }, ...[...byPeriod.keys()].reverse().map((name) => ({ value: name, label: formatPeriod(parsePeriod(name) ?? screen.period) }))]} />
        </div>
      }
    >
      <Await query={query} skeleton={<Skeleton className="h-65" />}>
        {(data) => (
          <Waterfall
            name="MRR bridge"
            steps={label === '' ? stepsOf(data.results) : stepsOf(byPeriod.get(label) ?? [])}
            currency={money}
            table={table}
            onOpen={(step) => {
              if (step.id === 'transfer') return
              explain({ metric: step.id === 'opening' ? 'mrr' : step.id, period: step.id === 'opening' ? previous(period) : period })
            }}
          />
        )}
      </Await>
    </Section>
  )
}

