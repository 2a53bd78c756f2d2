import { api, hrefOf } from '../../api.ts'
import { formatPeriod } from '../../format.ts'
import { useOpenAccount, useParam, useScreen } from '../../screen.ts'
import { askOf } from '../../search.ts'
import { Section } from '../../ui/page.tsx'
import { RowsTable } from '../../ui/rows-table.tsx'
import { Select } from '../../ui/select.tsx'

const KINDS = [
  { value: '', label: 'All kinds' },
  { value: 'new', label: 'New' },
  { value: 'expansion', label: 'Expansion' },
  { value: 'reactivation', label: 'Reactivation' },
  { value: 'contraction', label: 'Contraction' },
  { value: 'churn', label: 'Churn' },
]
/** What the table is for stands where a narrow screen shows it. */
const AMOUNT = ['amount']

/** The movements that weighed most. A row opens its account. */
export function TopMovements() {
  const screen = useScreen()
  const [kind, setKind] = useParam('kind')
  const openAccount = useOpenAccount()
  const { compare: _, ...question } = askOf(screen)
  const asked = { ...question, by: [], option: [], kind: kind === '' ? [] : [kind] }
  return (
    <Section
      title="Largest movements"
      says={`In ${formatPeriod(screen.period)}; a row opens the account`}
      actions={<Select label="Kind" size="small" value={kind} onChange={setKind} choices={KINDS} />}
    >
      <RowsTable
        label="Largest movements"
        queryKey={['movements', asked]}
        read={(page, signal) => api.movements({ query: { ...asked, ...page } }, signal)}
        onAccount={openAccount}
        lead={AMOUNT}
        downloads={(format) => hrefOf('exportQuestion', {}, { ...asked, what: 'movements', format })}
        unit={['movement', 'movements']}
        empty="Nothing moved in this period."
        maxHeight={420}
      />
    </Section>
  )
}
