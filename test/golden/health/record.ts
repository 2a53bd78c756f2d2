import { groupBy } from '../../../src/health/group.ts'
import { leadTime } from '../../../src/health/decisions.ts'
import { bandInPhase, phaseOf } from '../../../src/health/likelihood.ts'
import { accountDecisionOn } from '../../../src/health/decisions.ts'
import { nextDeadline } from '../../../src/health/opt-out-calendar.ts'
import type { Day } from '../../../src/kernel/period.ts'
import { addDays, daysBetween } from '../../../src/kernel/period.ts'
import type { ReplayedSignal } from '../../../src/signals/in-memory.ts'
import { recordOf } from '../../../src/signals/record.ts'
import { shareOf, worstTenth } from '../../../src/signals/report-card.ts'
import { exactly } from './compare.ts'
import type { Lived } from './lived.ts'
import { isRisk, leavesAfter, monthEnds, undecidedOn } from './lived.ts'

/** The first day at whose close a decision was known to be in force. */
function knownDay({ known, last }: Lived, account: string, decided: Day): Day | null {
  for (let day = decided; day <= last; day = addDays(day, 1)) {
    const { facts, circumstances } = known(day).accountDay(account, day)
    if (accountDecisionOn(facts.contracts, day, circumstances)?.day === decided) return day
  }
  return null
}

/** Decisions of accounts with what was said before them. */
export function decisionsShown(lived: Lived) {
  const found = lived.accounts.flatMap((account) => {
    const decision = lived.decisionOf(account)
    if (decision === null) return []
    const before = lived.told.signals.filter((signal) => signal.account === account && isRisk(signal) && signal.raised < decision.day)
    const { day, source, contract, type, deadline } = decision
    const shown = {
      day,
      source,
      contract,
      type,
      deadline,
      known_on: knownDay(lived, account, day),
      days_before_deadline: deadline === null ? null : daysBetween(day, deadline),
      signals_before: before.map((signal) =>
        exactly({ kind: signal.kind, raised: signal.raised, verdict: lived.verdictOf(signal), lead: leadTime(signal.raised, decision) }),
      ),
    }
    return [[account, exactly(shown)] as const]
  })
  return new Map(found)
}

/** Precision, recall, lead and base rate of each kind of signal, and of any. */
export function cardShown(lived: Lived) {
  const {
    base_rate: base,
    rated,
    kinds,
  } = recordOf({
    from: lived.from,
    until: lived.last,
    signals: lived.told.signals,
    decisions: lived.accounts.flatMap((account) => {
      const decision = lived.decisionOf(account)
      return decision === null ? [] : [{ account, day: decision.day, deadline: decision.deadline, arr: 0 }]
    }),
    scoresOn: (day) =>
      [...(lived.told.snapshots.get(day) ?? [])].map(([account, { score, band, mrr, decided }]) => ({
        account,
        score,
        band,
        arr: 12 * mrr,
        has_decided: decided !== null,
      })),
    bandOn: (account, day) => lived.told.snapshots.get(day)?.get(account)?.band ?? null,
  })
  const rules = kinds.map(
    ({ kind, verdicts, precision, recall, missed: _, not_enough: __, ...card }) =>
      [kind, exactly({ ...card, ...verdicts, precision: precision.rate, precision_ci: precision.ci, recall: recall.rate, recall_ci: recall.ci })] as const,
  )
  return exactly({
    base_rate: exactly({ rows: base.n, decided: base.of, rate: base.rate, ci: base.ci }),
    decisions: rated,
    rules: new Map(rules),
  })
}

/** How much of the ARR that was lost stood in the worst tenth by score before. */
export function worstTenthShown(lived: Lived) {
  const found = monthEnds(lived, 0).map((day) => {
    const scored = undecidedOn(lived, day).flatMap(([account, { score, mrr }]) => (score === null ? [] : [{ account, score, arr: 12 * mrr }]))
    const worst = worstTenth(scored)
    const lost = scored.filter(({ account }) => leavesAfter(lived, account, day))
    const arr = (each: typeof scored) => each.reduce((sum, one) => sum + one.arr, 0)
    const names = (each: typeof scored) => each.map(({ account }) => account).sort()
    return { day, scored: scored.length, worst: names(worst), left: names(lost), lost: arr(lost), within: arr(lost.filter((one) => worst.includes(one))) }
  })
  const [lost, within] = [found.reduce((sum, each) => sum + each.lost, 0), found.reduce((sum, each) => sum + each.within, 0)]
  return exactly({
    arr_lost: lost,
    arr_in_worst_tenth: within,
    share: lost === 0 ? null : within / lost,
    rows: found.filter(({ left }) => left.length > 0).map(({ day, scored, worst, left }) => exactly({ day, scored, worst, left })),
  })
}

/** The chance to decide within the horizon, by phase, and by band within it. */
export function likelihoodShown(lived: Lived) {
  const rows = monthEnds(lived, lived.horizon).flatMap((day) =>
    undecidedOn(lived, day).map(([account, { band }]) => {
      const { facts, circumstances } = lived.known(day).accountDay(account, day)
      return { band, phase: phaseOf(nextDeadline(facts.contracts, day, circumstances)?.days ?? null), decided: leavesAfter(lived, account, day) }
    }),
  )
  const count = (each: readonly { decided: boolean }[]) => ({ decided: each.filter(({ decided }) => decided).length, n: each.length })
  const phases = [...groupBy(rows, ({ phase }) => phase)].map(([phase, own]) => {
    const bands = [...groupBy(own, ({ band }) => band)].map(
      ([band, some]) => [band, exactly({ ...count(some), p: bandInPhase(count(own), count(some)) })] as const,
    )
    const { rate, ci } = shareOf(count(own).decided, own.length)
    return [phase, exactly({ ...count(own), rate, ci, bands: new Map(bands) })] as const
  })
  return exactly({ rows: rows.length, phases: new Map(phases) })
}

type Key = Pick<ReplayedSignal, 'account' | 'kind' | 'raised'>
const keyOf = ({ account, kind, raised }: Key): string => `${raised} ${account} ${kind}`

/** Signals that would have been raised beside, had nothing come late. */
export function idealShown({ told, ideal }: Lived) {
  const raised = new Set(told.signals.map(keyOf))
  return ideal.signals.filter((signal) => !raised.has(keyOf(signal))).map(({ account, kind, raised: day }) => exactly({ account, kind, raised: day }))
}
