import type { FactStore, LedgerState } from '../facts/store.ts'
import { ownError } from '../kernel/errors.ts'
import type { Settings } from '../kernel/settings.ts'
import { refreshLedgers } from './refresh.ts'
import type { LedgerRegister, Refresh } from './refresh.ts'
import { countBuilds, createLedgerTables } from './tables.ts'

/** A register that knows how many rows each build had when it was made. */
export interface CountedRegister extends LedgerRegister {
  saveLedgerRows(state: number, rows: Readonly<Record<string, number>>): Promise<void>
  /** Null where those of the present state were not counted. */
  readLedgerRows(): Promise<Readonly<Record<string, number>> | null>
}

/** Nothing is shown of the present builds any more; their fingerprint makes them be derived again. */
const forget = (register: LedgerRegister, present: LedgerState): Promise<void> =>
  register.swapLedgerState({ ...present, ledgers: {}, settings_hash: '' }, present)

/** Whether what was built is shown no more, until it is derived again. What was never built is not. */
export const isForgotten = ({ state, settings_hash }: Pick<LedgerState, 'state' | 'settings_hash'>): boolean => state > 0 && settings_hash === ''

/** Creates what tables of ledgers are missing. What was built in tables that are gone is forgotten. */
export async function prepareLedgers(store: FactStore, register: LedgerRegister): Promise<void> {
  const present = await register.readLedgerState()
  if ((await createLedgerTables(store)) && present.state > 0) await forget(register, present)
}

/** Derives the ledgers, and counts what they hold. */
export async function refreshCounted(store: FactStore, register: CountedRegister, settings: Settings, refresh: Refresh): Promise<void> {
  const state = await refreshLedgers(store, register, settings, refresh)
  await register.saveLedgerRows(state.state, await countBuilds(store, state))
}

/** Builds that hold fewer rows than they were made with. They are forgotten: no number rather than a wrong one. */
export async function forgetShort(store: FactStore, register: CountedRegister): Promise<string[]> {
  const [present, made] = [await register.readLedgerState(), await register.readLedgerRows()]
  if (made === null) return []
  const held = await countBuilds(store, present).catch((error: unknown): Record<string, number> => {
    if (ownError(error)?.code === 'fact_store_damaged') return {}
    throw error
  })
  const short = Object.keys(made).filter((build) => (held[build] ?? 0) < (made[build] ?? 0))
  if (short.length > 0) await forget(register, present)
  return short
}
