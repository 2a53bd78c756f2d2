import { useNavigate } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useCarried, useParam } from '../../address.ts'
import { api, useDimensions, useLedgerState, useOverview } from '../../api.ts'
import { TextInput } from '../../ui/field.tsx'
import { NothingYet } from '../../ui/nothing-yet.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { RowsTable } from '../../ui/rows-table.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'

const EVERYBODY = '(all)'

interface Asked {
  readonly of: string
  readonly state?: string
  readonly csm?: string
  readonly find?: string
}

const read = async (asked: Asked, page: { offset: number; limit: number }, signal?: AbortSignal) => {
  const { page: found } = await api.accountObjects({ query: { ...asked, offset: page.offset, limit: page.limit } }, signal)
  return { ...found, columns: [...found.columns], rows: found.rows.map((row) => [...row]) }
}

/** Tickets, invoices, people, outcomes and onboardings across accounts: "open urgent tickets in my accounts". */
export function ObjectsPage() {
  const [of, setOf] = useParam('of', 'tickets')
  const [state, setState] = useParam('state')
  const [csm, setCsm] = useParam('csm', EVERYBODY)
  const [find, setFind] = useParam('find')
  const navigate = useNavigate()
  const carry = useCarried()
  const kinds =
    useQuery({
      queryKey: ['object-kinds', useLedgerState()],
      queryFn: ({ signal }) => api.accountObjects({ query: { of: 'tickets', limit: 1 } }, signal),
      staleTime: Infinity,
    }).data?.kinds ?? []
  const owners = useDimensions().data?.find(({ id }) => id === 'csm')?.values ?? []
  const kind = kinds.find(({ id }) => id === of)
  const isEmpty = useOverview().data?.empty === true
  const chosen = state === '' ? (kind?.states[0]?.id ?? '') : state
  const asked: Asked = { of, ...(state === '' ? {} : { state }), ...(csm === EVERYBODY ? {} : { csm }), ...(find === '' ? {} : { find }) }
  if (isEmpty)
    return (
      <Page>
        <h1 className="sr-only">Lists across accounts</h1>
        <NothingYet title="Tickets, invoices and people of all accounts will be here">
          Each list goes across accounts: what is open, what is late, who is known. Files of tickets, invoices or contacts fill them.
        </NothingYet>
      </Page>
    )
  return (
    <Page wide>
      <Section
        isFirst
        title={kind?.name ?? 'Lists'}
        says="Across accounts, as they stand now."
        actions={
          <>
            <Segmented
              label="List"
              value={of}
              choices={kinds.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(next) => (setState(''), setOf(next))}
            />
            {kind !== undefined && (
              <Segmented label="State" value={chosen} choices={kind.states.map(({ id, name }) => ({ value: id, label: name }))} onChange={setState} />
            )}
            <Select
              label="CSM"
              value={csm}
              choices={[{ value: EVERYBODY, label: 'All CSMs' }, ...owners.map((value) => ({ value, label: value }))]}
              onChange={setCsm}
            />
            <TextInput aria-label="Search the list" className="w-44!" placeholder="Search" value={find} onChange={(event) => setFind(event.target.value)} />
          </>
        }
      >
        <RowsTable
          key={of}
          label={kind?.name ?? 'List'}
          queryKey={['objects', asked]}
          read={(page, signal) => read(asked, page, signal)}
          onAccount={(account) => void navigate({ to: '/accounts/$account', params: { account }, search: carry })}
          hide={['account_id']}
          csv={of}
          empty="Nothing fits. Choose another state, or search for other words."
        />
      </Section>
    </Page>
  )
}
