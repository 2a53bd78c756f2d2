import { useId } from 'react'
import type { Change } from '../../contract/change.ts'
import type { MetricEntry } from '../../contract/question.ts'
import { api, useDimensions } from '../api.ts'
import { useBookQuery } from '../book-query.ts'
import { Waterfall } from '../charts/waterfall.tsx'
import { formatDay, formatPeriod, humanise } from '../format.ts'
import { reasonOf } from '../reason.ts'
import { type Period, previous } from '../../kernel/period.ts'
import { askOf, comparedWith, type Question } from '../question.ts'
import type { Search } from '../search.ts'
import { Await } from '../ui/failure.tsx'
import { TextInput } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChangeSlices } from './change-slices.tsx'
import { ChangeSince } from './change-since.tsx'
import { sideText, stepsOf, wordsOf } from './change-steps.ts'
import type { MetricWidgetProps } from './widget.ts'

/** What the value is set against, and how the way between is split. */
export interface ChangeView {
  /** Another period, or this one as it was reported. */
  readonly against: 'period' | 'report'
  /** The day of the report; '' where there is none. */
  readonly reported: string
  /** A dimension; '' for the first that fits. */
  readonly by: string
}

/** What is asked: another period, or what became of a report of this one. Null while the day of the report is not said. */
function changeAsked(question: Question, { against, reported, by }: ChangeView, options: readonly string[]) {
  if (against === 'report' && reported === '') return null
  const { compare: _compare, reported_on: _reported, ...asked } = askOf(question)
  const other = otherOf(question, against)
  return {
    ...asked,
    against_from: other.from,
    against_until: other.until,
    option: [...options],
    ...(reported === '' ? {} : { reported_on: reported }),
    ...(by === '' || against === 'report' ? {} : { by }),
  }
}

const otherOf = (question: Question, against: ChangeView['against']): Period =>
  against === 'report' ? question.period : (comparedWith(question) ?? previous(question.period))

/** What is set against what, in words. */
function sayBoth(question: Question, { against, reported }: ChangeView): string {
  const [now, other] = [formatPeriod(question.period), formatPeriod(otherOf(question, 'period'))]
  const then = reported === '' ? '' : `, as reported on ${formatDay(reported.slice(0, 10))}`
  if (against === 'report') return `${now}${then === '' ? ' as it was reported' : then}, against what is known now`
  return `${other}${then} against ${now}${then === '' ? ', both as known now' : ' as known now'}`
}

interface MetricChangeProps extends MetricWidgetProps {
  readonly metric: MetricEntry
  readonly view: ChangeView
  readonly onView: (change: Partial<ChangeView>) => void
  /** What a link takes along. */
  readonly carry: Search
}

/** Why the value is not what it was: the steps from the one to the other, and what each part did. */
export function MetricChange(props: MetricChangeProps) {
  const { question, metric, options, view, onView, title } = props
  const asked = changeAsked(question, view, options)
  const query = useBookQuery(
    {
      key: ['change', metric.id, asked],
      ask: (wait, signal) =>
        api.explainChange({ params: { id: metric.id }, query: { ...(asked ?? { from: '', until: '', where: [], option: [] }), ...wait } }, signal),
    },
    asked !== null,
  )
  return (
    <Section
      title={title ?? 'Why it changed'}
      says={sayBoth(question, view)}
      actions={
        <div className="flex flex-wrap items-center gap-2 pr-8">
          <Against question={question} view={view} onView={onView} />
          {view.against === 'period' && query.data !== undefined && <SplitBy change={query.data} chosen={view.by} onChange={(by) => onView({ by })} />}
        </div>
      }
    >
      {asked === null ? (
        <p className="text-quiet">Say on which day it was reported, to see which rows and settings changed it since.</p>
      ) : (
        <Await query={query} skeleton={<Skeleton className="h-80" />}>
          {(change) => <Explained {...props} change={change} />}
        </Await>
      )}
    </Section>
  )
}

/** The choice of what the value is set against. */
function Against({ question, view: { against, reported }, onView }: Pick<MetricChangeProps, 'question' | 'view' | 'onView'>) {
  const id = useId()
  return (
    <>
      <Segmented
        label="Set against"
        value={against}
        choices={[
          { value: 'period', label: formatPeriod(otherOf(question, 'period')) },
          { value: 'report', label: 'As it was reported' },
        ]}
        onChange={(next) => onView({ against: next })}
      />
      <span className="flex items-center gap-2 text-sm text-quiet">
        <label htmlFor={id}>Reported on</label>
        <TextInput
          id={id}
          type="date"
          value={reported.slice(0, 10)}
          onChange={(event) => onView({ reported: event.target.value })}
          className="h-7! w-36! text-sm"
        />
      </span>
    </>
  )
}

function SplitBy({ change, chosen, onChange }: { readonly change: Change; readonly chosen: string; readonly onChange: (by: string) => void }) {
  const names = new Map(useDimensions().data?.map(({ id, name }) => [id, name]))
  if (change.dimensions.length === 0) return null
  const by = change.by ?? (change.dimensions.includes(chosen) ? chosen : (change.dimensions[0] ?? ''))
  return (
    <Select
      label="Split by"
      prefix="By"
      size="small"
      value={by}
      choices={change.dimensions.map((dimension) => ({ value: dimension, label: names.get(dimension) ?? humanise(dimension) }))}
      onChange={onChange}
    />
  )
}

function Explained({ question, metric, change, options, carry, onOpen, title }: MetricChangeProps & { readonly change: Change }) {
  const steps = stepsOf(change)
  const words = wordsOf(change)
  const table = {
    columns: ['Step', 'Amount'],
    rows: steps.map(({ name, amount }) => [name, amount]),
    shown: steps.map((step) => [step.name, words.amount(step, false)]),
  }
  return (
    <>
      <p className="max-w-[80ch]">{change.sentence}</p>
      {change.change === null ? (
        <p className="text-quiet">
          {change.from.value === null ? reasonOf(change.from) : reasonOf(change.to)}. Now it is {sideText(change.to.value, change)}.
        </p>
      ) : (
        <div className="pt-6">
          <Waterfall
            name={title ?? `Why ${metric.name} changed`}
            steps={steps}
            currency={change.currency}
            words={words}
            table={table}
            empty="It was 0 and is 0."
            onOpen={(step) => (step.id === 'to' || step.id === 'from') && onOpen({ metric: metric.id, period: change[step.id].period, options })}
          />
        </div>
      )}
      {change.indivisible !== null && change.change !== null && change.change !== 0 && (
        <p className="text-sm text-quiet">Not split further. {change.indivisible.says}</p>
      )}
      <ChangeSince change={change} />
      <ChangeSlices change={change} options={options} where={question.where} carry={carry} />
    </>
  )
}
