import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshStores } from '../../test/engines/engines.ts'
import type { FreshStores } from '../../test/engines/engines.ts'
import { loadFacts } from '../../test/load-facts.ts'
import { account } from '../facts/account.ts'
import { businessCalendar } from '../facts/business-calendar.ts'
import { exchangeRate } from '../facts/exchange-rate.ts'
import { holiday } from '../facts/holiday.ts'
import type { FactStore, LedgerState } from '../facts/store.ts'
import { defaultSettings } from '../kernel/settings.ts'
import { sql } from '../kernel/sql.ts'
import { openFactStore } from '../stores/fact-store.ts'
import { derivation, ledgerRows } from './ledger.ts'
import { LEDGERS } from './ledgers.ts'
import { isSurelyEmpty } from './lineage.ts'
import { refreshLedgers } from './refresh.ts'
import { createLedgerTables } from './tables.ts'

const AT = { import_id: 'one', recorded_at: '2024-04-01T12:00:00.000000Z' }

describe('ledgers that are not derived since they cannot have a row', () => {
  let stores: FreshStores
  let store: FactStore
  let state: LedgerState = { state: 0, ledgers: {}, recorded_until: '', settings_hash: '' }
  const register = {
    readLedgerState: () => Promise.resolve(state),
    nextLedgerBuild: () => Promise.resolve(state.state + 1),
    swapLedgerState: async (next: LedgerState) => {
      state = next
    },
  }
  const refresh = (): Promise<LedgerState> => refreshLedgers(store, register, defaultSettings, { recordedUntil: AT.recorded_at })
  /** Ledgers said to be empty that would have had rows, had they been derived. */
  async function wronglySkipped(holding: ReadonlySet<string>): Promise<string[]> {
    const wrong: string[] = []
    for (const ledger of LEDGERS.filter((one) => isSurelyEmpty(one, holding))) {
      const rows = ledger.derive(derivation(store, defaultSettings, { until: '2024-08-01', made: (below) => ledgerRows(below, state) }))
      if ((await store.read(sql`SELECT 1 FROM (${rows}) LIMIT 1`)).length > 0) wrong.push(ledger.id)
    }
    return wrong
  }

  beforeAll(async () => {
    stores = await freshStores('private')
    store = await openFactStore(stores.facts)
    await createLedgerTables(store)
  })
  afterAll(() => stores.close())

  it('have none in an empty workspace, where all but one are left out', async () => {
    await refresh()
    expect(LEDGERS.filter((ledger) => !isSurelyEmpty(ledger, new Set())).map(({ id }) => id)).toEqual(['exchange_rate'])
    expect(await wronglySkipped(new Set())).toEqual([])
  })

  it('have none where only what others look up was recorded', async () => {
    await loadFacts(
      store,
      account,
      [
        { account_id: 'a', name: 'A', created_at: '2024-01-01' },
        { account_id: 'b', name: 'B', merged_into: 'a' },
      ],
      AT,
    )
    await loadFacts(store, exchangeRate, [{ currency: 'EUR', per: 'USD', date: '2024-01-01', rate: '1.1' }], AT)
    await loadFacts(store, businessCalendar, [{ calendar_id: 'c', effective_at: '2024-01-01', monday: '09:00-17:00' }], AT)
    await loadFacts(store, holiday, [{ calendar_id: 'c', day: '2024-01-01' }], AT)
    await refresh()
    const holding = new Set([account.id, exchangeRate.id, businessCalendar.id, holiday.id])
    expect(LEDGERS.filter((ledger) => !isSurelyEmpty(ledger, holding)).map(({ id }) => id)).toEqual(['account', 'exchange_rate', 'business_time', 'sign_up'])
    expect(await wronglySkipped(holding)).toEqual([])
  })
})
