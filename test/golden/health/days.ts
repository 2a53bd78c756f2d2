import { mrrOn } from '../../../src/health/account-day.ts'
import type { AccountHealth } from '../../../src/health/account-health.ts'
import { accountHealth } from '../../../src/health/account-health.ts'
import { DEFAULT_MODEL } from '../../../src/health/default-model.ts'
import { knownOn } from '../../../src/health/known.ts'
import { fleetFall, isGreenButFalling, pulseDisagrees, pulseOn, scoreAgainstMoney } from '../../../src/health/lists.ts'
import { inputsOf } from '../../../src/health/model.ts'
import { movers } from '../../../src/health/movers.ts'
import { normalise } from '../../../src/health/normalise.ts'
import { nextDeadline } from '../../../src/health/opt-out-calendar.ts'
import { rollUp } from '../../../src/health/roll-up.ts'
import { healthTrend } from '../../../src/health/trend.ts'
import type { Day } from '../../../src/kernel/period.ts'
import { addDays } from '../../../src/kernel/period.ts'
import { exactly } from './compare.ts'
import type { Lived } from './lived.ts'

const MONTH = 30

/** The inputs with what they come to on 0 to 100. */
const inputsShown = (health: AccountHealth) =>
  exactly(
    Object.fromEntries(
      inputsOf(DEFAULT_MODEL.families).map(({ id, scale }) => {
        const reading = health.readings[id]
        if (reading === undefined) return [id, undefined]
        return [
          id,
          'value' in reading
            ? exactly({ value: reading.value, s: normalise(scale, reading.value), age: reading.age, n: reading.n })
            : exactly({ missing: reading.missing }),
        ]
      }),
    ),
  )

/** What moved the score in thirty days, in points, told apart by what was learnt and what happened. */
function moversShown({ told, known }: Lived, account: string, day: Day, health: AccountHealth) {
  const before = told.snapshots.get(addDays(day, -MONTH))?.get(account)
  if (before === undefined) return null
  const relearnt = accountHealth(DEFAULT_MODEL, known(day).accountDay(account, addDays(day, -MONTH)))
  const side = (each: AccountHealth) => ({ ...each, cap: each.binding })
  const moved = movers(side(before), side(relearnt), side(relearnt), side(health))
  if (moved.lines === null) return null
  const lines = moved.lines.filter(({ points }) => Math.abs(points) > 1e-9)
  return exactly({ before: moved.before, after: moved.after, lines: lines.map(({ of, id, why, points, step }) => exactly({ [of]: id, why, points, step })) })
}

/** The score known now, where it is another than was said on the day. */
function nowShown({ later }: Lived, account: string, day: Day, { score, coverage }: AccountHealth): object {
  const now = accountHealth(DEFAULT_MODEL, later.accountDay(account, day))
  const isSame = now.score === null || score === null ? now.score === score : Math.abs(now.score - score) < 1e-9
  return isSame && Math.abs(now.coverage - coverage) < 1e-9 ? {} : { as_of_now: exactly({ score: now.score, coverage: now.coverage }) }
}

const scoreOn = ({ told }: Lived, account: string, day: Day): number | null => told.snapshots.get(day)?.get(account)?.score ?? null

function accountShown(lived: Lived, account: string, day: Day, health: AccountHealth, fall: number) {
  const { facts, circumstances } = lived.known(day).accountDay(account, day)
  const { score, weighted, band, held, coverage, confidence, missing_families, caps, decided, mrr } = health
  const weekly = Array.from({ length: 8 }, (_, i) => scoreOn(lived, account, addDays(day, 7 * (i - 7))))
  const deadline = nextDeadline(facts.contracts, day, circumstances)
  return exactly({
    score,
    weighted,
    band,
    band_held: held,
    coverage,
    confidence,
    missing_families: [...missing_families].sort(),
    inputs: inputsShown(health),
    caps: caps.map(({ id, at_most, since, evidence, expires }) => exactly({ id, value: at_most, since, evidence, expires })),
    trend: healthTrend(weekly),
    arr: 12 * mrr,
    movers_30: moversShown(lived, account, day, health),
    green_but_falling: isGreenButFalling(band, score, scoreOn(lived, account, addDays(day, -MONTH)), fall),
    next_deadline: deadline === null ? null : exactly(deadline),
    decided: decided === null ? null : exactly({ day: decided.day, source: decided.source, deadline: decided.deadline }),
    ...nowShown(lived, account, day, health),
  })
}

type Rows = readonly (readonly [string, AccountHealth])[]

const bandsShown = (rows: Rows) =>
  exactly(
    Object.fromEntries(
      ['red', 'amber', 'green', 'unknown'].map((band) => {
        const own = rows.filter(([, health]) => health.band === band)
        return [band, exactly({ accounts: own.length, arr: own.reduce((sum, [, { mrr }]) => sum + 12 * mrr, 0) })]
      }),
    ),
  )

const pulsesShown = ({ company }: Lived, rows: Rows, day: Day) =>
  rows.flatMap(([account, { band }]) => {
    const pulse = pulseOn(knownOn(company.histories.find((each) => each.account === account)?.pulses ?? [], day), day)
    const distance = pulseDisagrees(pulse, band)
    return distance === null ? [] : [exactly({ account, pulse: pulse?.value, age: pulse?.age, band, distance })]
  })

const moneyShown = ({ known }: Lived, rows: Rows, day: Day) =>
  rows.flatMap(([account, { band, mrr }]) => {
    const change = scoreAgainstMoney(band, mrr, mrrOn(known(day).accountDay(account, day).facts, addDays(day, -90)))
    return change === null ? [] : [exactly({ account, band, change })]
  })

const parentsShown = ({ company: { parents } }: Lived, rows: Rows) =>
  exactly(
    Object.fromEntries(
      [...new Set(parents.values())].sort().map((parent) => {
        const family = rows.filter(([account]) => account === parent || parents.get(account) === parent)
        return [parent, exactly(rollUp(family.map(([account, health]) => ({ ...health, account, arr: 12 * health.mrr }))))]
      }),
    ),
  )

/** All that is said of one day: of each customer, of bands, lists and parents. */
export function dayShown(lived: Lived, day: Day) {
  const rows = [...(lived.told.snapshots.get(day) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
  const falls = rows.flatMap(([account, { score }]) => {
    const before = scoreOn(lived, account, addDays(day, -MONTH))
    return score === null || before === null ? [] : [before - score]
  })
  const fall = fleetFall(falls)
  return exactly({
    accounts: new Map(rows.map(([account, health]) => [account, accountShown(lived, account, day, health, fall)])),
    bands: bandsShown(rows),
    pulse_disagrees: pulsesShown(lived, rows, day),
    score_against_money: moneyShown(lived, rows, day),
    parents: parentsShown(lived, rows),
  })
}
