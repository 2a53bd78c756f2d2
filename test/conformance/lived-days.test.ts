import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Books } from '../../src/books/books.ts'
import { DEFAULT_MODEL } from '../../src/health/default-model.ts'
import { readDecisions } from '../../src/health/account-decision.ts'
import { readSnapshots } from '../../src/health/snapshot.ts'
import type { Snapshot } from '../../src/health/snapshot.ts'
import { fixedClock } from '../../src/kernel/clock.ts'
import { defaultSettings } from '../../src/kernel/settings.ts'
import { addDays } from '../../src/kernel/period.ts'
import type { Closing, DayRegister } from '../../src/signals/close-days.ts'
import { closeDay, closeDays, daysToClose, openToday } from '../../src/signals/close-days.ts'
import { replay } from '../../src/signals/replay.ts'
import type { Histories, Reported } from '../../src/signals/ports.ts'
import { readRecords } from '../../src/signals/read-records.ts'
import { SIGNS, signById } from '../../src/signals/signs.ts'
import { healthDay } from '../../src/stores/schema/health-days.ts'
import { signal } from '../../src/stores/schema/signals.ts'
import { signalDeskIn } from '../../src/workspace/signal-desk.ts'
import { livedDaysIn } from '../../src/workspace/lived-days.ts'
import { testEngineKinds } from '../engines/engines.ts'
import { mortal } from '../mortal.ts'
import { openTestStores } from '../open-ingest.ts'
import type { OpenStores } from '../open-ingest.ts'
import { readHealthCompany } from './health-company.ts'

const [FIRST, LAST] = ['2024-07-01', '2024-09-28']
const company = readHealthCompany()

/** Days on which the run is killed, and where: at the snapshots of one chunk of accounts, or at the record of the day. */
const KILLS: readonly (readonly [day: string, at: number | 'record', moment: 'before' | 'after'])[] = [
  ['2024-07-02', 0, 'after'],
  ['2024-07-24', 1, 'before'],
  ['2024-08-26', 2, 'after'],
  ['2024-09-02', 'record', 'before'],
  ['2024-09-08', 'record', 'after'],
]

/** The company in chunks of a few accounts. */
const inChunks: Histories = {
  async *read(_, only) {
    const asked = only === undefined ? company : company.filter(({ account }) => only.includes(account))
    for (let at = 0; at < asked.length; at += 15) yield asked.slice(at, at + 15)
  },
}

function closingOn({ facts, workspace }: OpenStores, day: string): Closing & { readonly register: DayRegister } {
  const clock = fixedClock(`${addDays(day, 1)}T06:00:00Z`)
  return {
    store: facts,
    register: livedDaysIn(workspace, clock),
    settings: async () => defaultSettings,
    scoringOn: async () => ({ modelOf: () => DEFAULT_MODEL }),
    signs: SIGNS,
    clock,
    settled: async () => undefined,
    historiesAt: async () => inChunks,
  }
}

/** The same, dying where it is said. */
function dying(closing: Closing, at: number | 'record', moment: 'before' | 'after'): Closing {
  const { step } = mortal(at === 'record' ? 0 : at, moment)
  return {
    ...closing,
    store: { ...closing.store, insert: (...insert) => step(() => closing.store.insert(...insert), at !== 'record' && insert[0] === 'health_snapshot') },
    register: { ...closing.register, close: (day) => step(() => closing.register.close(day), at === 'record') },
  }
}

const rounded = (rows: readonly unknown[]): unknown =>
  JSON.parse(JSON.stringify(rows), (_, value) => (typeof value === 'number' ? Number(value.toFixed(9)) : value))

