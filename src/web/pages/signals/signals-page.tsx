import { Link, useNavigate } from '@tanstack/react-router'
import type { SignalEntry } from '../../../contract/signals.ts'
import { CLOSE_REASONS, SIGNAL_CLASSES, SIGNAL_CLASS_IDS } from '../../../kernel/words/health.ts'
import { useParam } from '../../address.ts'
import { counted, formatCount, formatDay, formatMoney, formatValue } from '../../format.ts'
import { useOverview } from '../../api.ts'
import { useKinds, useSignals, useToday } from '../../today-data.ts'
import { Band } from '../../ui/band.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Await } from '../../ui/failure.tsx'
import { loadable } from '../../ui/loadable.tsx'
import { NothingYet } from '../../ui/nothing-yet.tsx'
import { Page } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { Column, DataTableProps } from '../../ui/table-columns.ts'
import { Tag } from '../../ui/tag.tsx'
import { KindsTable } from './kinds-table.tsx'

const DataTable = loadable<DataTableProps<SignalEntry>>(
  () => import('../../ui/data-table.tsx').then((module) => module.DataTable<SignalEntry>),
  () => <Skeleton className="h-96" />,
)

const STATES = ['open', 'closed', 'all'] as const
const isState = (text: string): text is (typeof STATES)[number] => (STATES as readonly string[]).includes(text)
const MOST = 500

const became = ({ closed_on, close_reason }: SignalEntry): string =>
  closed_on === null ? 'Open' : close_reason === null ? 'Closed' : CLOSE_REASONS[close_reason].label

function Became({ signal }: { readonly signal: SignalEntry }) {
  if (signal.is_held) return <Tag>Kept back</Tag>
  if (signal.closed_on === null) return signal.skip === null ? <Tag tone="accent">Open</Tag> : <Tag>Skipped once</Tag>
  return <Tag tone={signal.close_reason === 'corrected' || signal.close_reason === 'not_so' ? 'bad' : 'neutral'}>{became(signal)}</Tag>
}

const columnsFor = (currency: string): readonly Column<SignalEntry>[] => [
  { id: 'account', name: 'Account', value: ({ name }) => name, width: 176 },
  {
    id: 'band',
    name: 'Health',
    value: ({ account }) => account?.score ?? null,
    show: ({ account }) => (account === null ? '–' : <Band band={account.band} score={account.score} />),
    width: 104,
  },
  { id: 'kind', name: 'Signal', value: ({ kind_name }) => kind_name, width: 150 },
  { id: 'sentence', name: 'Why', value: ({ sentence }) => sentence },
  { id: 'raised_on', name: 'Raised', value: ({ raised_on }) => raised_on, show: ({ raised_on }) => formatDay(raised_on), width: 104 },
  {
    id: 'age',
    name: 'Days',
    numeric: true,
    value: ({ age }) => age,
    show: ({ age }) => formatCount(age),
    width: 64,
    says: 'Since it was raised, or until it was closed',
  },
  {
    id: 'arr',
    name: 'ARR',
    numeric: true,
    value: ({ account }) => account?.arr ?? null,
    show: ({ account }) => (account === null ? '–' : formatMoney(account.arr, currency, 0)),
    width: 96,
  },
  {
    id: 'chance',
    name: 'Chance',
    numeric: true,
    value: ({ chance }) => chance,
    show: ({ chance }) => (chance === null ? '–' : formatValue(chance, 'share', null, 0)),
    width: 76,
    says: 'That its ARR goes within 90 days; a dash where it is not known yet',
  },
  { id: 'csm', name: 'CSM', value: ({ account }) => account?.csm_name ?? null, width: 132 },
  { id: 'became', name: 'State', value: became, show: (signal) => <Became signal={signal} />, width: 104 },
]

