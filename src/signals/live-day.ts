import type { AccountDay } from '../health/account-day.ts'
import { mrrOn } from '../health/account-day.ts'
import type { AccountFacts } from '../health/account-facts.ts'
import type { AccountHealth } from '../health/account-health.ts'
import type { Circumstances } from '../health/decisions.ts'
import { groupBy } from '../health/group.ts'
import type { AccountHistory } from '../health/history.ts'
import { factsKnownOn } from '../health/history.ts'
import type { HealthModel } from '../health/model.ts'
import type { Day } from '../kernel/period.ts'
import { daysGoneBy, healthOn } from './account-report.ts'
import type { FleetDay } from './fleet-day.ts'
import { surveyFleet } from './fleet-day.ts'
import type { FleetMove } from './fleet-move.ts'
import { fleetMove } from './fleet-move.ts'
import { toldLate } from './late-facts.ts'
import type { Life } from './life.ts'
import type { Lived, LivingDay } from './live-account.ts'
import { askedAgainSince, casesOf, daysAsked, isInDoubt, liveCase, lostGround } from './live-account.ts'
import type { Change, Decisions, Histories, Lives, Over, Past, Reported, SaidOn } from './ports.ts'
import type { Sign } from './sign.ts'

/** By what accounts are scored on a day. */
export interface Scoring {
  modelOf(facts: AccountFacts): HealthModel
  /** What metrics say of it; left out where no model reads any. */
  metricsOf?(account: string): AccountDay['metrics']
}

export interface DayParts {
  readonly histories: Histories
  readonly past: Past
  readonly lives: Lives
  readonly decisions: Decisions
  /** By what accounts are scored on the day. */
  readonly scoring: Scoring
  readonly signs: readonly Sign[]
  readonly circumstances?: Circumstances | undefined
  /** Some accounts alone, without what they have in common with others; all where it is left out. */
  readonly only?: readonly string[] | undefined
  /** Ends the work between two chunks of accounts. */
  readonly signal?: AbortSignal | undefined
}

/** What came of a day. Its reports are written; its signals are for the caller to write. */
export interface LivedDay extends FleetMove {
  readonly day: Day
  readonly is_held: boolean
  /** Customers at its close. */
  readonly accounts: number
  readonly changes: readonly Change[]
  /** Signals that are over and turned out to rest on late data. */
  readonly lost: readonly Over[]
}

/** Accounts of which facts and health are kept while a day is lived; of others they are made again at each pass. */
const KEPT_ACCOUNTS = 10_000

/** Makes something of an account once where there is room to keep it. */
function kept<A extends { readonly account: string }, R extends readonly unknown[], T>(make: (of: A, ...rest: R) => T): (of: A, ...rest: R) => T {
  const made = new Map<string, T>()
  return (of, ...rest) => {
    const found = made.get(of.account) ?? make(of, ...rest)
    if (made.size < KEPT_ACCOUNTS) made.set(of.account, found)
    return found
  }
}

const ALONE: FleetMove = { shift: null, fall: 0 }
const NO_LIVES: ReadonlyMap<string, Life> = new Map()
const isSame = (a: Life, b: Life | undefined): boolean =>
  b !== undefined && a.open === b.open && a.held_on === b.held_on && a.quiet_until === b.quiet_until && a.is_latched === b.is_latched

/** So many accounts are looked at before all else may have a turn. */
const TURN = 20

