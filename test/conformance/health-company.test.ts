import { describe, expect, test } from 'vitest'
import { accountHealth } from '../../src/health/account-health.ts'
import { DEFAULT_MODEL } from '../../src/health/default-model.ts'
import { decisionsOf, leadTime } from '../../src/health/decisions.ts'
import { delaysOf, isBeforeRecords, leadTimeLost } from '../../src/health/delay.ts'
import { groupBy } from '../../src/health/group.ts'
import { bandInPhase, phaseOf } from '../../src/health/likelihood.ts'
import { bandWithoutHold, migrationMatrix } from '../../src/health/rescoring.ts'
import { fleetFall, isGreenButFalling, pulseDisagrees, pulseOn, scoreAgainstMoney } from '../../src/health/lists.ts'
import { knownOn } from '../../src/health/known.ts'
import { movers } from '../../src/health/movers.ts'
import { normalise } from '../../src/health/normalise.ts'
import { nextDeadline, optOutCalendar } from '../../src/health/opt-out-calendar.ts'
import { rollUp } from '../../src/health/roll-up.ts'
import { healthTrend } from '../../src/health/trend.ts'
import { mrrOn } from '../../src/health/account-day.ts'
import { addDays, addMonths, daysBetween } from '../../src/kernel/period.ts'
import { knowFleet } from '../../src/signals/fleet-day.ts'
import type { ReplayedSignal } from '../../src/signals/replay.ts'
import { replay } from '../../src/signals/replay.ts'
import type { Warning } from '../../src/signals/report-card.ts'
import { reportCard, shareOf, worstTenth } from '../../src/signals/report-card.ts'
import { SIGNS, signById } from '../../src/signals/signs.ts'
import { verdictOf } from '../../src/signals/verdict.ts'
import { expectedHealth, readArrivals, readHealthCompany } from './health-company.ts'
import { rounded, shaped } from './health/example.ts'

const [FROM, LAST, HORIZON] = ['2024-01-01', '2025-06-30', 90]
const company = readHealthCompany()
const options = { from: FROM, until: LAST, model: DEFAULT_MODEL, signs: SIGNS }
const told = replay(company, options)
/** When all of it has been told. */
const later = knowFleet(company, addDays(LAST, 30))

