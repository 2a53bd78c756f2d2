import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestFacts } from '../../test/open-ingest.ts'
import type { OpenFacts } from '../../test/open-ingest.ts'
import { loadFacts } from '../../test/load-facts.ts'
import { randomOf } from '../../test/oracle/random.ts'
import type { FactStore } from '../facts/store.ts'
import { usageEvent } from '../facts/usage-event.ts'
import { defaultSettings } from '../kernel/settings.ts'
import { param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { ledgerRows, derivation } from './ledger.ts'
import { sessionsOf } from './session-ledger.ts'
import { accountRuns } from './account-runs.ts'
import { usageDays } from './usage-day-ledger.ts'
import { eventsOfUse } from './use-events.ts'

const settings = { ...defaultSettings, time_zone: 'America/New_York' }
const RECORDED = '2024-04-01T12:00:00.000000Z'
const DAYS = ['2024-03-09', '2024-03-10', '2024-03-12']

/** Bursts of many lengths, over midnight and over the change of clocks on 10 March. */
function randomEvents(): Record<string, string>[] {
  const random = randomOf(11)
  return ['a', 'b'].flatMap((account_id) =>
    ['u', 'v'].flatMap((user_id) =>
      Array.from({ length: 60 }, (_, burst) => {
        let at = Date.UTC(2024, 2, random.int(7, 14), random.int(0, 23), random.int(0, 59))
        return Array.from({ length: random.int(1, 7) }, (__, i) => {
          at += random.pick([60_000, 900_000, 1_800_000, 1_800_001, 4_000_000])
          return {
            event_id: `${account_id}${user_id}${burst}-${i}`,
            account_id,
            user_id,
            event: 'open',
            feature: random.pick(['f', 'g']),
            occurred_at: new Date(at).toISOString(),
          }
        })
      }).flat(),
    ),
  )
}

describe('ledgers of product use', () => {
  let stores: OpenFacts
  let store: FactStore
  let events: Sql
  beforeAll(async () => {
    stores = await openTestFacts('private')
    store = stores.facts
    const late = ['2024-04-02T12:00:00.000Z', '2024-04-02T12:00:00.001Z'].map((occurred_at) => ({
      account_id: 'late',
      user_id: 'u',
      event: 'open',
      occurred_at,
    }))
    await loadFacts(store, usageEvent, [...randomEvents(), ...late, { ...late[0], user_id: 'bot', is_internal: 'true' }], {
      import_id: 'one',
      recorded_at: RECORDED,
    })
    events = eventsOfUse(derivation(store, settings, { until: '2024-08-01', made: (ledger) => ledgerRows(ledger, { ledgers: {} }) }))
  })
  afterAll(() => stores.close())

  const read = (query: Sql): Promise<Record<string, unknown>[]> => store.read(sql`SELECT * FROM (${query}) ORDER BY ALL`)
  const on = (column: Sql, days: readonly string[]): Sql => sql`${column} IN ${param('Array(Date32)', days)}`

  it('leave out what is dated more than a day after it was recorded, and bots', async () => {
    const rows = await read(sql`SELECT user_id, occurred_at FROM (${events}) WHERE account_id = 'late'`)
    expect(rows).toEqual([{ user_id: 'u', occurred_at: expect.stringMatching(/^2024-04-02.12:00:00.000/) }])
  })

  it('derive some days from the events of these days alone', async () => {
    const whole = await read(sql`SELECT * FROM (${usageDays(events, settings)}) WHERE ${on(sql`day`, DAYS)}`)
    const some = await read(usageDays(sql`SELECT * FROM (${events}) WHERE ${on(sql`day`, DAYS)}`, settings))
    expect(whole.length).toBeGreaterThan(10)
    expect(some).toEqual(whole)
    const [sums] = await read(
      sql`SELECT toString(sum(events)) AS events, toString(sum(opens_user)) AS user_days, toString(sum(opens_account)) AS days
        FROM (${usageDays(events, settings)})`,
    )
    const [counted] = await read(
      sql`SELECT toString(count()) AS events, toString(uniqExact(account_id, user_id, day)) AS user_days, toString(uniqExact(account_id, day)) AS days
        FROM (${events})`,
    )
    expect(sums).toEqual(counted)
  })

  it('come out the same a run of accounts at a time', async () => {
    const runs = await accountRuns(store, usageEvent, 150)
    expect(runs.length).toBeGreaterThan(2)
    const derived = (where: Sql | undefined): Sql =>
      sessionsOf(eventsOfUse(derivation(store, settings, { where, until: '2024-08-01', made: (ledger) => ledgerRows(ledger, { ledgers: {} }) })), settings)
    const parts = (await Promise.all(runs.map((where) => read(derived(where))))).filter((rows) => rows.length > 0)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.flat()).toEqual(await read(derived(undefined)))
  })

  it('derive the sessions of some days from the events of these and of the days they reach into', async () => {
    const around = ['2024-03-08', '2024-03-09', '2024-03-10', '2024-03-11', '2024-03-12', '2024-03-13']
    const whole = await read(sql`SELECT * FROM (${sessionsOf(events, settings)}) WHERE ${on(sql`started_on`, DAYS)}`)
    const some = await read(
      sql`SELECT * FROM (${sessionsOf(sql`SELECT * FROM (${events}) WHERE ${on(sql`day`, around)}`, settings)}) WHERE ${on(sql`started_on`, DAYS)}`,
    )
    expect(whole.length).toBeGreaterThan(10)
    expect(some).toEqual(whole)
  })

  it('keep the sessions of a user apart: none overlaps another, together no longer than from first to last (I20)', async () => {
    const sessions = await read(sql`SELECT account_id, user_id, toUnixTimestamp64Milli(started_at) AS at, milliseconds FROM (${sessionsOf(events, settings)})`)
    const last = new Map<string, number>()
    for (const row of sessions) {
      const [user, at] = [`${String(row['account_id'])} ${String(row['user_id'])}`, Number(row['at'])]
      expect(at - (last.get(user) ?? -Infinity)).toBeGreaterThan(30 * 60_000)
      last.set(user, at + Number(row['milliseconds']))
    }
    expect(sessions.length).toBeGreaterThan(100)
  })
})