/** One pass over all accounts, with pauses in which everything else goes on: pages wait for nobody's past. */
async function pass(day: Day, { histories, only, signal }: DayParts, work: (accounts: readonly AccountHistory[]) => Promise<void> | void): Promise<void> {
  for await (const chunk of histories.read(day, only))
    for (let i = 0; i < chunk.length; i += TURN) {
      signal?.throwIfAborted()
      await work(chunk.slice(i, i + TURN))
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
}

/** How an account stands on the day, made once or at each pass. */
interface Making {
  readonly factsOf: (history: AccountHistory) => AccountFacts
  readonly healthOf: (facts: AccountFacts, said: SaidOn) => AccountHealth
}

async function survey(day: Day, parts: DayParts, factsOf: Making['factsOf']): Promise<FleetDay> {
  const found = surveyFleet(day, parts.circumstances)
  await pass(day, parts, (chunk) => chunk.forEach((history) => found.add(history, factsOf(history))))
  return found.done()
}

const isCustomer = (facts: AccountFacts, day: Day): boolean => mrrOn(facts, day) > 0

async function weigh(day: Day, parts: DayParts, { factsOf, healthOf }: Making): Promise<Map<string, number>> {
  const weights = new Map<string, number>()
  await pass(day, parts, async (chunk) => {
    const customers = chunk.map(factsOf).filter((facts) => isCustomer(facts, day))
    const said = await parts.past.saidOf(
      customers.map(({ account }) => account),
      daysGoneBy(day),
    )
    for (const facts of customers) {
      const { weighted } = healthOf(facts, said)
      if (weighted !== null) weights.set(facts.account, weighted)
    }
  })
  return weights
}

/** What the day changes in signals. Those in doubt and those that are over are asked about the days on which they were raised. */
async function liveChunk(today: LivingDay, all: readonly Lived[], over: readonly Over[], past: Past): Promise<Pick<LivedDay, 'changes' | 'lost'>> {
  const cases = all.flatMap((lived) => casesOf(today, lived))
  const doubts = cases.filter(isInDoubt)
  const accounts = new Set([...doubts.map(({ lived }) => lived.on.facts.account), ...over.map(({ account }) => account)])
  const raised = [...doubts.flatMap(({ before }) => before.open?.raised ?? []), ...over.map((each) => each.raised)]
  const asked = accounts.size === 0 ? today.said : await past.saidOf([...accounts], daysAsked(raised))
  const changes = cases.flatMap((each) => {
    const change = liveCase(each, today, asked)
    return isSame(change.life, each.before) ? [] : [change]
  })
  const byAccount = groupBy(over, ({ account }) => account)
  return { changes, lost: all.flatMap((lived) => lostGround(byAccount.get(lived.on.facts.account) ?? [], lived, today, asked)) }
}

/**
 * Lives the close of a day: says of every customer how he is by what was known then, and of every signal whether it begins,
 * stays or ends. The same facts give the same, whenever it is done. The days before must have been lived.
 */
export async function liveDay(day: Day, parts: DayParts): Promise<LivedDay> {
  const { past, lives, scoring, signs } = parts
  const factsOf = kept((history: AccountHistory) => factsKnownOn(history, day))
  const fleet = await survey(day, parts, factsOf)
  const accountOn = (facts: AccountFacts): AccountDay => ({ ...fleet.accountDay(facts, day), metrics: scoring.metricsOf?.(facts.account) })
  const healthOf = kept((facts: AccountFacts, said: SaidOn) => healthOn(scoring.modelOf(facts), accountOn(facts), said))
  const move = parts.only === undefined ? await fleetMove(day, await weigh(day, parts, { factsOf, healthOf }), past, fleet.first_use) : ALONE
  const is_held = move.shift?.held === true
  const found: { accounts: number; changes: Change[]; lost: Over[] } = { accounts: 0, changes: [], lost: [] }
  await pass(day, parts, async (chunk) => {
    const ids = chunk.map(({ account }) => account)
    const late = chunk.filter((history) => toldLate(history, day)).map(({ account }) => account)
    const over = late.length === 0 ? [] : await lives.overSince(late, askedAgainSince(day))
    const [said, known] = await Promise.all([past.saidOf(ids, daysGoneBy(day)), lives.livesOf(ids)])
    const all = chunk.map((history): Lived => {
      const facts = factsOf(history)
      const health = isCustomer(facts, day) ? healthOf(facts, said) : null
      return { on: accountOn(facts), model: scoring.modelOf(facts), health, lives: known.get(facts.account) ?? NO_LIVES }
    })
    const reported = all.flatMap(({ on, health, model }): Reported[] => (health === null ? [] : [{ on, health, model, is_held }]))
    await past.write(reported)
    await parts.decisions.learn(all.map(({ on }) => on))
    const { changes, lost } = await liveChunk({ day, fleet, said, fall: move.fall, is_held, signs }, all, over, past)
    found.accounts += reported.length
    found.changes.push(...changes)
    found.lost.push(...lost)
  })
  return { day, is_held, ...move, ...found }
}
