import type { Asking } from '../books/ask.ts'
import { accountDecisionOn, leadTime } from '../health/decisions.ts'
import type { Decision } from '../health/decisions.ts'
import { factsKnownOn } from '../health/history.ts'
import type { Day } from '../kernel/period.ts'
import { verdictOf } from '../signals/verdict.ts'
import type { Verdict } from '../signals/verdict.ts'
import { askOverview } from './ask-overview.ts'
import type { Overview } from './ask-overview.ts'
import { changesBetween } from './changes.ts'
import type { Change } from './changes.ts'
import { knowAccount } from './known-account.ts'
import type { KnownAccount } from './known-account.ts'
import type { Accounts } from './open-account.ts'
import { closeOf, happeningsAt } from './timeline/timeline.ts'

/** Days within which a warning is to come true. */
const HORIZON = 90

/** A warning that came before the decision, or too late. */
export interface JudgedSignal {
  readonly kind: string
  readonly sentence: string
  readonly raised_on: Day
  /** Days before the deadline, or before the decision where there is none. */
  readonly lead: number | null
  readonly verdict: Verdict
}

/** The day on which an account decided, as it was known on that day, with what arrived too late. */
export interface Autopsy {
  readonly account_id: string
  readonly decision: Pick<Decision, 'day' | 'source' | 'deadline' | 'contract'>
  /** The first day on whose close the decision was known. */
  readonly known_on: Day
  /** As it was said by what was known then; by what is known now where all of it was told later, at once. */
  readonly mode: 'as_reported' | 'known_now'
  readonly then: Overview
  /** The score of that day by what is known now. */
  readonly score_known_now: number | null
  readonly signals: readonly JudgedSignal[]
  /** What had happened by then and was recorded later: we could not know. */
  readonly unknowable: readonly Change[]
  readonly unknowable_use_days: number
}

/** The first day on whose close a decision of an account is known. */
function knownOn({ history, known_by }: KnownAccount, decision: Decision): Day {
  const days = [...new Set([decision.day, ...history.terms.map(({ recorded_on }) => recorded_on)])]
    .filter((day) => day >= decision.day && day <= known_by)
    .sort()
  return days.find((day) => accountDecisionOn(factsKnownOn(history, day).contracts, day) !== null) ?? known_by
}

/** What was said of an account on the day on which it decided to leave; null while it has not decided. Throws `not_found`. */
export async function askAutopsy(accounts: Accounts, asking: Asking, id: string): Promise<Autopsy | null> {
  const known = await knowAccount(accounts, asking, id, {})
  const { facts, today, record, zone, history, account_id } = known
  const decision = accountDecisionOn(facts.contracts, today)
  if (decision === null) return null
  const close = closeOf(decision.day, zone)
  const wasKnown = record.versions.some(({ recorded_at }) => recorded_at <= close)
  const asOf = { as_of: decision.day, ...(wasKnown ? { reported_on: decision.day } : {}) }
  const [then, now, signals] = await Promise.all([
    askOverview(accounts, asking, id, asOf),
    askOverview(accounts, asking, id, { as_of: decision.day }),
    accounts.signals(account_id),
  ])
  const changes = changesBetween(happeningsAt(record, close, zone), happeningsAt(record, known.known_until, zone), { since: close, now: known.known_until })
  const late = history.use.filter(({ recorded_on, deleted, fact }) => !deleted && fact.day <= decision.day && recorded_on > decision.day)
  return {
    account_id,
    decision: { day: decision.day, source: decision.source, deadline: decision.deadline, contract: decision.contract },
    known_on: knownOn(known, decision),
    mode: wasKnown ? 'as_reported' : 'known_now',
    then,
    score_known_now: now.health?.score ?? null,
    signals: signals
      .filter(({ raised_on }) => raised_on <= decision.day)
      .map(({ kind, sentence, raised_on, close_reason }) => ({
        kind,
        sentence,
        raised_on,
        lead: leadTime(raised_on, decision),
        verdict: verdictOf(
          { raised: raised_on, is_late_data: close_reason === 'corrected', decision: decision.day, deadline: decision.deadline },
          HORIZON,
          today,
        ),
      })),
    unknowable: wasKnown ? changes.learnt : [],
    unknowable_use_days: wasKnown ? new Set(late.map(({ fact }) => fact.day)).size : 0,
  }
}
