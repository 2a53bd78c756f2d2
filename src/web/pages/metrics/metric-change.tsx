import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { Change } from '../../../contract/change.ts'
import type { MetricEntry } from '../../../contract/question.ts'
import { api, useDimensions, useLedgerState } from '../../api.ts'
import { Waterfall } from '../../charts/waterfall.tsx'
import { formatDay, formatPeriod, humanise } from '../../format.ts'
import { reasonOf } from '../../reason.ts'
import { useExplain, useParam, useScreen } from '../../screen.ts'
import { askOf, comparedWith, type Screen } from '../../search.ts'
import { previous } from '../../../kernel/period.ts'
import { Await } from '../../ui/failure.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ChangeParts } from './change-parts.tsx'
import { ChangeSince } from './change-since.tsx'
import { sideText, stepsOf, wordsOf } from './change-steps.ts'

type Against = 'period' | 'report'

/** What is asked: another period, or what became of a report of this one. Null while the day of the report is not said. */
function questionOf(screen: Screen, against: Against, reported: string, by: string, options: readonly string[]) {
  if (against === 'report' && reported === '') return null
  const { compare: _compare, reported_on: _reported, ...asked } = askOf(screen)
  const other = against === 'report' ? screen.period : (comparedWith(screen) ?? previous(screen.period))
  return {
    ...asked,
    against_from: other.from,
    against_until: other.until,
    option: [...options],
    ...(reported === '' ? {} : { reported_on: reported }),
    ...(by === '' || against === 'report' ? {} : { by }),
  }
}

interface MetricChangeProps {
  readonly metric: MetricEntry
  readonly options: readonly string[]
}

/** Why the value is not what it was: the steps from the one to the other, and what each part did. */
export function MetricChange({ metric, options }: MetricChangeProps) {
  const screen = useScreen()
  const state = useLedgerState()
  const reportedBefore = screen.reported_on?.slice(0, 10) ?? ''
  const [chosen, setAgainst] = useParam('against', reportedBefore === '' ? 'period' : 'report')
  const against: Against = chosen === 'report' ? 'report' : 'period'
  const [reported, setReported] = useParam('was_reported', reportedBefore)
  const [by, setBy] = useParam('split')
  const reportedId = useId()
  const asked = questionOf(screen, against, reported, by, options)
  const query = useQuery({
    queryKey: ['change', state, metric.id, asked],
    queryFn: ({ signal }) => api.explainChange({ params: { id: metric.id }, query: asked ?? { from: '', until: '', where: [], option: [] } }, signal),
    enabled: asked !== null,
  })
  const other = comparedWith(screen) ?? previous(screen.period)
  const then = reported === '' ? '' : `, as reported on ${formatDay(reported.slice(0, 10))}`
  return (
    <Section
      title="Why it changed"
      says={
        against === 'report'
          ? `${formatPeriod(screen.period)}${then === '' ? ' as it was reported' : then}, against what is known now`
          : `${formatPeriod(other)}${then} against ${formatPeriod(screen.period)}${then === '' ? ', both as known now' : ' as known now'}`
      }
      actions={
        <div className="flex flex-wrap items-center gap-2 pr-8">
          <Segmented
            label="Set against"
            value={against}
            choices={[
              { value: 'period', label: formatPeriod(other) },
              { value: 'report', label: `${formatPeriod(screen.period)} as reported` },
            ]}
            onChange={setAgainst}
          />
          <span className="flex items-center gap-2 text-sm text-quiet">
            <label htmlFor={reportedId}>Reported on</label>
            <TextInput
              id={reportedId}
              type="date"
              value={reported.slice(0, 10)}
              onChange={(event) => setReported(event.target.value)}
              className="h-7! w-36! text-sm"
            />
          </span>
          {against === 'period' && query.data !== undefined && <SplitBy change={query.data} chosen={by} onChange={setBy} />}
        </div>
      }
    >
      {asked === null ? (
        <p className="text-quiet">Say on which day it was reported, to see which rows and settings changed it since.</p>
      ) : (
        <Await query={query} skeleton={<Skeleton className="h-80" />}>
          {(change) => <Explained metric={metric} change={change} options={options} />}
        </Await>
      )}
    </Section>
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

function Explained({ metric, change, options }: { readonly metric: MetricEntry; readonly change: Change; readonly options: readonly string[] }) {
  const explain = useExplain()
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
            name={`Why ${metric.name} changed`}
            steps={steps}
            currency={change.currency}
            words={words}
            table={table}
            empty="It was 0 and is 0."
            onOpen={(step) => (step.id === 'to' || step.id === 'from') && explain({ metric: metric.id, period: change[step.id].period, options })}
          />
        </div>
      )}
      {change.indivisible !== null && change.change !== null && change.change !== 0 && (
        <p className="text-sm text-quiet">Not split further. {change.indivisible.says}</p>
      )}
      <ChangeSince change={change} />
      <ChangeParts change={change} />
    </>
  )
}
