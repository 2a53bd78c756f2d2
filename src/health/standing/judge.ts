import type { Day } from '../../kernel/period.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import type { RuleTerm } from '../../kernel/rule/rule.ts'
import { ageOf, licenceUse, oldestUse, readingOf, readingsOf } from '../account-day.ts'
import type { Readable } from '../account-day.ts'
import { plainBand, shownBand } from '../bands.ts'
import type { Cap } from '../caps.ts'
import { LONG_CUSTOMER, bindingCap, cappedScore } from '../caps.ts'
import type { Contract } from '../contracts.ts'
import { inForce } from '../contracts.ts'
import type { Circumstances } from '../decisions.ts'
import { accountDecisionOn } from '../decisions.ts'
import { capsOn } from '../health.ts'
import { chanceOf, phaseOf, renewalChance } from '../likelihood.ts'
import type { Chances } from '../likelihood.ts'
import type { HealthModel } from '../model.ts'
import { modelName } from '../model.ts'
import { ofTerm } from '../operand.ts'
import { nextDeadline } from '../opt-out-calendar.ts'
import type { RawMetric } from '../readings.ts'
import { weighted } from '../score.ts'
import type { AccountStanding } from './account-standing.ts'
import { NO_PAST } from './past.ts'
import type { Past } from './past.ts'
import type { RawAccount } from './raw-account.ts'
import type { StandingFleet } from './read-fleet.ts'

/** Under what accounts are judged: the day, what they have in common, and the settings. */
export interface Judging {
  readonly day: Day
  readonly fleet: StandingFleet
  readonly circumstances: Circumstances
  /** What metrics say of an account, by operands. */
  /** Null where nobody's past tells any. */
  readonly chances: Chances | null
  readonly metricsOf: (account: string) => Readonly<Record<string, RawMetric>>
}

const seatsOf = (contracts: readonly Contract[], day: Day): number => contracts.reduce((sum, contract) => sum + (inForce(contract, day)?.seats ?? 0), 0)

function readableOf(raw: RawAccount, seats: number, { day, fleet, metricsOf }: Judging): Readable {
  const { first, until, active_days } = raw.use
  const interval_months = raw.contracts.reduce((longest, contract) => Math.max(longest, inForce(contract, day)?.interval_months ?? 1), 1)
  return {
    day,
    raw: {
      use: { source_age: ageOf(fleet.newest_use, day), was_seen: first !== null && first <= until, active_days },
      tickets: { source_age: ageOf(fleet.newest_ticket, day), seats, opened: raw.tickets_opened },
      responses: { is_connected: fleet.has_responses, ...raw.responded },
      invoices: { is_connected: fleet.has_invoices, ...raw.due, interval_months },
    },
    metrics: metricsOf(raw.account_id),
  }
}

/** A contract that says no more than that somebody paid long ago. */
function longAgo(contracts: readonly Contract[], day: Day): Contract[] {
  const terms = contracts[0]?.[0]
  const [from, over] = [addDays(day, -LONG_CUSTOMER), addDays(day, 1 - LONG_CUSTOMER)]
  return terms === undefined
    ? []
    : [
        [
          { ...terms, contract: '', from },
          { ...terms, contract: '', from: over, status: 'ended', mrr: 0 },
        ],
      ]
}

function capsBy(raw: RawAccount, read: Readable, { day, fleet, circumstances }: Judging, model: HealthModel): Cap[] {
  const useAge = oldestUse(model)
  const licence = licenceUse({ ...raw.use, seats: read.raw.tickets.seats }, fleet, day, useAge)
  const contracts = raw.is_open && raw.is_long_customer ? [...raw.contracts, ...longAgo(raw.contracts, day)] : raw.contracts
  const readValue = (term: RuleTerm): number | null => {
    const reading = readingOf(read, ofTerm(term), Infinity, useAge)
    return 'value' in reading ? reading.value : null
  }
  return capsOn(model, { day, circumstances, licence, readValue, facts: { contracts, invoices: raw.late, tickets: raw.urgent, contacts: raw.contacts } })
}

/** How one account stands by raw values: the rules of snapshots, held bands apart. */
export function judge(raw: RawAccount, judging: Judging, model: HealthModel, past: Past = NO_PAST): AccountStanding {
  const { day, circumstances } = judging
  const { account_id, name, contracts } = raw
  const is_customer = raw.mrr > 0 || raw.is_unrated
  const seats = seatsOf(contracts, day)
  const money = { arr: raw.is_unrated ? null : raw.arr, mrr: raw.is_unrated ? null : raw.mrr }
  const read = readableOf(raw, seats, judging)
  const readings = is_customer ? readingsOf(read, model) : {}
  const known = weighted(model, readings)
  const caps = is_customer ? capsBy(raw, read, judging, model) : []
  const held = known.weighted === null ? null : (past.held ?? plainBand(known.weighted))
  const decided = is_customer && !raw.is_open ? accountDecisionOn(contracts, day, circumstances) : null
  const next = is_customer ? nextDeadline(contracts, day, circumstances) : null
  const band = shownBand({ held, ...known }, caps)
  const phase = is_customer && decided === null ? phaseOf(next?.days ?? null) : null
  return {
    account_id,
    name,
    is_customer,
    model: modelName(model),
    score: cappedScore(known.weighted, caps),
    weighted: known.weighted,
    coverage: known.coverage,
    confidence: known.confidence,
    low: known.low,
    band,
    held,
    caps,
    binding: bindingCap(known.weighted, caps),
    ...money,
    seats,
    decided_on: decided?.day ?? null,
    next_deadline: next?.deadline ?? null,
    deadline_days: next === null ? null : daysBetween(day, next.deadline),
    deadline_arr: next === null ? 0 : raw.is_unrated ? null : next.arr,
    phase,
    churn_probability: judging.chances === null || phase === null ? null : chanceOf(judging.chances, phase, band),
    renewal_likelihood: judging.chances === null || phase === null ? null : renewalChance(judging.chances, phase, next?.days ?? null, band),
    trend: past.trend,
    score_before: past.score_before,
    inputs: readings,
  }
}
