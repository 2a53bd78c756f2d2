import type { LedgerState } from '../../src/facts/store.ts'
import { sql } from '../../src/kernel/sql.ts'
import { accountLedger } from '../../src/ledgers/account-ledger.ts'
import { ledgerRows } from '../../src/ledgers/ledger.ts'
import type { LedgerDefinition } from '../../src/ledgers/ledger.ts'
import { LEDGERS } from '../../src/ledgers/ledgers.ts'
import { refreshLedgers } from '../../src/ledgers/refresh.ts'
import type { LedgerRegister } from '../../src/ledgers/refresh.ts'
import type { Stores } from '../../src/main.ts'
import { readSettings } from '../../src/workspace/settings.ts'

/**
 * Every row of every ledger in a state, as text, in one order. Each node is asked for its own: rows of an account must stand
 * on the shard of the one it counts as and nowhere else, rows that stand on all nodes must be the same there.
 */
export async function readLedgerRows({ store, engines }: Stores, state: LedgerState): Promise<string[]> {
  const accounts = await store.read<{ account_id: string; counted_as: string }>(sql`SELECT account_id, counted_as FROM (${ledgerRows(accountLedger, state)})`)
  const countedAs = new Map(accounts.map((row) => [row.account_id, row.counted_as]))
  const homeOf = (id: string): number => store.shardOf(countedAs.get(id) ?? id)
  const read = async (ledger: LedgerDefinition): Promise<string[]> => {
    const found = await Promise.all(engines.facts.nodes.map((node) => gathered(node.readStream<{ account_id?: string }>(ledgerRows(ledger, state)))))
    const say = (rows: readonly object[]): string[] => rows.map((row) => `${ledger.id} ${JSON.stringify(row)}`).sort()
    if (ledger.placement === 'account') {
      const strayed = found.flatMap((rows, shard) => rows.filter(({ account_id: id }) => id === undefined || homeOf(id) !== shard))
      if (strayed.length > 0) throw new Error(`rows that stand on the shard of another account: ${say(strayed).slice(0, 5).join(', ')}`)
      return say(found.flat())
    }
    const copies = found.map(say)
    for (const copy of copies) if (copy.join('\n') !== copies[0]?.join('\n')) throw new Error(`the nodes hold different rows of ${ledger.id}`)
    return copies[0] ?? []
  }
  return (await Promise.all(LEDGERS.map(read))).flat()
}

/** All rows of a stream: a ledger may have more than one answer may hold. */
export async function gathered<Row>(chunks: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const chunk of chunks) rows.push(...chunk)
  return rows
}

/** A register by which everything is derived from nothing beside the present ledgers, which stay. */
export const besideOf = (register: LedgerRegister, present: LedgerState): LedgerRegister => ({
  ...register,
  // Ledgers of no settings at all are derived again whole.
  readLedgerState: () => Promise.resolve({ ...present, settings_hash: '' }),
  swapLedgerState: () => Promise.resolve(),
})

/** The rows that deriving everything from nothing comes to, beside the present ledgers, which stay. */
export async function rebuiltRows(stores: Stores): Promise<string[]> {
  const { store, workspace } = stores
  const present = await workspace.readLedgerState()
  const built = await workspace.locks.exclusively('ledgers', async () =>
    refreshLedgers(store, besideOf(workspace, present), await readSettings(workspace.db), { recordedUntil: present.recorded_until }),
  )
  if (Object.values(built.ledgers).some(({ base, delta }) => base !== built.state || delta !== 0)) throw new Error('that was no rebuild')
  return readLedgerRows(stores, built)
}

/** Rows that only one of two lists has. */
export function differences(left: readonly string[], right: readonly string[]): string[] {
  const count = new Map<string, number>()
  for (const row of left) count.set(row, (count.get(row) ?? 0) + 1)
  for (const row of right) count.set(row, (count.get(row) ?? 0) - 1)
  return [...count].filter(([, n]) => n !== 0).map(([row, n]) => `${n > 0 ? 'only refreshed' : 'only rebuilt'}: ${row}`)
}
