import { defaultSettings } from '../src/kernel/settings.ts'
import type { LedgerState } from '../src/facts/store.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { refreshLedgers } from '../src/ledgers/refresh.ts'
import { openFactStore } from '../src/stores/fact-store.ts'
import { openWorkspace } from '../src/stores/workspace.ts'
import { readSettings } from '../src/workspace/settings.ts'
import type { Catalogue } from './catalogue-files.ts'
import type { CompanyFiles } from './company-files.ts'
import type { House } from './house.ts'
import { importFiles } from './imports.ts'
import { atMost, median, milliseconds, timed } from './measure.ts'
import type { Line } from './measure.ts'

/** Derives all ledgers from nothing, as often as asked; the last build is the present one. */
export async function rebuild(house: House, runs: number): Promise<{ ms: number; state: LedgerState }> {
  const store = await openFactStore({ nodes: [house.clickhouse.node], cluster: null })
  const workspace = await openWorkspace(house.postgres.address, systemClock)
  try {
    const settings = { ...defaultSettings, ...(await readSettings(workspace.db)) }
    const times: number[] = []
    for (let run = 0; run < runs; run++) {
      const { recorded_until } = await workspace.readLedgerState()
      times.push(
        (await timed(() => workspace.locks.exclusively('ledgers', () => refreshLedgers(store, workspace, settings, { recordedUntil: recorded_until })))).ms,
      )
    }
    return { ms: median(times), state: await workspace.readLedgerState() }
  } finally {
    await workspace.close()
  }
}

/** One more day of events through the import, against deriving everything. */
export async function benchDay(house: House, { path, rows }: Catalogue['day'], whole: number): Promise<Line[]> {
  const { refreshed } = await importFiles(house, [{ name: 'usage_events.csv', path }], 'usage_event')
  return [atMost(`one day of events (${rows.toLocaleString('en')})`, milliseconds(refreshed), milliseconds(whole), refreshed / whole, 0.05, true)]
}

/** Corrections of 1 % of the rows through the import; the time from their acknowledgment until the numbers have them. */
export async function benchRefresh(house: House, files: CompanyFiles, whole: number): Promise<Line[]> {
  const one = async (path: string): Promise<number> => (await importFiles(house, [{ name: 'corrections.csv', path }], 'subscription_version')).refreshed
  const together: number[] = []
  for (const path of files.corrections.together) together.push(await one(path))
  const scattered = await one(files.corrections.scattered)
  return [
    atMost('1 % of the rows, of 1 % of the accounts', milliseconds(median(together)), milliseconds(whole), median(together) / whole, 0.05, true),
    atMost('1 % of the rows, of a quarter of the accounts', milliseconds(scattered), milliseconds(whole), scattered / whole, 0.05, true),
  ]
}