type Shown = Record<string, unknown>
const keyOf = (row: Shown): string => [row.raised, row.account, row.kind].join(' ')
const byKey = (rows: readonly Shown[]) => rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
describe('the health company, day by day as it was told', () => {
  test('raises and closes these signals', () => {
    const expected = expectedHealth.signals as Shown[]
    const classed = told.signals.map((signal) => ({ ...signal, cls: signById(signal.kind)?.class }))
    expect(rounded(shaped(byKey(classed), byKey(expected)))).toEqual(rounded(byKey(expected)))
  })
  test('knows nothing of what is told later', () => {
    const until = '2024-04-30'
    const upTo = company.map((history) =>
      Object.fromEntries(
        Object.entries(history).map(([kind, rows]) => [kind, Array.isArray(rows) ? rows.filter(({ recorded_on }) => recorded_on <= until) : rows]),
      ),
    ) as unknown as typeof company
    const early = replay(upTo, { ...options, until })
    const asOfThen = told.signals
      .filter(({ raised }) => raised <= until)
      .map((signal) => (signal.closed !== null && signal.closed > until ? { ...signal, closed: null, why: null } : signal))
    expect(early.signals.map(({ ground_now, ...signal }) => signal)).toEqual(asOfThen.map(({ ground_now, ...signal }) => signal))
    for (const [day, accounts] of early.snapshots) expect(accounts).toEqual(told.snapshots.get(day))
  })

  test('holds the fleet', () => {
    expect(shaped(told.holds, expectedHealth.fleet_holds)).toEqual(expectedHealth.fleet_holds)
  })

  const days = Object.entries(expectedHealth.days as Record<string, { accounts: Record<string, Shown> } & Shown>)
  test.each(days)('%s', (day, expected) => {
    const known = knowFleet(company, day)
    const now = told.snapshots.get(day) ?? new Map()
    const falls = [...now].flatMap(([account, { score }]) => {
      const before = told.snapshots.get(addDays(day, -30))?.get(account)?.score ?? null
      return score === null || before === null ? [] : [before - score]
    })
    const fall = fleetFall(falls)
    const accounts = Object.fromEntries(
      [...now].map(([account, health]) => {
        const { facts } = known.accountDay(account, day)
        const weekly = Array.from({ length: 8 }, (_, i) => told.snapshots.get(addDays(day, 7 * (i - 7)))?.get(account)?.score ?? null)
        const before = told.snapshots.get(addDays(day, -30))?.get(account)
        const relearnt = before === undefined ? undefined : accountHealth(DEFAULT_MODEL, known.accountDay(account, addDays(day, -30)))
        const side = (each: typeof health) => ({ ...each, cap: each.binding })
        const moved = before === undefined || relearnt === undefined ? null : movers(side(before), side(relearnt), side(relearnt), side(health))
        const inputs = Object.fromEntries(
          DEFAULT_MODEL.families.map((family) => {
            const reading = health.readings[family.id]
            return [
              family.id,
              reading !== undefined && 'value' in reading && family.kind === 'input' ? { ...reading, s: normalise(family.scale, reading.value) } : reading,
            ]
          }),
        )
        return [
          account,
          {
            ...health,
            band_held: health.held,
            missing_families: [...health.missing_families].sort(),
            inputs,
            caps: health.caps.map(({ at_most, ...cap }: { at_most: number }) => ({ ...cap, value: at_most })),
            trend: healthTrend(weekly),
            arr: 12 * health.mrr,
            movers_30:
              moved === null || moved.lines === null
                ? null
                : {
                    before: moved.before,
                    after: moved.after,
                    lines: moved.lines
                      .filter(({ points }) => Math.abs(points) > 1e-9)
                      .map(({ of, id, why, points, step }) => ({ [of]: id, why, points, step })),
                  },
            green_but_falling: isGreenButFalling(health.band, health.score, before?.score ?? null, fall),
            next_deadline: nextDeadline(facts.contracts, day),
            decided: health.decided,
            as_of_now: accountHealth(DEFAULT_MODEL, later.accountDay(account, day)),
          },
        ]
      }),
    )
    expect(Object.keys(accounts).sort()).toEqual(Object.keys(expected.accounts).sort())
    expect(rounded(shaped(accounts, expected.accounts))).toEqual(rounded(expected.accounts))

    const rows = [...now].sort(([a], [b]) => (a < b ? -1 : 1))
    const bands = Object.fromEntries(
      ['red', 'amber', 'green', 'unknown'].map((band) => {
        const own = rows.filter(([, health]) => health.band === band)
        return [band, { accounts: own.length, arr: own.reduce((sum, [, { mrr }]) => sum + 12 * mrr, 0) }]
      }),
    )
    expect(bands).toEqual(expected.bands)
    const pulses = rows.flatMap(([account, { band }]) => {
      const pulse = pulseOn(knownOn(company.find((each) => each.account === account)?.pulses ?? [], day), day)
      const distance = pulseDisagrees(pulse, band)
      return distance === null ? [] : [{ account, pulse: pulse?.value, age: pulse?.age, band, distance }]
    })
    expect(pulses).toEqual(expected.pulse_disagrees)
    const money = rows.flatMap(([account, { band, mrr }]) => {
      const change = scoreAgainstMoney(band, mrr, mrrOn(known.accountDay(account, day).facts, addDays(day, -90)))
      return change === null ? [] : [{ account, band, change }]
    })
    expect(rounded(money)).toEqual(expected.score_against_money)
    const family = rows
      .filter(([account]) => ['H21', 'H22', 'H23'].includes(account))
      .map(([account, health]) => ({ ...health, account, arr: 12 * health.mrr }))
    expect(rounded({ H21: rollUp(family) })).toEqual(expected.parents)
  })

  test('has this opt-out calendar', () => {
    const calendars = expectedHealth.opt_out_calendar as Record<string, unknown>
    for (const [day, expected] of Object.entries(calendars)) {
      const known = knowFleet(company, day)
      expect(
        optOutCalendar(
          company.map(({ account }) => ({ account, contracts: known.accountDay(account, day).facts.contracts })),
          day,
        ),
      ).toEqual(expected)
    }
  })

  test('took these decisions', () => {
    const found = company.flatMap(({ account }) =>
      told.known.accountDay(account, LAST).facts.contracts.flatMap((contract) => decisionsOf(contract, LAST).map((decision) => ({ account, ...decision }))),
    )
    expect(shaped(found, expectedHealth.contract_decisions)).toEqual(expectedHealth.contract_decisions)
  })
})

