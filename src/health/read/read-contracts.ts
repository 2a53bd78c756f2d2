import type { FactStore } from '../../facts/store.ts'
import { dayOf } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { Contract } from '../contracts.ts'
import { factsKnownOn, untold } from '../history.ts'
import { readDiscounts, readTerms } from './terms.ts'
import type { Chunk, Reading } from './versions.ts'
import { readUndos } from './versions.ts'

const AT_A_TIME = 5000

/** Accounts that count with all that are counted as them, so many at a time. */
function chunksOf(accounts: ReadonlyMap<string, readonly string[]>): Chunk[] {
  const all = [...accounts]
  return Array.from({ length: Math.ceil(all.length / AT_A_TIME) }, (_, i) => {
    const own = all.slice(i * AT_A_TIME, (i + 1) * AT_A_TIME)
    return { accounts: own.map(([account]) => account), countedAs: new Map(own.flatMap(([account, named]) => named.map((each) => [each, account] as const))) }
  })
}

/**
 * What is known at an instant (ISO, UTC) of the contracts of accounts, each given with all that are counted as it: what
 * `readHistories` would say of them. Money is in the currency of each contract.
 */
export async function* readContracts(
  store: FactStore,
  settings: Settings,
  until: string,
  accounts: ReadonlyMap<string, readonly string[]>,
): AsyncIterable<readonly { readonly account: string; readonly contracts: readonly Contract[] }[]> {
  const reading: Reading = { store, settings, until, undos: await readUndos(store, settings, until) }
  const discounts = await readDiscounts(reading)
  const day = dayOf(new Date(until), settings.time_zone)
  for (const chunk of chunksOf(accounts)) {
    const terms = await readTerms(reading, chunk, discounts)
    yield chunk.accounts.map((account) => ({ account, contracts: factsKnownOn({ ...untold(account), terms: terms.get(account) ?? [] }, day).contracts }))
  }
}
