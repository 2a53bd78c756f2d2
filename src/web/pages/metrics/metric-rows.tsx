import type { MetricEntry } from '../../../contract/question.ts'
import { api, hrefOf } from '../../api.ts'
import { formatPeriod } from '../../format.ts'
import { useOpenAccount, useParam, useScreen } from '../../screen.ts'
import { askOf } from '../../search.ts'
import { Section } from '../../ui/page.tsx'
import { RowsTable } from '../../ui/rows-table.tsx'
import { Segmented } from '../../ui/segmented.tsx'

const PARTS = [
  { value: 'all', label: 'All' },
  { value: 'numerator', label: 'Numerator' },
  { value: 'denominator', label: 'Denominator' },
] as const
type Part = (typeof PARTS)[number]['value']
const partOf = (text: string): Part => PARTS.find((part) => part.value === text)?.value ?? 'all'

/** The rows that the value is made of, as they are; each opens its account. */
export function MetricRows({ metric, options }: { readonly metric: MetricEntry; readonly options: readonly string[] }) {
  const screen = useScreen()
  const openAccount = useOpenAccount()
  const [chosen, setChosen] = useParam('part', 'all')
  const part = partOf(chosen)
  const query = { ...askOf({ ...screen, compare: 'none' }), by: [], option: [...options], part }
  return (
    <Section
      title="Rows"
      says={`What the value of ${formatPeriod(screen.period)} was made of`}
      actions={<Segmented label="Which rows" value={part} choices={PARTS} onChange={setChosen} />}
    >
      <RowsTable
        label={`Rows of ${metric.name}`}
        queryKey={[metric.id, query]}
        read={(page, signal) => api.listRows({ params: { id: metric.id }, query: { ...query, ...page } }, signal)}
        onAccount={openAccount}
        downloads={(format) => hrefOf('exportQuestion', {}, { ...query, metric: metric.id, what: 'rows', format })}
        totals
        empty="No row counts in this part."
      />
    </Section>
  )
}
