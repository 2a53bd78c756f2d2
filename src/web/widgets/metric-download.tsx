import type { MetricEntry } from '../../contract/question.ts'
import { hrefOf, useDimensions } from '../api.ts'
import { formatPeriod, humanise } from '../format.ts'
import { askOf, type Question } from '../question.ts'
import { DownloadMenu, type DownloadItem, type FileFormat } from '../ui/download-menu.tsx'
import type { SeriesGrain } from './series-span.ts'
import { useSeriesSpan } from './widget-answer.ts'

interface MetricDownloadProps {
  readonly question: Question
  readonly metric: MetricEntry
  readonly options: readonly string[]
  /** Pieces of its course. */
  readonly grain: SeriesGrain
  /** Dimension of its breakdown. */
  readonly by: string
}

/** The value, its course, its breakdown and its rows as files. */
export function MetricDownload({ question, metric, options, grain, by: wanted }: MetricDownloadProps) {
  const names = new Map(useDimensions().data?.map(({ id, name }) => [id, name]))
  const span = useSeriesSpan(question.period, grain)
  const by = metric.dimensions.includes(wanted) ? wanted : (metric.dimensions[0] ?? '')
  const alone = { metric: [metric.id], by: [], option: [...options], interval: 'true' }
  const file = (query: object) => (format: FileFormat) => hrefOf('exportQuestion', {}, { ...alone, ...query, format })
  const items: DownloadItem[] = [
    { label: 'Value', says: formatPeriod(question.period), href: file(askOf(question)) },
    {
      label: 'Over time',
      says: `${formatPeriod(span)}, one value a ${grain}`,
      href: file({ ...askOf({ ...question, period: span, compare: 'none' }), grain }),
    },
    ...(by === '' ? [] : [{ label: 'Breakdown', says: `By ${names.get(by) ?? humanise(by)}`, href: file({ ...askOf(question), by: [by] }) }]),
    {
      label: 'Rows',
      says: `All that ${formatPeriod(question.period)} was made of`,
      href: file({ ...askOf({ ...question, compare: 'none' }), interval: undefined, what: 'rows' }),
    },
  ]
  return <DownloadMenu items={items} />
}
