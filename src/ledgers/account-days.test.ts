import { describe, expect, it } from 'vitest'
import { besideOf, differences } from '../../test/conformance/ledger-rows.ts'
import { freshStores, testEngineKinds } from '../../test/engines/engines.ts'
import { loadFacts } from '../../test/load-facts.ts'
import { randomOf } from '../../test/oracle/random.ts'
import type { Random } from '../../test/oracle/random.ts'
import type { FactStore, LedgerState } from '../facts/store.ts'
import { usageEvent } from '../facts/usage-event.ts'
import { defaultSettings } from '../kernel/settings.ts'
import type { Settings } from '../kernel/settings.ts'
import { param, sql } from '../kernel/sql.ts'
import { openFactStore } from '../stores/fact-store.ts'
import { ledgerRows } from './ledger.ts'
import { refreshLedgers } from './refresh.ts'
import type { LedgerRegister } from './refresh.ts'
import { sessionLedger } from './session-ledger.ts'
import { createLedgerTables } from './tables.ts'
import { usageDayLedger } from './usage-day-ledger.ts'

type Event = Record<'event_id' | 'account_id' | 'user_id' | 'event' | 'feature' | 'occurred_at', string>

const ACCOUNTS = Array.from({ length: 8 }, (_, i) => `a${i}`)
/** From a day on which clocks have not changed yet. */
const FIRST = Date.UTC(2024, 2, 1)
const DAYS = 150

function burst(random: Random, account_id: string, day: number, name: string): Event[] {
  const user_id = random.pick(['u', 'v', 'w'])
  let at = FIRST + day * 86_400_000 + random.int(0, 86_399) * 1000
  return Array.from({ length: random.int(1, 9) }, (_, i) => {
    at += random.pick([1000, 900_000, 1_800_000, 1_800_001, 20_000_000])
    return { event_id: `${name}-${i}`, account_id, user_id, event: 'open', feature: random.pick(['f', 'g']), occurred_at: new Date(at).toISOString() }
  })
}

/** Somebody who never sleeps: one session over many days, into which late events fall and which a correction parts. */
const awake = (): Event[] =>
  Array.from({ length: 24 * 9 }, (_, hour) => ({
    event_id: `awake-${hour}`,
    account_id: 'a0',
    user_id: 'robot',
    event: 'poll',
    feature: 'f',
    occurred_at: new Date(FIRST + (hour + 30) * 1_700_000).toISOString(),
  }))

/** Imports after the first one: new days, late events, events that moved to another day or were dropped. */
function later(random: Random, known: readonly Event[], step: number, some: number): { fresh: Event[]; moved: Event[] } {
  const day = random.int(0, DAYS)
  const fresh = random.chance(0.8) ? ACCOUNTS.filter(() => random.chance(some)).flatMap((account, i) => burst(random, account, day, `s${step}-${i}`)) : []
  const moved = random.chance(0.6)
    ? [random.pick(known), random.pick(known)].map((event) => ({
        ...event,
        occurred_at: new Date(Date.parse(event.occurred_at) + random.pick([-86_400_000, -3_600_000, 600_000, 200_000_000])).toISOString(),
      }))
    : []
  return { fresh, moved }
}

function emptyRegister(): LedgerRegister {
  let state: LedgerState = { state: 0, ledgers: {}, recorded_until: '', settings_hash: '' }
  let build = 0
  return {
    readLedgerState: () => Promise.resolve(state),
    nextLedgerBuild: () => Promise.resolve(++build),
    swapLedgerState: (next) => Promise.resolve(void (state = next)),
  }
}

const rowsOf = async (store: FactStore, state: LedgerState): Promise<string[]> =>
  (
    await Promise.all(
      [usageDayLedger, sessionLedger].map((ledger) =>
        store.read<object>(sql`SELECT ${param('String', ledger.id)} AS ledger, * FROM ${store.shardLocal(ledgerRows(ledger, state))}`),
      ),
    )
  )
    .flat()
    .map((row) => JSON.stringify(row))

interface Story {
  readonly seed: number
  /** Chance that an account uses the product on a day. */
  readonly often: number
  /** Share of the accounts that a later import has events of. */
  readonly some: number
}

/** Tells events in steps; after each, refreshed rows are compared with those of a rebuild. Says how many steps went by account days. */
async function tell(store: FactStore, settings: Settings, { seed, often, some }: Story): Promise<{ found: string[]; byDay: number }> {
  const random = randomOf(seed)
  const register = emptyRegister()
  const known = [
    ...ACCOUNTS.flatMap((account) =>
      Array.from({ length: DAYS }, (_, day) => (random.chance(often) ? burst(random, account, day, `${account}-${day}`) : [])).flat(),
    ),
    ...awake(),
  ]
  const found: string[] = []
  let byDay = 0
  for (let step = 0; step < 10; step++) {
    const recorded_at = new Date(Date.UTC(2024, 4, 1, step)).toISOString().replace('Z', '000Z')
    const undoes = step > 3 && random.chance(0.25)
    const import_id = String(undoes ? step - 1 : step)
    if (undoes) await store.insert('fact_undo', 'everywhere', [{ import_id, undone: 1, recorded_at }])
    else {
      const { fresh, moved } = step === 0 ? { fresh: known, moved: [] } : later(random, known, step, some)
      await loadFacts(store, usageEvent, fresh, { import_id, recorded_at, revises: 0 })
      await loadFacts(store, usageEvent, moved, { import_id, recorded_at, revises: 1 })
    }
    const changed = { imports: [import_id], facts: ['usage_event'] }
    const state = await refreshLedgers(store, register, settings, { changed, recordedUntil: recorded_at })
    const whole = await refreshLedgers(store, besideOf(register, state), settings, { recordedUntil: recorded_at })
    found.push(...differences(await rowsOf(store, state), await rowsOf(store, whole)).map((line) => `step ${step}: ${line}`))
    if (state.ledgers[usageDayLedger.id]?.delta === state.state && state.ledgers[sessionLedger.id]?.delta === state.state) byDay++
  }
  return { found, byDay }
}

describe('ledgers that follow facts by account days are what a rebuild comes to', () => {
  const stories = [
    { kind: 'private', session_gap_minutes: '30', seed: 1, often: 0.7, some: 0.3 },
    { kind: 'private', session_gap_minutes: '1440', seed: 2, often: 0.3, some: 0.2 },
    { kind: 'cluster', session_gap_minutes: '30', seed: 3, often: 0.7, some: 0.3 },
  ] as const
  it.each(stories.filter(({ kind }) => testEngineKinds.includes(kind)))(
    'on engines of kind $kind, where $session_gap_minutes minutes part sessions',
    { timeout: 300_000 },
    async ({ kind, session_gap_minutes, ...story }) => {
      const stores = await freshStores(kind)
      try {
        const store = await openFactStore(stores.facts)
        await createLedgerTables(store)
        const { found, byDay } = await tell(store, { ...defaultSettings, time_zone: 'America/New_York', session_gap_minutes }, story)
        expect(found.slice(0, 5)).toEqual([])
        expect(byDay).toBeGreaterThan(1)
      } finally {
        await stores.close()
      }
    },
  )
})
