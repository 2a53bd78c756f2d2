import { counted, formatPeriod, humanise } from '../format.ts'
import { comparedWith, splitFilter } from '../question.ts'
import { Failure } from '../ui/failure.tsx'
import { Metric, ofWhat } from '../ui/metric.tsx'
import { useLasting } from '../ui/skeleton.tsx'
import { useMoney } from '../money.ts'
import type { MetricEntry, Result } from '../../contract/question.ts'
import { useForesee } from './explanation.ts'
import type { WidgetProps } from './widget.ts'
import { fitsFilters, useWidgetAnswer } from './widget-answer.ts'

const SHORT: Record<string, string> = { mrr: 'MRR', arr: 'ARR', nrr: 'Net revenue retention', grr: 'Gross revenue retention', arpa: 'MRR per customer (ARPA)' }

function noteOf(result: Result | undefined, money: string, customers: number | null): string | null {
  if (result === undefined) return null
  if (result.metric === 'mrr') return customers === null ? null : counted(customers, 'customer')
  if (result.metric === 'arr') return '12 × MRR'
  if (result.metric === 'arpa') return 'MRR / customers'
  if (result.metric === 'net_new_mrr' && result.n !== null) return counted(result.n, 'movement')
  return ofWhat(result, money)
}

interface LeadingProps extends WidgetProps {
  readonly metrics: readonly string[]
}

/** The figures that a board begins with. */
export function Leading({ question, metrics, onOpen, title = 'Leading figures' }: LeadingProps) {
  const { query, of, catalog } = useWidgetAnswer(question, metrics, { interval: true })
  const foresee = useForesee(question)
  const money = useMoney()
  const before = comparedWith(question)
  const gone = useLasting(query.isPlaceholderData, 400)
  const shown = metrics.filter((id) => catalog === undefined || catalog.has(id))
  const name = (entry: MetricEntry | undefined, id: string) => SHORT[id] ?? entry?.name ?? humanise(id)
  return (
    <section aria-label={title} aria-busy={query.isFetching}>
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} onLonger={query.waitLonger} />}
      <div className={`grid grid-cols-2 gap-x-6 gap-y-5 lg:grid-cols-4 ${query.isPlaceholderData && !gone ? 'pointer-events-none opacity-35' : ''}`}>
        {shown.map((id) => {
          const entry = catalog?.get(id)
          if (entry !== undefined && !fitsFilters(entry, question)) return <NotBy key={id} name={name(entry, id)} filters={question.where} entry={entry} />
          const [result] = gone ? [] : of(id)
          return (
            <Metric
              key={id}
              name={name(entry, id)}
              {...(entry === undefined ? {} : { says: entry.says })}
              result={result}
              better={entry?.better ?? 'context'}
              comparedWith={before === null ? null : formatPeriod(before)}
              note={noteOf(result, money, of('arpa')[0]?.denominator ?? null)}
              onOpen={() => onOpen({ metric: id })}
              onRest={() => foresee({ metric: id })}
            />
          )
        })}
      </div>
    </section>
  )
}

function NotBy({ name, filters, entry }: { readonly name: string; readonly filters: readonly string[]; readonly entry: MetricEntry }) {
  const missing = filters.map((filter) => splitFilter(filter)[0]).find((dimension) => !entry.dimensions.includes(dimension)) ?? ''
  return (
    <div className="flex flex-col py-1">
      <span className="text-sm text-quiet">{name}</span>
      <span className="text-figure text-faint">–</span>
      <span className="text-sm text-quiet">Cannot be told apart by {humanise(missing).toLowerCase()}</span>
    </div>
  )
}
