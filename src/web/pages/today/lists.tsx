import type { ReactNode } from 'react'
import type { TodayView } from '../../../contract/today.ts'
import { BANDS, PULSES, missingWords } from '../../../kernel/words/health.ts'
import { MINUS } from '../../../kernel/words/value.ts'
import { counted, formatDay, formatMoney, formatValue, humanise } from '../../format.ts'
import { useParam } from '../../address.ts'
import { Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { AccountLink } from '../../widgets/account-link.tsx'

type ListsOf = TodayView['lists']

const SHOWN = 10

interface Row {
  readonly key: string
  readonly name: ReactNode
  readonly says: ReactNode
}

const round = (value: number): string => formatValue(value, 'number', null, 0)
const percent = (change: number): string => `${change < 0 ? MINUS : '+'}${formatValue(Math.abs(change), 'share', null, 0)}`
const named = ({ account_id, name }: { readonly account_id: string; readonly name: string }): ReactNode => <AccountLink id={account_id} name={name} />

const LISTS = {
  falling: {
    label: 'Green but falling',
    says: (lists: ListsOf) =>
      `Green, and 10 points or more below 30 days ago${lists.fleet_fall > 0 ? `, beyond the ${round(lists.fleet_fall)} that all fell` : ''}.`,
    rows: (lists: ListsOf): Row[] =>
      lists.green_but_falling.map(({ account, before, now }) => ({
        key: account.account_id,
        name: named(account),
        says: `${round(before)} to ${round(now)}`,
      })),
  },
  money: {
    label: 'Score against money',
    says: () => 'Green and 10 % less MRR than 90 days ago, or red and 10 % more.',
    rows: (lists: ListsOf): Row[] =>
      lists.score_against_money.map(({ account, change }) => ({
        key: account.account_id,
        name: named(account),
        says: `${BANDS[account.band].label}, MRR ${percent(change)}`,
      })),
  },
  pulse: {
    label: 'Pulse disagrees',
    says: () => 'The CSM sees it otherwise than the score; when they disagree both are often right.',
    rows: (lists: ListsOf): Row[] =>
      lists.pulse_disagrees.map(({ account, value, reason, author, set_on }) => ({
        key: account.account_id,
        name: named(account),
        says: (
          <span title={`${formatDay(set_on)}${author === '' ? '' : `, ${author}`}`}>
            {PULSES[value as keyof typeof PULSES]} against {BANDS[account.band].label.toLowerCase()}: “{reason}”
          </span>
        ),
      })),
  },
  missing: {
    label: 'By what is missing',
    says: () => 'What the model asks for and nobody can tell.',
    rows: (lists: ListsOf, currency: string): Row[] =>
      lists.missing.map(({ input, reason, accounts, arr }) => ({
        key: `${input} ${reason}`,
        name: <span className="font-medium">{humanise(input)}</span>,
        says: `${missingWords(reason)}: ${counted(accounts, 'account')}, ${formatMoney(arr, currency, 0)}`,
      })),
  },
} as const

type ListId = keyof typeof LISTS
const IDS = Object.keys(LISTS) as ListId[]
const isList = (text: string): text is ListId => Object.hasOwn(LISTS, text)

/** Lists that stand whatever the day is, each with how many are on it. */
export function Lists({ lists, currency }: { readonly lists: ListsOf; readonly currency: string }) {
  const counts = Object.fromEntries(IDS.map((id) => [id, LISTS[id].rows(lists, currency).length])) as Record<ListId, number>
  const [chosen, setChosen] = useParam('list', IDS.find((id) => counts[id] > 0) ?? 'falling')
  const id = isList(chosen) ? chosen : 'falling'
  const rows = LISTS[id].rows(lists, currency)
  return (
    <Section title="Standing lists" says={LISTS[id].says(lists)}>
      <div className="overflow-x-auto">
        <Segmented label="List" value={id} choices={IDS.map((value) => ({ value, label: `${LISTS[value].label} ${counts[value]}` }))} onChange={setChosen} />
      </div>
      {rows.length === 0 ? (
        <p className="text-quiet">Nobody is on this list.</p>
      ) : (
        <ul className="flex flex-col">
          {rows.slice(0, SHOWN).map(({ key, name, says }) => (
            <li key={key} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5 first:border-t-0 first:pt-0">
              {name}
              <span className="num ml-auto text-sm text-quiet">{says}</span>
            </li>
          ))}
        </ul>
      )}
      {rows.length > SHOWN && <p className="text-sm text-quiet">{counted(rows.length - SHOWN, 'more line')}.</p>}
    </Section>
  )
}
