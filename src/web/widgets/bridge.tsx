import type { Result } from '../../contract/question.ts'
import { addDays, previous } from '../../kernel/period.ts'
import { useDimensions, useOverview } from '../api.ts'
import type { ChartTable } from '../charts/figure.tsx'
import type { Step } from '../charts/layout.ts'
import { Waterfall } from '../charts/waterfall.tsx'
import { formatDay, formatMoney, formatPeriod } from '../format.ts'
import { useMoney } from '../money.ts'
import type { Question } from '../question.ts'
import { parsePeriod } from '../search.ts'
import { Section } from '../ui/page.tsx'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Answered } from './answered.tsx'
import { BRIDGE, MOVES, attributesOf, stepsOf } from './bridge-steps.ts'
import type { SeriesGrain } from './series-span.ts'
import type { WidgetProps } from './widget.ts'
import { useSeriesSpan, useWidgetAnswer } from './widget-answer.ts'

const MOVED = 'Moved in or out'

function byLabel(results: readonly Result[]): Map<string, Result[]> {
  const groups = new Map<string, Result[]>()
  for (const result of results) groups.set(result.period.label, [...(groups.get(result.period.label) ?? []), result])
  return groups
}

const nameOf = (label: string): string => {
  const period = parsePeriod(label)
  return period === null ? label : formatPeriod(period)
}

/** From which moment to which the bridge leads; a period that is not over ends now. */
function useSpan({ period, as_of: asOf }: Question): string {
  const today = useOverview().data?.today ?? ''
  const last = addDays(period.until, -1)
  const over = last < today && (asOf === undefined || last <= asOf)
  const end = over ? `the close of ${formatDay(last)}` : `now, ${formatDay(asOf ?? today)}: ${formatPeriod(period)} is not over`
  return `From the close of ${formatDay(addDays(period.from, -1))} to ${end}`
}

/** The bridges of all pieces as rows, the same steps in each. */
function tableOf(pieces: ReadonlyMap<string, readonly Result[]>, attributes: readonly string[], money: string): ChartTable {
  const columns = ['Opening', ...MOVES.map(([, name]) => name), attributes.length > 0 ? MOVED : 'Unexplained', 'Closing']
  const isOf = (step: Step, column: string): boolean =>
    step.name === column || (column === 'Closing' && step.id === 'mrr') || (column === MOVED && step.id === 'transfer')
  const whereNone = (column: string): number | null => (['FX', MOVED, 'Unexplained'].includes(column) ? 0 : null)
  const rows = [...pieces].map(([label, results]): (string | number | null)[] => {
    const steps = stepsOf(results, attributes)
    return [nameOf(label), ...columns.map((column) => steps.find((step) => isOf(step, column))?.amount ?? whereNone(column))]
  })
  return {
    columns: ['Period', ...columns],
    rows,
    shown: rows.map((row) => row.map((cell) => (typeof cell === 'number' ? formatMoney(cell, money, 0) : (cell ?? '–')))),
  }
}

interface BridgeProps extends WidgetProps {
  /** Into which pieces the time is cut, each of which has a bridge of its own. */
  readonly grain: SeriesGrain
  /** The label of the piece that is shown; '' for the whole period. */
  readonly piece: string
  readonly onPiece: (piece: string) => void
}

/** From the MRR at the opening to that at the closing, step by step. */
export function Bridge({ question, grain, piece, onPiece, onOpen, title = 'MRR bridge' }: BridgeProps) {
  const answer = useWidgetAnswer(question, BRIDGE, { compare: 'previous' })
  const series = useWidgetAnswer(question, BRIDGE, { ...useSeriesSpan(question.period, grain), grain, compare: 'previous' })
  const attributes = attributesOf(question.where, useDimensions().data ?? [])
  const money = useMoney()
  const pieces = byLabel(series.query.data?.results ?? [])
  const results = pieces.get(piece) ?? answer.query.data?.results ?? []
  const period = (pieces.has(piece) ? parsePeriod(piece) : null) ?? question.period
  const span = useSpan({ ...question, period })
  const open = (step: Step): void => {
    if (step.result === undefined) return
    onOpen(step.id === 'opening' ? { metric: 'mrr', period: previous(period) } : { metric: step.id, period })
  }
  return (
    <Section
      title={title}
      says={span}
      actions={
        <div className="mr-8">
          <Select
            label="Bridge of"
            size="small"
            value={pieces.has(piece) ? piece : ''}
            onChange={onPiece}
            choices={[{ value: '', label: 'Whole period' }, ...[...pieces.keys()].reverse().map((label) => ({ value: label, label: nameOf(label) }))]}
          />
        </div>
      }
    >
      <Answered answer={answer} skeleton={<Skeleton className="h-65" />}>
        {() => <Waterfall name={title} steps={stepsOf(results, attributes)} currency={money} table={tableOf(pieces, attributes, money)} onOpen={open} />}
      </Answered>
    </Section>
  )
}
