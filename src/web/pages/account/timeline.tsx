import { Search } from 'lucide-react'
import { useDeferredValue } from 'react'
import type { AccountTimeline, Clocks } from '../../account-data.ts'
import { useAccountTimeline } from '../../account-data.ts'
import { useParam, useSearchText, useSetSearch } from '../../address.ts'
import { counted, formatDay } from '../../format.ts'
import { many } from '../../search.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { FactLink, useOpenFact } from './opened.tsx'

type Item = AccountTimeline['items'][number]

const TONES: Record<Item['tone'], { readonly colour: string; readonly sign: string; readonly says: string }> = {
  good: { colour: 'text-band-green', sign: '●', says: 'Good' },
  bad: { colour: 'text-band-red', sign: '▲', says: 'Bad' },
  neutral: { colour: 'text-edge', sign: '·', says: '' },
}

function Entry({ item, kind }: { readonly item: Item; readonly kind: string }) {
  const openFact = useOpenFact()
  const { colour, sign, says } = TONES[item.tone]
  return (
    <li className="flex items-baseline gap-2 py-1">
      <span aria-hidden className={`w-3 shrink-0 text-center text-xs ${colour}`}>
        {sign}
      </span>
      {says !== '' && <span className="sr-only">{says}: </span>}
      <span className="min-w-0 flex-1">
        <FactLink fact={item.fact} onOpen={openFact}>
          {item.title}
        </FactLink>
        {item.detail !== null && <span className="block text-sm break-words text-quiet">{item.detail}</span>}
        {item.late_days !== null && <span className="block text-sm text-faint">recorded {counted(item.late_days, 'day')} later</span>}
      </span>
      <span className="shrink-0 text-sm text-faint">{kind}</span>
    </li>
  )
}

function Filters({ kinds, chosen }: { readonly kinds: AccountTimeline['kinds']; readonly chosen: readonly string[] }) {
  const setSearch = useSetSearch()
  const turn = (id: string): void => setSearch({ kind: chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id] }, { replace: true })
  return (
    <div role="group" aria-label="Kinds" className="flex flex-wrap gap-1">
      {kinds
        .filter(({ id, count }) => count > 0 || chosen.includes(id))
        .map(({ id, name, count }) => (
          <button
            key={id}
            type="button"
            aria-pressed={chosen.includes(id)}
            onClick={() => turn(id)}
            className="h-6 rounded-sm border border-line px-1.5 text-sm whitespace-nowrap text-quiet hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
          >
            {name} <span className="num text-faint">{count}</span>
          </button>
        ))}
    </div>
  )
}

/** Days with what happened on them, in the order in which they come. */
function byDay(items: readonly Item[]): { readonly day: string; readonly items: Item[] }[] {
  const days: { day: string; items: Item[] }[] = []
  for (const item of items) {
    const last = days.at(-1)
    if (last?.day === item.day) last.items.push(item)
    else days.push({ day: item.day, items: [item] })
  }
  return days
}

/** Everything that happened, the latest first: filtered by kind, searched by words, each down to its fact. */
export function Timeline({ id, clocks }: { readonly id: string; readonly clocks: Clocks }) {
  const [find, setFind] = useParam('find')
  const chosen = many(useSearchText().kind)
  const query = useAccountTimeline(id, { ...clocks, kinds: chosen, find: useDeferredValue(find) })
  const [first] = query.data?.pages ?? []
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  const names = new Map((first?.kinds ?? []).map((kind) => [kind.id, kind.name]))
  return (
    <Section title="Timeline" says={first === undefined ? 'Everything that happened' : `${counted(first.total, 'entry', 'entries')}, the latest first.`}>
      <div className="relative">
        <Search aria-hidden size={14} className="absolute top-2 left-2.5 text-faint" />
        <TextInput aria-label="Search the timeline" className="pl-8" placeholder="Search" value={find} onChange={(event) => setFind(event.target.value)} />
      </div>
      {first !== undefined && <Filters kinds={first.kinds} chosen={chosen} />}
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined && !query.isError && <Skeleton className="h-96" />}
      {first !== undefined && items.length === 0 && (
        <p className="text-quiet">
          {find === '' && chosen.length === 0 ? 'Nothing is recorded of it yet.' : 'Nothing fits. Search for other words, or take a kind away.'}
        </p>
      )}
      <ol className={`flex flex-col gap-3 ${query.isPlaceholderData ? 'opacity-50' : ''}`}>
        {byDay(items).map(({ day, items: ofDay }) => (
          <li key={day}>
            <h3 className="num border-b border-line pb-0.5 text-sm font-medium text-quiet">{formatDay(day)}</h3>
            <ul>
              {ofDay.map((item) => (
                <Entry key={item.key} item={item} kind={names.get(item.kind) ?? item.kind} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {first !== undefined && first.cut.length > 0 && (
        <p className="text-sm text-quiet">The oldest of {first.cut.join(', ')} are left out: there are too many.</p>
      )}
      {query.hasNextPage && (
        <span>
          <Button size="small" onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
            Show earlier
          </Button>
        </span>
      )}
    </Section>
  )
}
