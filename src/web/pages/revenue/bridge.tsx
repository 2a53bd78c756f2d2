import type { Result } from '../../../contract/question.ts'
import { addDays, type Period, previous } from '../../../kernel/period.ts'
import type { Step } from '../../charts/layout.ts'
import { Waterfall } from '../../charts/waterfall.tsx'
import { formatDay, formatMoney, formatPeriod } from '../../format.ts'
import { useDimensions, useOverview } from '../../api.ts'
import { useExplain, useParam, useScreen } from '../../screen.ts'
import { parsePeriod } from '../../search.ts'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MOVES, attributesOf, stepsOf } from './bridge-steps.ts'
import { useSeries } from './series.ts'
import { Answered } from './answered.tsx'
import { BRIDGE, useMoney, useScreenAnswer } from './board-data.ts'

const MOVED = 'Moved in or out'

function byLabel(results: readonly Result[]): Map<string, Result[]> {
  const groups = new Map<string, Result[]>()
  for (const result of results) groups.set(result.period.label, [...(groups.get(result.period.label) ?? []), result])
  return groups
}

/** From which moment to which the bridge leads; a period that is not over ends now. */
function useSpan(period: Period): string {
  const today = useOverview().data?.today ?? ''
  const { as_of: asOf } = useScreen()
  const last = addDays(period.until, -1)
  const over = last < today && (asOf === undefined || last <= asOf)
  const end = over ? `the close of ${formatDay(last)}` : `now, ${formatDay(asOf ?? today)}: ${formatPeriod(period)} is not over`
  return `From the close of ${formatDay(addDays(period.from, -1))} to ${end}`
}

export function Bridge() {
  const [chosen, setChosen] = useParam('bridge')
  const answer = useScreenAnswer(BRIDGE, { compare: 'previous' })
  const { query, screen } = answer
  const series = useSeries()
  const pieces = useScreenAnswer(BRIDGE, { from: series.from, until: series.until, grain: series.grain, compare: 'previous' })
  const explain = useExplain()
  const attributes = attributesOf(screen.where, useDimensions().data ?? [])
  const money = useMoney()
  const byPeriod = byLabel(pieces.query.data?.results ?? [])
  const label = byPeriod.has(chosen) ? chosen : ''
  const period = label === '' ? screen.period : (parsePeriod(label) ?? screen.period)
  const span = useSpan(period)
  const monthly = [...byPeriod].map(([name, results]) => ({ name, steps: stepsOf(results, attributes) }))
  const columns = ['Opening', ...MOVES.map(([, name]) => name), attributes.length > 0 ? MOVED : 'Unexplained', 'Closing']
  const cellsOf = (steps: readonly Step[]) =>
    columns.map(
      (name) =>
        steps.find((step) => step.name === name || (name === 'Closing' && step.id === 'mrr') || (name === MOVED && step.id === 'transfer'))?.amount ??
        (name === 'FX' || name === MOVED || name === 'Unexplained' ? 0 : null),
    )
  const rows = monthly.map(({ name, steps }) => [formatPeriod(parsePeriod(name) ?? screen.period), ...cellsOf(steps)] as (string | number | null)[])
  const table = {
    columns: ['Period', ...columns],
    rows,
    shown: rows.map((row) => row.map((cell) => (typeof cell === 'number' ? formatMoney(cell, money, 0) : (cell ?? '–')))),
  }
  return (
    <Section
      title="MRR bridge"
      says={span}
      actions={
        <div className="mr-8">
          <Select
            label="Bridge of"
            size="small"
            value={label}
            onChange={setChosen}
            choices={[
              { value: '', label: 'Whole period' },
              ...[...byPeriod.keys()].reverse().map((name) => ({ value: name, label: formatPeriod(parsePeriod(name) ?? screen.period) })),
            ]}
          />
        </div>
      }
    >
      <Answered answer={answer} skeleton={<Skeleton className="h-65" />}>
        {() => (
          <Waterfall
            name="MRR bridge"
            steps={label === '' ? stepsOf(query.data?.results ?? [], attributes) : stepsOf(byPeriod.get(label) ?? [], attributes)}
            currency={money}
            table={table}
            onOpen={(step) => {
              if (step.result === undefined) return
              explain({ metric: step.id === 'opening' ? 'mrr' : step.id, period: step.id === 'opening' ? previous(period) : period })
            }}
          />
        )}
      </Answered>
    </Section>
  )
}
