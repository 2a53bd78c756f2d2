import { api, hrefOf } from '../api.ts'
import { formatPeriod } from '../format.ts'
import { askOf, type Question } from '../question.ts'
import { Section } from '../ui/page.tsx'
import { RowsTable } from '../ui/rows-table.tsx'
import { Select } from '../ui/select.tsx'

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

interface MovementRowsProps {
  readonly question: Question
  /** Of which movements; '' for all. */
  readonly kind: string
  readonly onKind: (kind: string) => void
  readonly onAccount: (id: string) => void
  readonly title?: string
}

/** The movements that weighed most. A row opens its account. */
export function MovementRows({ question, kind, onKind, onAccount, title = 'Largest movements' }: MovementRowsProps) {
  const asked = { ...askOf({ ...question, compare: 'none' }), by: [], option: [], kind: kind === '' ? [] : [kind] }
  return (
    <Section
      title={title}
      says={`In ${formatPeriod(question.period)}; a row opens the account`}
      actions={<Select label="Kind" size="small" value={kind} onChange={onKind} choices={KINDS} />}
    >
      <RowsTable
        label={title}
        queryKey={['movements', asked]}
        read={(page, signal) => api.movements({ query: { ...asked, ...page } }, signal)}
        onAccount={onAccount}
        lead={AMOUNT}
        downloads={(format) => hrefOf('exportQuestion', {}, { ...asked, what: 'movements', format })}
        unit={['movement', 'movements']}
        empty="Nothing moved in this period."
        maxHeight={420}
      />
    </Section>
  )
}
