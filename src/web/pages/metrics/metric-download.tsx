import type { MetricEntry } from '../../../contract/question.ts'
import { hrefOf, useDimensions, useOverview } from '../../api.ts'
import { formatPeriod, humanise } from '../../format.ts'
import { useParam, useScreen } from '../../screen.ts'
import { askOf } from '../../search.ts'
import { DownloadMenu, type DownloadItem, type FileFormat } from '../../ui/download-menu.tsx'
import { isSeriesGrain, seriesSpan, usualGrain } from './series-span.ts'

/** The value, its course, its breakdown and its rows as files, asked as the page asks for them. */
export function MetricDownload({ metric, options }: { readonly metric: MetricEntry; readonly options: readonly string[] }) {
  const screen = useScreen()
  const names = new Map(useDimensions().data?.map(({ id, name }) => [id, name]))
  const usual = usualGrain(screen.period)
  const [chosenGrain] = useParam('grain', usual)
  const grain = isSeriesGrain(chosenGrain) ? chosenGrain : usual
  const span = seriesSpan(screen.period, grain, useOverview().data?.first_day ?? null)
  const [first = ''] = metric.dimensions
  const [chosenBy] = useParam('by', first)
  const by = metric.dimensions.includes(chosenBy) ? chosenBy : first
  const alone = { metric: [metric.id], by: [], option: [...options], interval: 'true' }
  const file = (query: object) => (format: FileFormat) => hrefOf('exportQuestion', {}, { ...alone, ...query, format })
  const items: DownloadItem[] = [
    { label: 'Value', says: formatPeriod(screen.period), href: file(askOf(screen)) },
    { label: 'Over time', says: `${formatPeriod(span)}, one value a ${grain}`, href: file({ ...askOf({ ...screen, period: span, compare: 'none' }), grain }) },
    ...(by === '' ? [] : [{ label: 'Breakdown', says: `By ${names.get(by) ?? humanise(by)}`, href: file({ ...askOf(screen), by: [by] }) }]),
    {
      label: 'Rows',
      says: `All that ${formatPeriod(screen.period)} was made of`,
      href: file({ ...askOf({ ...screen, compare: 'none' }), interval: undefined, what: 'rows' }),
    },
  ]
  return <DownloadMenu items={items} />
}
