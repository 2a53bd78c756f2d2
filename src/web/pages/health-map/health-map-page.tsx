import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { HealthMap } from '../../../contract/health-map.ts'
import { addMonths } from '../../../kernel/period.ts'
import { BANDS } from '../../../kernel/words/health.ts'
import { useGoToAccount, useParam } from '../../address.ts'
import { api, useLedgerState, useOverview } from '../../api.ts'
import { formatCount, formatDay } from '../../format.ts'
import { Banner } from '../../ui/banner.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Await } from '../../ui/failure.tsx'
import { NothingYet } from '../../ui/nothing-yet.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BandCounts } from './band-counts.tsx'
import { MapDays } from './map-days.tsx'
import { MapGrid } from './map-grid.tsx'
import { MapPlane } from './map-plane.tsx'
import { MapTree } from './map-tree.tsx'
import { QUADRANTS, columnsOf, partOf, quadrantsOf } from './map-data.ts'
import type { Part, Quadrant } from './map-data.ts'
import { PartList } from './part-list.tsx'

const VIEWS = [
  { value: 'grid', label: 'Inputs' },
  { value: 'plane', label: 'Experience and outcomes' },
  { value: 'tree', label: 'ARR' },
] as const
type View = (typeof VIEWS)[number]['value']

/** How long a trail is. */
const TRAIL_MONTHS = 3

const useMap = (on: string | undefined, enabled = true) => {
  const state = useLedgerState()
  return useQuery({
    queryKey: ['health map', on ?? '', state],
    queryFn: ({ signal }) => api.healthMap({ query: on === undefined ? {} : { on } }, signal),
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** All accounts by how they are, on any day: by inputs, by experience and outcomes, by ARR. */
export function HealthMapPage() {
  const [on, setOn] = useParam('on')
  const query = useMap(on === '' ? undefined : on)
  return (
    <Page wide>
      <Await query={query} skeleton={<Skeleton className="h-96" />}>
        {(map) => (map.day === null ? <NothingSaid map={map} onDay={setOn} /> : <Drawn map={map} day={map.day} onDay={setOn} />)}
      </Await>
    </Page>
  )
}

function NothingSaid({ map, onDay }: { readonly map: HealthMap; readonly onDay: (day: string) => void }) {
  const { days } = map
  if (days !== null)
    return (
      <EmptyState
        title="Nothing was said of that day"
        actions={
          <button type="button" className={buttonClass('primary')} onClick={() => onDay(days.last)}>
            {`Show ${formatDay(days.last)}`}
          </button>
        }
      >
        {`The map is known from ${formatDay(days.first)} to ${formatDay(days.last)}.`}
      </EmptyState>
    )
  return (
    <NothingYet title="No day has been closed yet">
      At the close of each day Binnacle says how every customer is, and keeps it. The map shows it once the first day is closed, and the past year once it has
      been replayed.
    </NothingYet>
  )
}

const quadrantParts = (map: HealthMap): readonly (readonly [Quadrant | 'beside', Part])[] => {
  const found = quadrantsOf(map)
  return [
    ...Object.entries(QUADRANTS).map(([id, { label }]) => [id as Quadrant, { label, places: found[id as Quadrant] }] as const),
    ['beside', { label: 'Beside the plane: one of the two is not known', places: found.beside }],
  ]
}

function Drawn({ map, day, onDay }: { readonly map: HealthMap; readonly day: string; readonly onDay: (day: string) => void }) {
  const [chosen, setView] = useParam('view', 'grid')
  const view: View = VIEWS.find(({ value }) => value === chosen)?.value ?? 'grid'
  const [part, setPart] = useState<Part | null>(null)
  const openAccount = useGoToAccount()
  const currency = useOverview().data?.reporting_currency ?? ''
  const columns = useMemo(() => columnsOf(map), [map])
  const order = useMemo(() => map.account_id.map((_, place) => place), [map])
  const trail = useMap(addMonths(day, -TRAIL_MONTHS), view === 'plane')
  return (
    <>
      {map.mode === 'as_if_connected' && (
        <Banner tone="info" title="Replayed, as if all sources had been connected then.">
          Nobody said this on that day. It is worked out from facts that were imported later, so it is optimistic.
        </Banner>
      )}
      <Section
        title={`At the close of ${formatDay(day)}`}
        says={`${formatCount(map.account_id.length)} customers`}
        actions={
          <>
            <Link to="/health/models" className={buttonClass()}>
              Models
            </Link>
            {map.days !== null && <MapDays day={day} days={map.days} onChange={onDay} />}
          </>
        }
      >
        <BandCounts
          map={map}
          columns={columns}
          currency={currency}
          onPick={(column, band) => setPart({ label: `${column.name}: ${BANDS[band].label}`, places: partOf(map, column, band) })}
        />
      </Section>
      {part !== null && <PartList map={map} part={part} currency={currency} onAccount={openAccount} onClose={() => setPart(null)} />}
      <Section title="Map" actions={<Segmented label="Drawn by" value={view} choices={VIEWS} onChange={setView} />}>
        {view === 'grid' && (
          <MapGrid
            map={map}
            columns={columns}
            currency={currency}
            order={order}
            onAccount={openAccount}
            onCell={(column, band) => setPart({ label: `${column.name}: ${BANDS[band].label}`, places: partOf(map, column, band) })}
          />
        )}
        {view === 'plane' && (
          <>
            <div className="flex flex-wrap gap-x-6 gap-y-1">
              {quadrantParts(map).map(([id, found]) => (
                <button key={id} type="button" className="num text-accent hover:underline" onClick={() => setPart(found)}>
                  {`${found.label} ${formatCount(found.places.length)}`}
                </button>
              ))}
            </div>
            <MapPlane map={map} before={trail.data?.day === null ? undefined : trail.data} currency={currency} onAccount={openAccount} />
          </>
        )}
        {view === 'tree' && <MapTree map={map} currency={currency} onAccount={openAccount} />}
      </Section>
    </>
  )
}
