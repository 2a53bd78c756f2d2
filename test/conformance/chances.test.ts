import { describe, expect, test } from 'vitest'
import { appendDecisions } from '../../src/health/account-decision.ts'
import type { AccountHealth } from '../../src/health/account-health.ts'
import { readChances } from '../../src/health/chances.ts'
import { chanceOf, phaseOf } from '../../src/health/likelihood.ts'
import { nextDeadline } from '../../src/health/opt-out-calendar.ts'
import { appendSnapshots } from '../../src/health/snapshot.ts'
import type { Snapshot, SnapshotMode } from '../../src/health/snapshot.ts'
import { layoutKinds } from '../engines/engines.ts'
import { liveCompany, monthEnds } from '../golden/health/lived.ts'
import { openTestFacts } from '../open-ingest.ts'
import { expectedHealth, readHealthCompany, readParents } from './health-company.ts'

const { time_zone: zone, reporting_currency: currency } = expectedHealth.settings
const lived = await liveCompany({ histories: readHealthCompany(), ideal: readHealthCompany(true), parents: readParents(), zone, currency }, expectedHealth)

function snapshotOf(account_id: string, day: string, { band, decided, held, score, weighted, coverage, confidence, low }: AccountHealth): Snapshot {
  const { facts, circumstances } = lived.known(day).accountDay(account_id, day)
  const phase = decided === null ? phaseOf(nextDeadline(facts.contracts, day, circumstances)?.days ?? null) : null
  const said = { account_id, day, band, held, score, weighted, coverage, confidence, low, phase, decided_on: decided?.day ?? null }
  const rest = { own_band: band, own_cap: false, arr: 0, next_deadline: null, deadline_arr: 0, is_held: false, inputs: [], caps: [] }
  return { ...said, ...rest, mode: 'lived', model: 'default@1', known_until: `${day}T23:59:59.000000Z` }
}

const days = [lived.from, ...monthEnds(lived, 0), lived.last]
const snapshots = days.flatMap((day) => [...(lived.told.snapshots.get(day) ?? [])].map(([account, health]) => snapshotOf(account, day, health)))
const decisions = lived.accounts.flatMap((account_id) => {
  const decision = lived.decisionOf(account_id)
  if (decision === null) return []
  const { contract: contract_id, day: decided_on, source, deadline } = decision
  return [{ account_id, contract_id, decided_on, known_on: decided_on, source, deadline, arr: 0, is_whole: true, taken_back_on: null }]
})

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e6) / 1e6)

describe.each(layoutKinds)('chances on %s', (kind) => {
  test('are those of the health company, lived ones before those that might have been', async () => {
    const { facts: store, close } = await openTestFacts(kind)
    try {
      const write = async (mode: SnapshotMode, some: readonly Snapshot[]): Promise<void> => {
        await appendSnapshots(
          store,
          some.map((each) => ({ ...each, mode })),
        )
        await appendDecisions(store, mode, decisions, '2025-07-01T00:00:00Z')
      }
      expect(await readChances(store, ['default@1'])).toBeNull()
      // What might have been is all known for the best.
      await write(
        'as_if_connected',
        snapshots.map((each) => (each.phase === null ? each : { ...each, band: 'green', phase: 'later' as const })),
      )
      const might = await readChances(store, ['default@1'])
      expect(might).toMatchObject({ mode: 'as_if_connected' })
      expect([...(might?.phases.keys() ?? [])]).toEqual(['later'])
      await write('lived', snapshots)
      const found = await readChances(store, ['default@1'])
      expect(found?.mode).toBe('lived')
      const shown = [...(found?.phases ?? [])].map(([phase, { decided, n, rate, interval, bands }]) => {
        const byBand = [...bands].map(([band, each]) => [band, { ...each, p: rounded(found === null ? null : chanceOf(found, phase, band)) }])
        return [phase, { decided, n, rate: rounded(rate), ci: interval?.map(rounded), bands: Object.fromEntries(byBand) }]
      })
      expect(Object.fromEntries(shown)).toEqual(expectedHealth.likelihood.phases)
    } finally {
      await close()
    }
  })
})
