import type { BinnacleClient } from '../contract/contract.ts'
import { CLOSE_REASONS } from '../kernel/words/health.ts'
import { printListing, printNote } from './output.ts'
import type { Format } from './output.ts'
import { formatValue } from './values.ts'

export interface SignalsFlags {
  readonly state: 'open' | 'closed' | 'all'
  readonly kind?: string[]
  readonly class?: string[]
  readonly account?: string[]
  readonly csm?: string
  readonly from?: string
  readonly until?: string
  readonly limit?: number
  readonly format: Format
}

/** `signals`: why somebody should look, since when, and what became of it; the latest first. */
export async function runSignals(client: BinnacleClient, flags: SignalsFlags): Promise<void> {
  const { state, kind = [], class: classes = [], account = [], csm, from, until, limit = 50, format } = flags
  const query = { state, kind, class: classes, account, csm, from, until, limit }
  const { signals, total, state: today } = await client.listSignals({ query })
  printListing(format, {
    items: signals,
    none: 'No signal fits.',
    columns: [
      { title: 'id', whole: true, cell: ({ id }) => id },
      { title: 'raised', cell: ({ raised_on }) => raised_on },
      { title: 'account', cell: ({ name }) => name },
      { title: 'kind', cell: (signal) => signal.kind },
      { title: 'ARR', align: 'right', cell: ({ account: of }) => (of === null ? '–' : formatValue(of.arr, 'money', today.currency)) },
      {
        title: 'state',
        cell: ({ close_reason, closed_on }) =>
          closed_on === null ? 'open' : close_reason === null ? 'closed' : CLOSE_REASONS[close_reason].label.toLowerCase(),
      },
      { title: 'why', cell: ({ sentence }) => sentence },
    ],
  })
  if (total > signals.length) printNote(`${total - signals.length} more: narrow them, or give a larger --limit (500 at most).`)
}
