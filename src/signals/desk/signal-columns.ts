import { textCells } from '../../books/accounts/column.ts'
import type { Column, ColumnHead } from '../../books/accounts/column.ts'
import type { ColumnProvider } from '../../books/accounts/provider.ts'
import { groupBy } from '../../health/group.ts'
import { kindsOf } from '../today/today.ts'
import type { TodaySources } from '../today/sources.ts'

const head = (id: string, name: string, says: string, more: Pick<ColumnHead, 'kind' | 'unit'>): ColumnHead => ({
  id,
  name,
  says,
  of: 'health',
  currency: null,
  better: 'context',
  ...more,
})

const COUNT = head('open_signals', 'Open signals', 'How many signals are open now', { kind: 'number', unit: 'count' })
const NAMES = head('signals', 'Signals', 'The signals that are open now', { kind: 'text', unit: null })

const NOT_THEN = 'Signals are told of today alone'

/** Open signals as columns of the list of accounts. Those that are kept back are not told. */
export const signalColumns = (sources: Pick<TodaySources, 'readSignals' | 'own'>): ColumnProvider => ({
  heads: () => [COUNT, NAMES],
  usual: [],
  async read({ frame: { accounts }, ids, isPresent }) {
    const [{ signals }, own] = isPresent ? await Promise.all([sources.readSignals({ is_open: true }), sources.own.readAllInForce()]) : [{ signals: [] }, []]
    const told = signals.filter(({ is_held }) => !is_held)
    const kinds = kindsOf(own)
    const of = groupBy(told, ({ account_id }) => account_id)
    const counts = Float64Array.from(accounts, (account) => (isPresent ? (of.get(account)?.length ?? 0) : Number.NaN))
    const names = new Map<string, string[]>()
    const words = accounts.map((account) => {
      const list = [...new Set((of.get(account) ?? []).map(({ kind }) => kinds(kind).name))].sort((a, b) => (a < b ? -1 : 1))
      names.set(list.join(', '), list)
      return list.join(', ')
    })
    const columns: Column[] = [
      { head: COUNT, cells: { kind: 'number', values: counts, reasons: Uint8Array.from(accounts, () => (isPresent ? 0 : 1)), why: [NOT_THEN] } },
      { head: NAMES, cells: textCells(words, isPresent ? 'No signal is open' : NOT_THEN, (text) => names.get(text) ?? [text]) },
    ]
    // Ids grow with time: one that is raised is the last, one that is closed leaves fewer.
    const last = told.reduce((most, { id }) => (id > most ? id : most), '')
    const key = `${told.length} ${last} ${own.map(({ id, version }) => `${id}@${version}`).join(' ')}`
    return { columns: columns.filter((column) => ids.includes(column.head.id)), key, note: null }
  },
})
