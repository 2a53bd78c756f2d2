import { describe, expect, test } from 'vitest'
import type { FactStore, LedgerState } from '../../src/facts/store.ts'
import { accountHealth } from '../../src/health/account-health.ts'
import { inForce } from '../../src/health/contracts.ts'
import { DEFAULT_MODEL } from '../../src/health/default-model.ts'
import type { AccountHistory } from '../../src/health/history.ts'
import { phaseOf } from '../../src/health/likelihood.ts'
import { nextDeadline } from '../../src/health/opt-out-calendar.ts'
import { readHistories } from '../../src/health/read/read-histories.ts'
import { judge } from '../../src/health/standing/judge.ts'
import { readNames, readWhoCounts } from '../../src/health/standing/read-accounts.ts'
import { readFleet } from '../../src/health/standing/read-fleet.ts'
import { readRaw } from '../../src/health/standing/read-raw.ts'
import { USUAL_MODELS } from '../../src/health/models.ts'
import { readStanding } from '../../src/health/standing/read-standing.ts'
import type { KeptStanding } from '../../src/health/standing/read-standing.ts'
import { defaultSettings } from '../../src/kernel/settings.ts'
import { refreshLedgers } from '../../src/ledgers/refresh.ts'
import type { LedgerRegister } from '../../src/ledgers/refresh.ts'
import { openBook } from '../../src/metrics/ask/book.ts'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { WHOLE_COMPANY } from '../../src/metrics/kit/asker.ts'
import type { Book } from '../../src/metrics/kit/book.ts'
import { knowFleet } from '../../src/signals/fleet-day.ts'
import { layoutKinds } from '../engines/engines.ts'
import { FIRST_SEED, sizeOf } from '../engines/size.ts'
import { openEngine } from '../invariants/engine.ts'
import { openTestFacts } from '../open-ingest.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { loadHealthCompany } from './load-health-company.ts'

const NOTHING_BUILT: LedgerState = { state: 0, ledgers: {}, recorded_until: '1970-01-01T00:00:00Z', settings_hash: '' }

function registerInMemory(): LedgerRegister {
  let [state, builds] = [NOTHING_BUILT, 0]
  return {
    readLedgerState: async () => state,
    nextLedgerBuild: async () => ++builds,
    swapLedgerState: async (next) => void (state = next),
  }
}

interface At {
  readonly day: string
  readonly known_by: string
  readonly until: string
}

/** What is said of each customer, by the columns of all of them at once. */
async function standing(book: Book, { day, known_by, until }: At) {
  const frame = { book, day, known_by, until, only: null }
  const accounts = await readWhoCounts(frame)
  const fleet = await readFleet(frame, accounts)
  await readNames(frame, accounts)
  await readRaw(frame, accounts, fleet)
  const judging = { day, fleet, circumstances: { grace: Number(book.settings.renewal_grace_days) }, chances: null, metricsOf: () => ({}) }
  const rows = [...accounts.byId.values()].map((raw) => judge(raw, judging, DEFAULT_MODEL)).filter(({ is_customer }) => is_customer)
  const shown = rows.map(
    ({ account_id, score, weighted, coverage, confidence, low, band, caps, inputs, seats, decided_on, next_deadline, deadline_arr, phase }) => [
      account_id,
      { score, weighted, coverage, confidence, low, band, caps, inputs, seats, decided_on, next_deadline, deadline_arr, phase },
    ],
  )
  return Object.fromEntries(shown) as Record<string, object>
}

/** The same by the rules, account by account from its history. */
async function byHistories(store: FactStore, { settings }: Book, { day, known_by, until }: At) {
  const histories: AccountHistory[] = []
  for await (const chunk of readHistories(store, settings, { until })) histories.push(...chunk)
  const fleet = knowFleet(histories, known_by)
  const circumstances = { grace: Number(settings.renewal_grace_days) }
  const shown = histories.flatMap(({ account }) => {
    const on = { ...fleet.accountDay(account, day), circumstances }
    const { score, weighted, coverage, confidence, low, band, caps, readings, mrr, decided } = accountHealth(DEFAULT_MODEL, on)
    if (mrr === 0) return []
    const { contracts } = on.facts
    const next = nextDeadline(contracts, day, circumstances)
    const seats = contracts.reduce((sum, contract) => sum + (inForce(contract, day)?.seats ?? 0), 0)
    const money = { next_deadline: next?.deadline ?? null, deadline_arr: next?.arr ?? 0 }
    const phase = decided === null ? phaseOf(next?.days ?? null) : null
    return [[account, { score, weighted, coverage, confidence, low, band, caps, inputs: readings, seats, decided_on: decided?.day ?? null, ...money, phase }]]
  })
  return Object.fromEntries(shown) as Record<string, object>
}

