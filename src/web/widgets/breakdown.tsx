import { type ComponentProps, useState } from 'react'
import type { MetricEntry, Result } from '../../contract/question.ts'
import { useDimensions } from '../api.ts'
import { type BarItem, BarList } from '../charts/bar-list.tsx'
import { DASH, formatChange, formatDimensionValue, formatInterval, formatPeriod, formatValue, humanise, moneyDigits } from '../format.ts'
import { useMoney } from '../money.ts'
import { comparedWith, type Question } from '../question.ts'
import { reasonOf } from '../reason.ts'
import { ofWhat } from '../ui/metric.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Answered } from './answered.tsx'
import type { MetricWidgetProps } from './widget.ts'
import { useWidgetAnswer } from './widget-answer.ts'

const MOST = 10
const MOST_NAMED = 5
/** Characters that stand beside a bar. */
const LONGEST_NOTE = 26
const NOT_RECORDED = '(none)'

/** What is known of one bar beside its value: of how many, its interval, else what it changed by. */
function noteOf(result: Result, money: string): string | undefined {
  const interval = result.ci === null ? null : formatInterval(result.ci, result.unit, result.currency)
  const notes = [ofWhat(result, money), interval].filter((note) => note !== null)
  const change = result.comparison?.change ?? null
  if (notes.length === 0) return change === null ? undefined : formatChange(change, result.unit, result.currency)
  return notes.join(' · ').length > LONGEST_NOTE ? notes.at(-1) : notes.join(' · ')
}

/** The largest first; what has no value and what is not recorded last. */
const order = (a: BarItem, b: BarItem): number => Number(a.quiet) - Number(b.quiet) || (b.value ?? -Infinity) - (a.value ?? -Infinity)

function itemsOf(results: readonly Result[], by: string, money: string): BarItem[] {
  const digits = moneyDigits(results.map((result) => result.value))
  return results
    .map((result): BarItem => {
      const value = result.dims[by] ?? ''
      return {
        id: value,
        name: formatDimensionValue(value),
        value: result.value,
        text: result.value === null ? DASH : formatValue(result.value, result.unit, result.currency, result.unit === 'money' ? digits : undefined),
        note: result.value === null ? undefined : noteOf(result, money),
        interval: result.ci,
        quiet: value === NOT_RECORDED || value === '',
      }
    })
    .toSorted(order)
}

/** Inside a sentence; an abbreviation stays as it is. */
const inside = (name: string): string => name.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase())

interface BreakdownProps extends MetricWidgetProps {
  readonly metric: MetricEntry
  /** The dimension; one that the metric does not have stands for its first. */
  readonly by: string
  readonly onBy: (by: string) => void
  /** Other metrics to choose from. */
  readonly metrics?: readonly MetricEntry[]
  readonly onMetric?: (id: string) => void
  readonly says?: string
}

/** One metric side by side for the values of a dimension, each from its own rows; each opens. */
export function Breakdown(props: BreakdownProps) {
  const { question, metric, options, onOpen, title, says } = props
  const names = new Map(useDimensions().data?.map(({ id, name }) => [id, name]))
  const by = metric.dimensions.includes(props.by) ? props.by : (metric.dimensions[0] ?? '')
  const answer = useWidgetAnswer(question, by === '' ? [] : [metric.id], {
    by: [by],
    option: [...options],
    // A change stands beside a value that has no interval; else it would be asked for in vain.
    ...(metric.interval === null ? {} : { interval: true, compare: undefined }),
  })
  const money = useMoney()
  if (by === '') return null
  const name = names.get(by) ?? humanise(by)
  const results = answer.of(metric.id)
  const items = itemsOf(results, by, money)
  return (
    <Section title={title ?? `By ${inside(name)}`} says={says ?? sayPeriod(question, metric)} actions={<Choices {...props} by={by} names={names} />}>
      <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
        {() =>
          items.every(({ id }) => id === NOT_RECORDED) ? (
            <p className="text-quiet">{items.length === 0 ? 'Nothing to break down in this period.' : `Nothing that counts here has a ${inside(name)}.`}</p>
          ) : (
            <>
              <Bars
                name={`${title === undefined ? '' : `${title}: `}${metric.name} by ${inside(name)}`}
                items={items}
                columns={[name, metric.name]}
                onOpen={(item) => onOpen({ metric: metric.id, dims: { [by]: item.id }, options })}
              />
              <Missing dimension={by} results={results} />
            </>
          )
        }
      </Answered>
    </Section>
  )
}

/** When, and where changes stand beside the values, since when. */
function sayPeriod(question: Question, { kind, interval }: MetricEntry): string {
  const before = interval === null ? comparedWith(question) : null
  return `${kind === 'stock' ? 'At the end of' : 'In'} ${formatPeriod(question.period)}${before === null ? '' : `, and the change since ${formatPeriod(before)}`}`
}

interface ChoicesProps extends BreakdownProps {
  readonly names: ReadonlyMap<string, string>
}

/** Which metric, by what. */
function Choices({ metric, metrics = [], onMetric, by, onBy, names }: ChoicesProps) {
  return (
    <div className="mr-8 flex flex-wrap gap-2">
      {onMetric !== undefined && (
        <Select label="Metric" size="small" value={metric.id} onChange={onMetric} choices={metrics.map((item) => ({ value: item.id, label: item.name }))} />
      )}
      <Select
        label="Break down"
        prefix="By"
        size="small"
        value={by}
        onChange={onBy}
        choices={metric.dimensions.map((dimension) => ({ value: dimension, label: names.get(dimension) ?? humanise(dimension) }))}
      />
    </div>
  )
}

/** The first ten, and the others when they are asked for. */
function Bars({ name, items, ...rest }: Pick<ComponentProps<typeof BarList>, 'name' | 'items' | 'columns' | 'onOpen'>) {
  const [all, setAll] = useState(false)
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="w-full">
        <BarList
          name={name}
          sentence={`${name}: ${items.map((item) => `${item.name} ${item.text}`).join(', ')}.`}
          items={all ? items : items.slice(0, MOST)}
          {...rest}
        />
      </div>
      {items.length > MOST && (
        <Button size="small" look="quiet" onClick={() => setAll(!all)}>
          {all ? `Show the first ${MOST}` : `Show all ${items.length}`}
        </Button>
      )}
    </div>
  )
}

/** Why slices have no value, one line for each reason. */
function Missing({ dimension, results }: { readonly dimension: string; readonly results: readonly Result[] }) {
  const reasons = new Map<string, string[]>()
  for (const result of results)
    if (result.value === null) {
      const reason = reasonOf(result)
      reasons.set(reason, [...(reasons.get(reason) ?? []), formatDimensionValue(result.dims[dimension] ?? '')])
    }
  return [...reasons].map(([reason, slices]) => (
    <p key={reason} className="text-sm text-quiet">
      No value for {slices.length > MOST_NAMED ? `${slices.slice(0, MOST_NAMED).join(', ')} and ${slices.length - MOST_NAMED} more` : slices.join(', ')}:{' '}
      {reason.charAt(0).toLowerCase() + reason.slice(1)}.
    </p>
  ))
}