describe.each(testEngineKinds)('days that are lived on %s', (kind) => {
  let stores: OpenStores
  const reported: Reported[] = []
  let told: Awaited<ReturnType<typeof replay>>
  beforeAll(async () => {
    stores = await openTestStores(kind)
    told = await replay(company, {
      from: FIRST,
      until: LAST,
      model: DEFAULT_MODEL,
      signs: SIGNS,
      onReport: (some) => void reported.push(...some),
    })
    for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
      const closing = closingOn(stores, day)
      const kill = KILLS.find(([on]) => on === day)
      if (kill !== undefined) await expect(closeDay(dying(closing, kill[1], kill[2]), day)).rejects.toThrow('killed')
      await closeDay(closing, day)
    }
  }, 300_000)
  afterAll(() => stores.close())

  test('raise and end the signals of the same days in memory, killed or not', async () => {
    const rows = await stores.workspace.db.select().from(signal)
    const stored = rows.map(({ account_id, kind: of, raised_on, closed_on, close_reason, evidence, sentence, is_held, ground_now }) => [
      account_id,
      of,
      raised_on,
      closed_on,
      close_reason,
      evidence,
      sentence,
      is_held,
      ground_now,
    ])
    const wanted = told.signals.map(({ account, kind: of, raised, closed, why, evidence, sentence, held, ground_now }) => [
      account,
      of,
      raised,
      closed,
      why,
      evidence,
      sentence,
      held,
      ground_now,
    ])
    expect(wanted.length).toBeGreaterThan(20)
    expect(wanted.filter(([, , , , why, , , , ground]) => ground === false && why !== 'corrected')).toHaveLength(1)
    expect(rounded(stored.sort())).toEqual(rounded(wanted.sort()))
  })

  test('say of customers what was said in memory', async () => {
    const stored: Snapshot[] = []
    for await (const chunk of readSnapshots(stores.facts, { from: FIRST, until: LAST })) stored.push(...chunk)
    const short = ({ account_id, day, weighted, score, band, held, own_band, is_held }: Snapshot) => [
      day,
      account_id,
      weighted,
      score,
      band,
      held,
      own_band,
      is_held,
    ]
    const wanted = reported
      .map(({ on, health, is_held }) => short({ ...health, account_id: on.facts.account, day: on.day, is_held } as unknown as Snapshot))
      .sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1))
    expect(rounded(stored.map(short))).toEqual(rounded(wanted))
  })

  test('know decisions from the day on which they were told', async () => {
    expect(await readDecisions(stores.facts, 'lived')).toEqual(
      told.decisions.toSorted((a, b) => (`${a.account_id} ${a.decided_on} ${a.contract_id}` < `${b.account_id} ${b.decided_on} ${b.contract_id}` ? -1 : 1)),
    )
  })

  test('say how good their signals were, of every kind', async () => {
    const sources = { books: { store: stores.facts } as Books, ...signalDeskIn(stores.workspace) }
    const [lived, ...others] = await readRecords(sources, { read: async () => null })
    expect(others).toEqual([])
    expect(lived).toMatchObject({ mode: 'lived', from: FIRST, until: LAST })
    const any = lived?.kinds.find(({ kind: of }) => of === 'any')
    const risks = told.signals.filter(({ kind: of }) => signById(of)?.class === 'risk')
    expect(Object.values(any?.verdicts ?? {}).reduce((sum, n) => sum + n, 0)).toBe(risks.length)
    expect(any?.verdicts.late_data).toBe(risks.filter(({ ground_now }) => !ground_now).length)
    expect(any?.not_enough).toMatch('not enough churn to know')
  })

  test('are closed once, by whichever process is first', async () => {
    const day = addDays(LAST, 1)
    const closings = [closingOn(stores, day), closingOn(stores, day)]
    const written = await Promise.all(closings.map((closing) => closeDay(closing, day)))
    expect(written.sort()).toEqual([false, true])
    const days = await stores.workspace.db.select().from(healthDay)
    expect(days.map((each) => each.day).sort()).toEqual(Array.from({ length: 91 }, (_, i) => addDays(FIRST, i)))
    expect(await daysToClose(closingOn(stores, day))).toEqual([])
    expect(await closeDays(closingOn(stores, addDays(day, 2)))).toBe(2)
  })
})

describe.each(testEngineKinds)('the first day on %s', (kind) => {
  test('says what holds now, and nothing of days before it', async () => {
    const stores = await openTestStores(kind)
    try {
      const [yesterday, today] = ['2025-05-19', '2025-05-20']
      const closing = closingOn(stores, yesterday)
      expect(await daysToClose(closing)).toEqual([])
      await openToday(closing)
      await openToday(closing)
      const raised = await stores.workspace.db.select().from(signal)
      expect(raised.length).toBeGreaterThan(5)
      expect(new Set(raised.map(({ raised_on }) => raised_on))).toEqual(new Set([today]))
      expect(new Set(raised.map(({ known_until }) => new Date(known_until).toISOString()))).toEqual(new Set([`${today}T06:00:00.000Z`]))
      expect(await stores.workspace.db.select().from(healthDay)).toEqual([])
    } finally {
      await stores.close()
    }
  })
})

describe.each(testEngineKinds)('a day on which the whole fleet moves on %s', (kind) => {
  test('is held until somebody says that it was real', async () => {
    const stores = await openTestStores(kind)
    try {
      const [before, held] = ['2025-05-19', '2025-05-20']
      for (let day = addDays(held, -8); day <= held; day = addDays(day, 1)) await closeDay(closingOn(stores, day), day)
      const { db } = stores.workspace
      const rows = await db.select().from(healthDay).where(eq(healthDay.is_held, true))
      expect(rows).toMatchObject([{ day: held, against: before, compared: 29, up: 0, down: 9 }])
      expect(rows[0]?.moved?.[0]).toMatchObject({ input: 'support' })
      const { heldSince } = closingOn(stores, held).register
      expect(await heldSince(before)).toEqual(new Set([held]))
      await db.update(healthDay).set({ answer: 'real' })
      expect(await heldSince(before)).toEqual(new Set())
    } finally {
      await stores.close()
    }
  })
})
