import { type ComponentProps, useState } from 'react'
import type { MetricEntry, Result } from '../../../contract/question.ts'
import { type BarItem, BarList } from '../../charts/bar-list.tsx'
import { useCatalog, useDimensions } from '../../api.ts'
import { formatChange, formatDimensionValue, formatPeriod, formatValue, humanise, moneyDigits } from '../../format.ts'
import { reasonOf } from '../../reason.ts'
import { useExplain, useParam, useScreen } from '../../screen.ts'
import { Button } from '../../ui/button.tsx'
import { ofWhat } from '../../ui/metric.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Answered } from './answered.tsx'
import { useMoney, useScreenAnswer } from './board-data.ts'

const OFFERED = [
  'mrr',
  'net_new_mrr',
  'nrr',
  'grr',
  'customer_retention_rate',
  'logo_churn_rate',
  'arpa',
  'new_mrr',
  'expansion_mrr',
  'contraction_mrr',
  'churned_mrr',
  'net_revenue',
]
const MOST = 10

function itemsOf(results: readonly Result[], by: string, money: string): BarItem[] {
  const digits = moneyDigits(results.map((result) => result.value))
  return results
    .toSorted((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity))
    .map((result) => {
      const change = result.comparison?.change ?? null
      const note = ofWhat(result, money) ?? (change === null ? undefined : formatChange(change, result.unit, result.currency))
      const value = result.dims[by] ?? ''
      return {
        id: value,
        name: formatDimensionValue(value),
        value: result.value,
        text: result.value === null ? '–' : formatValue(result.value, result.unit, result.currency, result.unit === 'money' ? digits : undefined),
        note: result.value === null ? reasonOf(result) : note,
        interval: result.ci,
        quiet: value === '(none)' || value === '',
      }
    })
}

/** One metric side by side for the values of a dimension. */
export function Breakdown() {
  const screen = useScreen()
  const catalog = useCatalog().data
  const dimensions = (useDimensions().data ?? []).filter((dimension) => dimension.of !== 'use')
  const first = dimensions.find((dimension) => dimension.id === 'segment') ?? dimensions[0]
  const [by, setBy] = useParam('by', first?.id ?? '')
  const [of, setOf] = useParam('of', 'mrr')
  const entry = catalog?.get(of)
  const answer = useScreenAnswer(by === '' ? [] : [of], { by: [by], interval: entry?.unit === 'share' })
  const money = useMoney()
  const explain = useExplain()
  if (dimensions.length === 0) return null
  const dimensionName = dimensions.find((dimension) => dimension.id === by)?.name ?? humanise(by)
  const metrics = OFFERED.flatMap((id) => catalog?.get(id) ?? []) satisfies MetricEntry[]
  const items = itemsOf(answer.of(of), by, money)
  const name = `${entry?.name ?? of} by ${dimensionName.toLowerCase()}`
  return (
    <Section
      title="Breakdown"
      says={`${entry?.kind === 'stock' ? 'At the end of' : 'In'} ${formatPeriod(screen.period)}`}
      actions={
        <div className="mr-8 flex flex-wrap gap-2">
          <Select label="Metric" size="small" value={of} onChange={setOf} choices={metrics.map((item) => ({ value: item.id, label: item.name }))} />
          <Select
            label="Break down"
            prefix="by"
            size="small"
            value={by}
            onChange={setBy}
            choices={dimensions.map((item) => ({ value: item.id, label: item.name }))}
          />
        </div>
      }
    >
      {items.length === 0 && answer.query.data !== undefined ? (
        <p className="text-quiet">Nothing to break down here.</p>
      ) : (
        <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
          {() => (
            <Bars name={name} items={items} columns={[dimensionName, entry?.name ?? of]} onOpen={(item) => explain({ metric: of, dims: { [by]: item.id } })} />
          )}
        </Answered>
      )}
    </Section>
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