const rounded = (of: unknown): unknown =>
  JSON.parse(JSON.stringify(of, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e9) / 1e9 : value)))

const RANDOM_DAYS = ['2023-12-31', '2024-05-20', '2024-12-15']
/** When the last of it was told, by a source that comes late. */
const LAST_TOLD = '2025-07-12'
const CHANGED = ['subscription_version', 'usage_event', 'ticket', 'invoice', 'survey_response', 'contact', 'touchpoint']
const GOLDEN_DAYS = ['2024-06-30', '2025-03-31', '2025-06-30', LAST_TOLD]

describe.each(layoutKinds)('all accounts at once on %s', (kind) => {
  test('the health company stands as its histories say, on the day itself and with what was learnt later', async () => {
    const { facts: store, close } = await openTestFacts(kind)
    try {
      await loadHealthCompany({ facts: store })
      const until = '2025-07-13T00:00:00Z'
      const state = await refreshLedgers(store, registerInMemory(), defaultSettings, { recordedUntil: until })
      const book = await openBook(store, state, {
        asker: WHOLE_COMPANY,
        settings: defaultSettings,
        catalogue: BUILT_IN,
        now: new Date(`${LAST_TOLD}T12:00:00Z`),
      })
      for (const day of GOLDEN_DAYS) {
        const at = { day, known_by: LAST_TOLD, until }
        const found = rounded(await standing(book, at))
        expect(Object.keys(found as object).length).toBeGreaterThan(25)
        expect(found).toEqual(rounded(await byHistories(store, book, at)))
      }
    } finally {
      await close()
    }
  })

  test('after some accounts changed only these are read again, and all stand as if all were', async () => {
    const { facts: store, close } = await openTestFacts(kind)
    try {
      const [register, later] = [registerInMemory(), ['H05', 'H11', 'H20', 'H37']]
      const isLater = (row: Readonly<Record<string, string>>, at: string): boolean => later.includes(row.account_id ?? '') && at > '2025-05-01'
      const [said, until] = ['2025-07-12T12:00:00Z', '2025-07-13T00:00:00Z']
      const stand = async (state: LedgerState, recorded_until: string, kept: KeptStanding | null) => {
        const now = new Date(`${LAST_TOLD}T12:00:00Z`)
        const book = await openBook(store, state, { asker: WHOLE_COMPANY, settings: defaultSettings, catalogue: BUILT_IN, now })
        const open = { book, state, key: String(state.state), freshness: { recorded_until, state: state.state } }
        return readStanding({ open, models: USUAL_MODELS, key: open.key, factsChangedSince: async () => CHANGED }, kept)
      }
      await loadHealthCompany({ facts: store }, { import_id: 'first', holds: (row, at) => !isLater(row, at) })
      const first = await stand(await refreshLedgers(store, register, defaultSettings, { recordedUntil: said }), said, null)
      await loadHealthCompany({ facts: store }, { import_id: 'later', holds: isLater, at: '2025-07-12 20:00:00' })
      const changed = { imports: ['later'], facts: CHANGED }
      const state = await refreshLedgers(store, register, defaultSettings, { recordedUntil: until, changed })
      const [again, whole] = [await stand(state, until, first), await stand(state, until, null)]
      expect(again.standing.rows).toEqual(whole.standing.rows)
      const [before, now] = [first.standing.rows, again.standing.rows]
      expect(
        [...now]
          .filter(([account, row]) => before.get(account) !== row)
          .map(([account]) => account)
          .sort(),
      ).toEqual(later)
      expect(later.map((account) => before.get(account)?.inputs)).not.toEqual(later.map((account) => now.get(account)?.inputs))
    } finally {
      await close()
    }
  })

  test.each(Array.from({ length: sizeOf('STANDING', 3, 40) }, (_, i) => FIRST_SEED + i))('random company %i stands as its histories say', async (seed) => {
    const engine = await openEngine(kind)
    try {
      const { company, settings } = randomCompany(seed, { oneCurrency: true, settings: { usage_in_mrr: 'none' } })
      const book = await engine.book(company, settings)
      for (const day of RANDOM_DAYS) {
        const at = { day, known_by: '2031-01-01', until: '2031-01-01T00:00:00Z' }
        expect(rounded(await standing(book, at))).toEqual(rounded(await byHistories(engine.store, book, at)))
      }
    } finally {
      await engine.close()
    }
  })
})
