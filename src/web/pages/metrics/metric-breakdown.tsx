import { ROLL_UPS } from '../../../kernel/words/metrics.ts'
import type { MetricEntry, Result } from '../../../contract/question.ts'
import { useAnswer, useDimensions } from '../../api.ts'
import { BarList, type BarItem } from '../../charts/bar-list.tsx'
import { DASH, formatDimensionValue, formatInterval, formatValue, humanise } from '../../format.ts'
import { reasonOf } from '../../reason.ts'
import { useMoney } from '../../money.ts'
import { useExplain, useParam, useScreen } from '../../screen.ts'
import { askOf } from '../../search.ts'
import { Await } from '../../ui/failure.tsx'
import { ofWhat } from '../../ui/metric.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

function itemOf(dimension: string, result: Result, money: string): BarItem {
  const value = result.dims[dimension] ?? ''
  const interval = result.ci === null ? null : formatInterval(result.ci, result.unit, result.currency)
  const notes = [ofWhat(result, money), interval].filter((note) => note !== null)
  const note = notes.join(' · ').length > LONGEST_NOTE ? notes.at(-1) : notes.join(' · ')
  return {
    id: value,
    name: formatDimensionValue(value),
    value: result.value,
    text: result.value === null ? DASH : formatValue(result.value, result.unit, result.currency),
    note: result.value === null || note === '' ? undefined : note,
    interval: result.ci,
    quiet: value === '(none)',
  }
}

const MOST_NAMED = 5
/** Characters that stand beside a bar. */
const LONGEST_NOTE = 26

/** The largest first; what has no value and what is not recorded last. */
const order = (a: BarItem, b: BarItem): number => Number(a.quiet) - Number(b.quiet) || (b.value ?? -Infinity) - (a.value ?? -Infinity)

/** The metric by one dimension, each slice from its own rows; each opens. */
export function MetricBreakdown({ metric, options }: { readonly metric: MetricEntry; readonly options: readonly string[] }) {
  const screen = useScreen()
  const explain = useExplain()
  const money = useMoney()
  const names = new Map(useDimensions().data?.map(({ id, name }) => [id, name]))
  const [usual = ''] = metric.dimensions
  const [chosen, setChosen] = useParam('by', usual)
  const by = metric.dimensions.includes(chosen) ? chosen : usual
  const query = useAnswer({ metric: [metric.id], ...askOf({ ...screen, compare: 'none' }), by: [by], interval: 'true', option: [...options] }, by !== '')
  if (by === '') return null
  const nameOf = (dimension: string) => names.get(dimension) ?? humanise(dimension)
  return (
    <Section
      title={`By ${nameOf(by).replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase())}`}
      says={ROLL_UPS[metric.roll_up]}
      actions={
        <div className="pr-8">
          <Select
            label="Break down by"
            prefix="By"
            size="small"
            value={by}
            choices={metric.dimensions.map((dimension) => ({ value: dimension, label: nameOf(dimension) }))}
            onChange={setChosen}
          />
        </div>
      }
    >
      <Await query={query} skeleton={<Skeleton className="h-32" />}>
        {({ results }) =>
          results.length === 0 ? (
            <p className="text-quiet">Nothing to break down in this period.</p>
          ) : (
            <>
              <BarList
                name={`${metric.name} by ${nameOf(by)}`}
                sentence={results.map((result) => `${formatDimensionValue(result.dims[by] ?? '')}: ${itemOf(by, result, money).text}`).join('; ')}
                items={results.map((result) => itemOf(by, result, money)).toSorted(order)}
                columns={[nameOf(by), metric.name]}
                onOpen={(item) => explain({ metric: metric.id, dims: { [by]: item.id }, options })}
              />
              <Missing dimension={by} results={results} />
            </>
          )
        }
      </Await>
    </Section>
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
