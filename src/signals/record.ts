import type { ShownBand } from '../health/bands.ts'
import { HORIZON } from '../ledgers/health-said.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, addMonths, daysBetween } from '../kernel/period.ts'
import type { Warning } from './report-card.ts'
import type { ReportCard, Share } from './report-card.ts'
import { notEnough, reportCard, shareOf, worstTenth } from './report-card.ts'
import { SIGNS, signById } from './signs.ts'
import type { Verdict } from './verdict.ts'
import { verdictOf } from './verdict.ts'

/** A signal of the past, as its verdict asks for it. */
export interface PastSignal {
  readonly account: string
  readonly kind: string
  readonly raised: Day
  readonly why: string | null
  readonly ground_now: boolean
}

/** An account's decision to leave that is in force on the last day. */
export interface PastDecision {
  readonly account: string
  readonly day: Day
  /** Null where the contract can be left in any month. */
  readonly deadline: Day | null
  readonly arr: number
}

/** What was said of a customer at the close of a day. */
export interface PastScore {
  readonly account: string
  readonly score: number | null
  readonly band: ShownBand
  readonly arr: number
  readonly has_decided: boolean
}

/** A past that is over: its signals, what became of accounts, and what was said of all of them on some days. */
export interface RecordedPast {
  readonly from: Day
  /** The last day. */
  readonly until: Day
  readonly signals: readonly PastSignal[]
  readonly decisions: readonly PastDecision[]
  /** Customers on the days of `monthEnds`. */
  scoresOn(day: Day): readonly PastScore[]
  /** The band of an account at a close; null where nothing was said. */
  bandOn(account: string, day: Day): ShownBand | null
}

export interface KindRecord extends ReportCard {
  /** Id of the kind; `any` for all that foretell. */
  readonly kind: string
  /** What is printed instead of shares; null where there is enough to know. */
  readonly not_enough: string | null
}

/** How good warnings were. */
export interface PastRecord {
  readonly from: Day
  readonly until: Day
  readonly horizon: number
  readonly kinds: readonly KindRecord[]
  readonly base_rate: Share
  /** The same by ARR; null without any. */
  readonly base_rate_arr: number | null
  /** Decisions from the horizon after the first day on: those that a warning could have come before. */
  readonly rated: number
  readonly decisions: readonly PastDecision[]
  readonly worst_tenth: { readonly arr_lost: number; readonly arr_within: number; readonly share: number | null }
  /** Accounts that decided without any warning that came true, the largest first. */
  readonly missed: readonly PastDecision[]
  /** Decisions that were green 30 days before, the largest first; twenty at most. */
  readonly false_greens: readonly PastDecision[]
}

/** A signal with what became of it, and how many days it came before. */
export interface JudgedSignal extends PastSignal, Warning {
  readonly verdict: Verdict
}

/** Days before a decision on which a green band was false. */
export const FALSE_GREEN_DAYS = 30
const FALSE_GREENS = 20

/** The days before firsts of months after which a whole horizon has passed. */
export function monthEnds(from: Day, until: Day): Day[] {
  const days: Day[] = []
  for (let month = addMonths(`${from.slice(0, 7)}-01`, 1); addDays(month, HORIZON - 1) <= until; month = addMonths(month, 1))
    if (addDays(month, -1) >= from) days.push(addDays(month, -1))
  return days
}

/** Signals of risk, each with its verdict on the last day. */
export function judge({ signals, decisions, until }: Pick<RecordedPast, 'signals' | 'decisions' | 'until'>): JudgedSignal[] {
  const byAccount = new Map(decisions.map((decision) => [decision.account, decision]))
  return signals
    .filter(({ kind }) => signById(kind)?.class === 'risk')
    .map((signal) => {
      const { day: decision = null, deadline = null } = byAccount.get(signal.account) ?? {}
      const is_late_data = signal.why === 'corrected' || !signal.ground_now
      const verdict = verdictOf({ raised: signal.raised, is_late_data, decision, deadline }, HORIZON, until)
      return { ...signal, verdict, lead: verdict === 'hit' && decision !== null ? daysBetween(signal.raised, deadline ?? decision) : null }
    })
}

interface Outcome extends PastScore {
  readonly leaves: boolean
}

/** Customers undecided on a day, with whether they decided within the horizon. */
function outcomesOn({ scoresOn, decisions }: RecordedPast, day: Day): Outcome[] {
  const end = addDays(day, HORIZON)
  const leaving = new Set(decisions.filter((decision) => decision.day > day && decision.day <= end).map(({ account }) => account))
  return scoresOn(day)
    .filter(({ has_decided }) => !has_decided)
    .map((score) => ({ ...score, leaves: leaving.has(score.account) }))
}

const arrOf = (rows: readonly { readonly arr: number }[]): number => rows.reduce((sum, { arr }) => sum + arr, 0)

/** ARR of decisions within the horizon that lay in the worst tenth, of all of such ARR among those with a score. */
function worstTenthOf(days: readonly (readonly Outcome[])[]): PastRecord['worst_tenth'] {
  const sums = days.map((rows) => {
    const scored = rows.flatMap((row) => (row.score === null ? [] : [{ ...row, score: row.score }]))
    return { lost: arrOf(scored.filter(({ leaves }) => leaves)), within: arrOf(worstTenth(scored).filter(({ leaves }) => leaves)) }
  })
  const [lost, within] = [sums.reduce((sum, each) => sum + each.lost, 0), sums.reduce((sum, each) => sum + each.within, 0)]
  return { arr_lost: lost, arr_within: within, share: lost === 0 ? null : within / lost }
}

const bySize = (a: PastDecision, b: PastDecision): number => b.arr - a.arr || (a.account < b.account ? -1 : 1)

/** How good the warnings of a past were, by kind and together. */
export function recordOf(past: RecordedPast): PastRecord {
  const { from, until, decisions } = past
  const warnings = judge(past)
  const rated = decisions.filter(({ day }) => day >= addDays(from, HORIZON) && day <= until)
  const accounts = rated.map(({ account }) => account)
  const days = monthEnds(from, until).map((day) => outcomesOn(past, day))
  const rows = days.flat()
  const base = shareOf(rows.filter(({ leaves }) => leaves).length, rows.length)
  const cardOf = (kind: string): KindRecord => {
    const own = kind === 'any' ? warnings : warnings.filter((warning) => warning.kind === kind)
    const card = reportCard(own, accounts, base.rate)
    return { kind, ...card, not_enough: notEnough(rated.length, card.matured) }
  }
  const any = cardOf('any')
  const isMissed = new Set(any.missed)
  return {
    from,
    until,
    horizon: HORIZON,
    kinds: [any, ...SIGNS.filter((sign) => sign.class === 'risk').map(({ id }) => cardOf(id))],
    base_rate: base,
    base_rate_arr: arrOf(rows) === 0 ? null : arrOf(rows.filter(({ leaves }) => leaves)) / arrOf(rows),
    rated: rated.length,
    decisions: rated,
    worst_tenth: worstTenthOf(days),
    missed: rated.filter(({ account }) => isMissed.has(account)).sort(bySize),
    false_greens: rated
      .filter(({ account, day }) => past.bandOn(account, addDays(day, -FALSE_GREEN_DAYS)) === 'green')
      .sort(bySize)
      .slice(0, FALSE_GREENS),
  }
}