const decisionAt = (account: string) => accountHealth(DEFAULT_MODEL, told.known.accountDay(account, LAST)).decided
const monthEnds = (first: string): string[] => {
  const days: string[] = []
  for (let month = first; addDays(month, HORIZON - 1) <= LAST; month = addMonths(month, 1)) days.push(addDays(month, -1))
  return days
}
const customersOn = (day: string) => [...(told.snapshots.get(day) ?? [])].filter(([, { decided }]) => decided === null)
const leaves = (account: string, day: string): boolean => {
  const decision = decisionAt(account)
  return decision !== null && decision.day > day && decision.day <= addDays(day, HORIZON)
}

describe('its record', () => {
  const card = expectedHealth.report_card
  const rated = company.map(({ account }) => account).filter((account) => (decisionAt(account)?.day ?? '') >= addDays(FROM, HORIZON))
  const rows = monthEnds('2024-02-01').flatMap((day) => customersOn(day).map(([account]) => leaves(account, day)))
  const base = { rows: rows.length, decided: rows.filter(Boolean).length, rate: rows.filter(Boolean).length / rows.length }

  test('base rate and decisions', () => {
    expect(base).toMatchObject({ rows: card.base_rate.rows, decided: card.base_rate.decided })
    expect(rated.length).toBe(card.decisions)
  })

  const warnings = told.signals
    .filter(({ kind }) => signById(kind)?.class === 'risk')
    .map((signal): Warning & { kind: string } => {
      const decision = decisionAt(signal.account)
      const verdict = verdictOf(
        {
          raised: signal.raised,
          is_late_data: signal.why === 'corrected' || !signal.ground_now,
          decision: decision?.day ?? null,
          deadline: decision?.deadline ?? null,
        },
        HORIZON,
        LAST,
      )
      return { ...signal, verdict, lead: verdict === 'hit' ? leadTime(signal.raised, decision) : null }
    })
  test.each(Object.entries(card.rules as Record<string, Shown>))('of %s', (kind, expected) => {
    const found = reportCard(kind === 'any' ? warnings : warnings.filter((warning) => warning.kind === kind), rated, base.rate)
    const shown = {
      ...found,
      ...found.verdicts,
      precision: found.precision.rate,
      precision_ci: found.precision.ci,
      recall: found.recall.rate,
      recall_ci: found.recall.ci,
    }
    expect(rounded(shaped(shown, expected))).toEqual(rounded(expected))
  })

  test('ARR in the worst tenth', () => {
    const found = monthEnds('2024-02-01').map((day) => {
      const scored = customersOn(day).flatMap(([account, { score, mrr }]) => (score === null ? [] : [{ account, score, arr: 12 * mrr }]))
      const worst = worstTenth(scored)
      const lost = scored.filter(({ account }) => leaves(account, day))
      const arr = (each: typeof scored) => each.reduce((sum, one) => sum + one.arr, 0)
      return {
        day,
        scored: scored.length,
        worst: worst.map(({ account }) => account).sort(),
        left: lost.map(({ account }) => account).sort(),
        lost: arr(lost),
        within: arr(lost.filter((one) => worst.includes(one))),
      }
    })
    const shown = found.filter(({ left }) => left.length > 0).map(({ day, scored, worst, left }) => ({ day, scored, worst, left }))
    expect(shown).toEqual(expectedHealth.worst_tenth.rows)
    expect(found.reduce((sum, { lost }) => sum + lost, 0)).toBe(expectedHealth.worst_tenth.arr_lost)
    expect(found.reduce((sum, { within }) => sum + within, 0)).toBe(expectedHealth.worst_tenth.arr_in_worst_tenth)
  })
})

