import type { BinnacleClient } from '../contract/contract.ts'
import type { DayLine } from '../contract/today.ts'
import { notFound } from '../kernel/errors.ts'
import { BANDS } from '../kernel/words/health.ts'
import { printListing, printNote, printOut } from './output.ts'
import { formatNumber, formatValue } from './values.ts'

export interface TodayFlags {
  readonly csm?: string
  readonly format: 'table' | 'json'
}

type Today = Awaited<ReturnType<BinnacleClient['today']>>

/** A CSM by id, or by a name that one alone bears. */
function csmOf({ csms }: Today, named: string): string {
  const word = named.toLowerCase()
  const known = csms.filter(({ id }) => id !== '')
  const byId = known.find(({ id }) => id === named)
  const [found, ...more] = known.filter(({ name }) => name.toLowerCase().includes(word))
  const chosen = byId ?? (more.length === 0 ? found : undefined)
  if (chosen === undefined)
    throw notFound('CSM', named, `Accounts are owned by ${known.map(({ id, name }) => (id === name ? id : `${id} (${name})`)).join(', ') || 'nobody'}.`)
  return chosen.id
}

const score = ({ account }: DayLine): string => `${account.score === null ? '' : `${Math.round(account.score)} `}${BANDS[account.band].label.toLowerCase()}`

function printLines(lines: readonly DayLine[], currency: string): void {
  printListing('table', {
    items: lines,
    none: 'Nobody needs you today.',
    columns: [
      { title: 'account', whole: true, cell: ({ account }) => account.account_id },
      { title: 'name', cell: ({ account }) => account.name },
      { title: 'health', cell: score },
      { title: 'ARR', align: 'right', cell: ({ account }) => formatValue(account.arr, 'money', currency) },
      { title: 'chance', align: 'right', cell: ({ chance }) => (chance === null ? '–' : formatValue(chance, 'share', null)) },
      { title: 'why', cell: ({ signals }) => signals.map(({ sentence }) => sentence).join('; ') },
    ],
  })
}

/** What stands beside the lines, in a sentence each. */
function notesOf({ work, changes, deadlines, learnt, holds, state }: Today): string[] {
  const learned = learnt?.kinds.map(({ n, name }) => `${n} ${name}`).join(', ') ?? ''
  const hanging = deadlines.reduce((sum, { arr }) => sum + arr, 0)
  return [
    ...(state.said === null ? ['No day was closed yet: signals, changes and trends come from the next close on.'] : []),
    ...(state.said !== null && !state.said.is_lived ? ['The past is as if sources had been connected all along, which is optimistic.'] : []),
    ...(work.by_chance ? [] : ['By ARR alone: how likely each is to leave is not known yet.']),
    ...(work.below_total > 0 ? [`${work.below_total} more below the line of ${work.budget} a day for each CSM: skip in writing what can wait.`] : []),
    ...(changes.total > 0 ? [`${changes.total} scores moved by 5 points or over an edge.`] : []),
    ...(deadlines.length > 0 ? [`${deadlines.length} must decide within 60 days; ${formatNumber(hanging)} ${state.currency} of ARR hangs on it.`] : []),
    ...(learned === '' ? [] : [`Learnt since the last close, of days before: ${learned}.`]),
    ...holds.map(({ day }) => `On ${day} the whole fleet moved at once: say on Today whether that was real.`),
  ]
}

/** `today`: who needs somebody, in the order of what an hour is worth. */
export async function runToday(client: BinnacleClient, { csm, format }: TodayFlags): Promise<void> {
  const everybody = await client.today({ query: {} })
  const today = csm === undefined ? everybody : await client.today({ query: { csm: csmOf(everybody, csm) } })
  if (format === 'json') return printOut(JSON.stringify(today, null, 2))
  printLines(today.work.lines, today.state.currency)
  for (const note of notesOf(today)) printNote(note)
}