/** Every signal of every account, and the record of each kind. */
export function SignalsPage() {
  const [tab, setTab] = useParam('tab', 'signals')
  const isEmpty = useOverview().data?.empty === true
  if (isEmpty)
    return (
      <Page>
        <h1 className="sr-only">Signals</h1>
        <NothingYet title="What warns of a loss, or of growth, will be here">
          Signals are raised from use, tickets, answers, bills, contracts and people, once subscriptions are known.
        </NothingYet>
      </Page>
    )
  return (
    <Page wide>
      <h1 className="sr-only">Signals</h1>
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="What is shown"
          value={tab}
          choices={[
            { value: 'signals', label: 'Signals' },
            { value: 'kinds', label: 'Kinds and their record' },
          ]}
          onChange={setTab}
        />
        <Link to="/signals/own/$id" params={{ id: 'new' }} className={buttonClass('plain', 'normal', 'ml-auto')}>
          Make a signal
        </Link>
      </div>
      {tab === 'kinds' ? <Kinds /> : <SignalList />}
    </Page>
  )
}

function Kinds() {
  return (
    <Await query={{ ...useKinds(), isPlaceholderData: false }} skeleton={<Skeleton className="h-96" />}>
      {(kinds) => <KindsTable kinds={kinds} />}
    </Await>
  )
}

/** What the address filters by. */
function useFilters() {
  const [stateText, setState] = useParam('state', 'open')
  const [kind, setKind] = useParam('kind')
  const [of, setClass] = useParam('class')
  const [csm, setCsm] = useParam('csm')
  const [order, setOrder] = useParam('order', 'raised')
  const [from] = useParam('from')
  const [until] = useParam('until')
  const [account] = useParam('of')
  const state = isState(stateText) ? stateText : 'open'
  const query = {
    state,
    kind: kind === '' ? [] : [kind],
    class: of === '' ? [] : [of],
    account: account === '' ? [] : [account],
    ...(csm === '' ? {} : { csm }),
    ...(from === '' ? {} : { from }),
    ...(until === '' ? {} : { until }),
    order: order === 'worth' && state === 'open' ? ('worth' as const) : ('raised' as const),
    limit: MOST,
  }
  return { query, state, setState, kind, setKind, of, setClass, csm, setCsm, order, setOrder }
}

function SignalList() {
  const filters = useFilters()
  const navigate = useNavigate()
  return (
    <div className="flex flex-col gap-4">
      <Filters filters={filters} />
      <Await query={useSignals(filters.query)} skeleton={<Skeleton className="h-96" />}>
        {({ signals, total, state }) => (
          <>
            <DataTable
              label="Signals"
              rows={signals}
              columns={columnsFor(state.currency)}
              rowKey={({ id }) => id}
              onOpen={({ id }) => void navigate({ to: '/signals/$id', params: { id } })}
              csv="signals"
              tools
              maxHeight={720}
              empty={<p className="text-quiet">No signal fits these filters.</p>}
              unit={['signal', 'signals']}
            />
            {total > signals.length && (
              <p className="text-sm text-quiet">{counted(total - signals.length, 'more signal')} fit: narrow the filters to see them.</p>
            )}
          </>
        )}
      </Await>
    </div>
  )
}

function Filters({ filters }: { readonly filters: ReturnType<typeof useFilters> }) {
  const kinds = useKinds().data ?? []
  const csms = (useToday('').data?.csms ?? []).filter(({ id }) => id !== '')
  const any = { value: '', label: 'All' }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label="State"
        value={filters.state}
        choices={[
          { value: 'open', label: 'Open' },
          { value: 'closed', label: 'Closed' },
          { value: 'all', label: 'All' },
        ]}
        onChange={filters.setState}
      />
      <Select
        label="Class"
        prefix="Class"
        value={filters.of}
        choices={[any, ...SIGNAL_CLASS_IDS.map((id) => ({ value: id as string, label: SIGNAL_CLASSES[id].label, says: SIGNAL_CLASSES[id].says }))]}
        onChange={filters.setClass}
      />
      <Select
        label="Kind"
        prefix="Kind"
        value={filters.kind}
        choices={[any, ...kinds.map(({ kind, name, says }) => ({ value: kind, label: name, says }))]}
        onChange={filters.setKind}
      />
      <Select
        label="CSM"
        prefix="CSM"
        value={filters.csm}
        choices={[any, ...csms.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={filters.setCsm}
      />
      {filters.state === 'open' && (
        <Segmented
          label="Order"
          value={filters.order}
          choices={[
            { value: 'raised', label: 'Newest first' },
            { value: 'worth', label: 'Most at stake first' },
          ]}
          onChange={filters.setOrder}
        />
      )}
    </div>
  )
}
