import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDecisions } from '../../src/health/account-decision.ts'
import { DEFAULT_MODEL } from '../../src/health/default-model.ts'
import { readSnapshots } from '../../src/health/snapshot.ts'
import { fixedClock } from '../../src/kernel/clock.ts'
import { uuidv7 } from '../../src/kernel/ids.ts'
import { defaultSettings } from '../../src/kernel/settings.ts'
import { keepReplays } from '../../src/signals/keep-replays.ts'
import type { ReplayKeeperNeeds } from '../../src/signals/keep-replays.ts'
import { replay } from '../../src/signals/replay.ts'
import { SIGNS } from '../../src/signals/signs.ts'
import { replaysIn } from '../../src/workspace/replays.ts'
import { testEngineKinds } from '../engines/engines.ts'
import { openTestStores } from '../open-ingest.ts'
import type { OpenStores } from '../open-ingest.ts'
import { readHealthCompany } from './health-company.ts'

const company = readHealthCompany()
const [FIRST, LAST] = ['2024-01-01', '2024-11-30']

const needsOf = ({ facts, workspace }: OpenStores, isFirst = false): ReplayKeeperNeeds => ({
  store: facts,
  register: replaysIn(workspace.db),
  settings: async () => defaultSettings,
  model: DEFAULT_MODEL,
  signs: SIGNS,
  clock: fixedClock('2024-12-01T08:00:00Z'),
  newId: () => uuidv7(new Date()),
  histories: company,
  isFirstDay: async () => isFirst,
  recordedUntil: async () => '2024-12-01T07:00:00Z',
  onSaid: () => undefined,
  ifFree: (work) => workspace.locks.ifFree('replay', work),
})

describe.each(testEngineKinds)('the past replayed on %s', (kind) => {
  let stores: OpenStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
    await keepReplays(needsOf(stores)).runDue()
  }, 300_000)
  afterAll(() => stores.close())

  test('as it was known: the signals, snapshots and decisions of the days themselves', async () => {
    const wanted = new Map<string, number>()
    const told = await replay(company, {
      from: FIRST,
      until: LAST,
      model: DEFAULT_MODEL,
      signs: SIGNS,
      onReport: (reported) => reported.forEach(({ on: { day } }) => wanted.set(day, (wanted.get(day) ?? 0) + 1)),
    })
    const found = await keepReplays(needsOf(stores)).read('as_known')
    expect(found).toMatchObject({ mode: 'as_known', from: FIRST, until: LAST, accounts: company.length })
    expect(found?.weeks.reduce((sum, { raised }) => sum + raised, 0)).toBe(told.signals.length)
    const counts = new Map<string, number>()
    for await (const chunk of readSnapshots(stores.facts, { mode: 'as_known', from: FIRST, until: LAST }))
      for (const { day } of chunk) counts.set(day, (counts.get(day) ?? 0) + 1)
    expect(counts).toEqual(wanted)
    const decisions = await readDecisions(stores.facts, 'as_known')
    expect(decisions.length).toBe(told.decisions.length)
  })

  test('says of every kind how good it was, or that there is not enough to know', async () => {
    const { kinds = [], rated } = (await keepReplays(needsOf(stores)).read('as_known')) ?? {}
    expect(kinds.map(({ kind: of }) => of)).toEqual(['any', ...SIGNS.filter((sign) => sign.class === 'risk').map(({ id }) => id)])
    expect(rated).toBeGreaterThan(0)
    for (const card of kinds) {
      expect(Object.values(card.verdicts).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(card.matured)
      expect(card.enough).toBe(card.not_enough === null)
    }
  })

  test('as if connected is kept apart, and neither is done twice in a week', async () => {
    const keeper = keepReplays(needsOf(stores))
    expect((await keeper.read('as_if_connected'))?.mode).toBe('as_if_connected')
    const before = await replaysIn(stores.workspace.db).readLast('as_if_connected')
    await keeper.runDue()
    expect(await replaysIn(stores.workspace.db).readLast('as_if_connected')).toEqual(before)
  })

  test('ends where somebody cancels it, and what was known before stays to be read', async () => {
    const needs = needsOf(stores)
    const keeper = keepReplays({ ...needs, newId: () => 'canceled' })
    const running = keeper.start('as_known')
    await expect.poll(() => keeper.cancel('as_known'), { timeout: 30_000 }).toBe(true)
    await expect(running).rejects.toMatchObject({ code: 'replay_canceled' })
    expect((await needs.register.readLast('as_known'))?.state).toBe('canceled')
    expect((await keeper.read('as_known'))?.mode).toBe('as_known')
  })
})
