import type { Contract, Terms } from '../../../src/health/contracts.ts'
import { optOutOn } from '../../../src/health/contracts.ts'
import { accountDecisionOn, decisionsOf, leadTime } from '../../../src/health/decisions.ts'
import { nextDeadline } from '../../../src/health/opt-out-calendar.ts'
import { dayOf } from '../../../src/kernel/period.ts'
import type { Example, Worked } from './example.ts'
import { terms } from './facts.ts'

type Cells = Readonly<Record<string, string>>

const readTerms = (cells: Cells): Terms =>
  terms({
    from: cells.effective_at ?? '',
    status: cells.status ?? 'active',
    mrr: cells.status === 'ended' ? 0 : 1000,
    term_months: Number(cells.term_months),
    canceled_on: cells.canceled_at ?? null,
    ends_on: cells.ends_at ?? null,
    notice_days: cells.notice_days === undefined ? null : Number(cells.notice_days),
    auto_renew: (cells.auto_renew ?? '') as Terms['auto_renew'],
    renews_on: cells.renews_at ?? null,
  })

const optOut = ({ input }: Example) => optOutOn([readTerms(input.contract as Cells)], input.on as string)
const decision = ({ input }: Example) => decisionsOf((input.versions as Cells[]).map(readTerms))
const lead = ({ input }: Example) => leadTime(input.raised as string, { day: input.decision as string, deadline: input.deadline as string | null })

const s: Contract = [terms({ contract: 's', from: '2024-07-01', mrr: 1000, renews_on: '2025-07-01' })]
const t: Contract = [terms({ contract: 't', from: '2024-05-01', mrr: 100, notice_days: 60, renews_on: '2025-05-01' })]
const noticed: Contract = [
  ...t,
  terms({ contract: 't', from: '2025-01-05', mrr: 100, canceled_on: '2025-01-05', ends_on: '2025-05-01', renews_on: '2025-05-01' }),
]

const OPT_OUTS = [
  'optout_basic',
  'optout_on_the_day',
  'optout_locked_in',
  'optout_rolled',
  'optout_must_sign',
  'optout_must_sign_overdue',
  'optout_month_to_month',
  'optout_notice_unknown',
  'optout_leap_day',
  'optout_90',
]
const DECISIONS = [
  'decision_notice',
  'decision_auto_renew_off',
  'decision_both_earliest',
  'decision_known_non_renewal',
  'decision_end_without_notice',
  'decision_never_on',
  'decision_taken_back',
  'decision_after_deadline',
]

export const contractExamples: Worked = {
  ...Object.fromEntries(OPT_OUTS.map((id) => [id, optOut])),
  optout_zone: ({ input }) => {
    const renews_on = dayOf(new Date(input.renews_at as string), input.zone as string)
    return optOutOn([terms({ from: '2024-07-01', renews_on, notice_days: input.notice_days as number })], '2025-03-10')
  },
  optout_two_contracts: () => nextDeadline([s, t], '2025-01-10'),
  optout_same_day: () => nextDeadline([s, [terms({ contract: 't', from: '2024-07-01', mrr: 100, renews_on: '2025-07-01' })]], '2025-01-10'),
  ...Object.fromEntries(DECISIONS.map((id) => [id, decision])),
  decision_partial: () => ({ account: accountDecisionOn([s, noticed], '2025-03-01') }),
  lead_time_term: lead,
  lead_time_month_to_month: lead,
}