describe('what may be', () => {
  test('the migration to another model', () => {
    const { day, cells } = expectedHealth.migration
    const known = knowFleet(company, day)
    const candidate = {
      ...DEFAULT_MODEL,
      id: 'support_first',
      families: DEFAULT_MODEL.families.map((family, i) => ({ ...family, weight: [20, 50, 20, 10][i] ?? 0 })),
    }
    const rows = [...(told.snapshots.get(day) ?? [])].map(([account, before]) => {
      const after = accountHealth(candidate, known.accountDay(account, day))
      return { before: bandWithoutHold(before.weighted, before, before.caps), after: bandWithoutHold(after.weighted, after, after.caps), arr: 12 * before.mrr }
    })
    expect(Object.fromEntries(migrationMatrix(rows).map(({ before, after, accounts, arr }) => [`${before}>${after}`, { accounts, arr }]))).toEqual(cells)
  })

  test('likelihoods of phases and bands', () => {
    const rows = monthEnds('2024-04-01').flatMap((day) => {
      const known = knowFleet(company, day)
      return customersOn(day).map(([account, { band }]) => ({
        band,
        phase: phaseOf(nextDeadline(known.accountDay(account, day).facts.contracts, day)?.days ?? null),
        decided: leaves(account, day),
      }))
    })
    const count = (each: readonly { decided: boolean }[]) => ({ decided: each.filter(({ decided }) => decided).length, n: each.length })
    const phases = [...groupBy(rows, ({ phase }) => phase)].map(([phase, own]) => {
      const bands = [...groupBy(own, ({ band }) => band)].map(([band, some]) => [band, { ...count(some), p: bandInPhase(count(own), count(some)) }])
      const { rate, ci } = shareOf(count(own).decided, own.length)
      return [phase, { ...count(own), rate, ci, bands: Object.fromEntries(bands) }]
    })
    expect(rounded({ rows: rows.length, phases: Object.fromEntries(phases) })).toEqual(expectedHealth.likelihood)
  })
})

describe('had every fact been known at once', () => {
  const ideal = replay(readHealthCompany(true), options)
  test('these signals would have been raised beside', () => {
    const known = new Set(told.signals.map((signal) => keyOf({ ...signal })))
    const beside = ideal.signals.map(({ account, kind, raised }) => ({ account, kind, raised })).filter((signal) => !known.has(keyOf(signal)))
    expect(byKey(beside)).toEqual(byKey(expectedHealth.signals_ideal))
  })

  test('so much lead time was lost', () => {
    const firstHit = (signals: readonly ReplayedSignal[], account: string, kind?: string): string | null => {
      const decision = decisionAt(account)
      const hits = signals.filter(
        (signal) =>
          signal.account === account &&
          (kind === undefined ? signById(signal.kind)?.class === 'risk' : signal.kind === kind) &&
          verdictOf(
            {
              raised: signal.raised,
              is_late_data: signal.why === 'corrected' || !signal.ground_now,
              decision: decision?.day ?? null,
              deadline: decision?.deadline ?? null,
            },
            HORIZON,
            LAST,
          ) === 'hit',
      )
      return hits.map(({ raised }) => raised).sort()[0] ?? null
    }
    const lostOf = (account: string, kind?: string) => {
      const [decision, raise] = [decisionAt(account), firstHit(ideal.signals, account, kind)]
      return decision === null || raise === null ? null : leadTimeLost(decision.deadline ?? decision.day, raise, firstHit(told.signals, account, kind))
    }
    const { rows, by_kind, possible, lost } = expectedHealth.lead_time_lost
    const found = company.flatMap(({ account }) => (lostOf(account) === null ? [] : [{ account, ...lostOf(account) }]))
    const kinds = company.flatMap(({ account }) =>
      SIGNS.flatMap(({ id, class: cls }) => (cls !== 'risk' || lostOf(account, id) === null ? [] : [{ account, kind: id, ...lostOf(account, id) }])),
    )
    expect(byKey(found)).toEqual(byKey(rows))
    expect(byKey(kinds)).toEqual(byKey(by_kind))
    expect(found.reduce((sum, row) => sum + (row.possible ?? 0), 0)).toBe(possible)
    expect(found.reduce((sum, row) => sum + (row.lost ?? 0), 0)).toBe(lost)
  })
})

/** The file of each kind, what tells its facts apart, and the column whose telling may be late. */
const ARRIVALS = {
  usage_events: [['account_id', 'user_id', 'occurred_at', 'event'], 'occurred_at'],
  invoices: [['invoice_id'], 'paid_on'],
  tickets: [['ticket_id'], 'created_at'],
  subscription_versions: [['subscription_id', 'effective_at'], 'effective_at'],
  contacts: [['contact_id', 'effective_at'], 'effective_at'],
} as const

test.each(Object.entries(ARRIVALS))('%s come so late', (file, [identity, effective]) => {
  const { facts, later_versions } = readArrivals(file, identity, effective)
  const first = facts.map(({ recorded_on }) => recorded_on).sort()[0] ?? ''
  const delays = delaysOf(
    facts.map(({ effective_on, recorded_on }) => ({ delay: daysBetween(effective_on, recorded_on), is_history: isBeforeRecords(effective_on, first) })),
  )
  const expected = expectedHealth.delay[file]
  expect(rounded(shaped({ ...delays, later_versions }, expected))).toEqual(expected)
})
