import { bare } from '../../kernel/bare.ts'
import type { pulseOn } from '../../health/lists.ts'
import type { Day } from '../../kernel/period.ts'
import { formatDay } from '../../kernel/words/days.ts'
import { DECISION_SOURCES } from '../../kernel/words/health.ts'
import { signById } from '../../signals/signs.ts'
import type { SaidSignal } from '../timeline/rule-happenings.ts'
import type { HealthView } from './health.ts'
import type { FactName, MoneyView } from './money.ts'
import type { PersonLine } from './people.ts'
import type { WorkView } from './work.ts'

/** One thing about an account that somebody should look at. */
export interface AttentionLine {
  /** `decided` and `risk` speak against the account, `due` has a date, `unknown` is a gap, `chance` is good news. */
  readonly kind: 'decided' | 'risk' | 'due' | 'unknown' | 'chance'
  readonly title: string
  readonly since: Day | null
  /** Part of the page that shows it. */
  readonly at: 'health' | 'contracts' | 'people' | 'tickets' | 'invoices' | 'outcomes' | 'signals'
  /** The warning it is, where it is one. */
  readonly signal: string | null
  readonly fact: FactName | null
}

interface Seen {
  readonly day: Day
  readonly health: HealthView | null
  readonly money: MoneyView
  readonly people: readonly PersonLine[]
  readonly work: WorkView
  readonly signals: readonly SaidSignal[]
  readonly pulse: ReturnType<typeof pulseOn>
}

const SOON = 90
const ORDER = { decided: 0, risk: 1, due: 2, chance: 3, unknown: 4 } as const

const line = (kind: AttentionLine['kind'], title: string, at: AttentionLine['at'], more: Partial<AttentionLine> = {}): AttentionLine => ({
  kind,
  title,
  at,
  since: null,
  signal: null,
  fact: null,
  ...more,
})

const days = (n: number): string => `${n} ${n === 1 ? 'day' : 'days'}`

/** Kinds of warnings that say what another line would. */
const COVERED = bare<Readonly<Record<string, readonly string[]>>>({
  invoices: ['payment_late'],
  people: ['champion_silent', 'champion_gone'],
  outcomes: ['value_overdue'],
  deadline: ['deadline_near'],
})

function warned({ signals }: Seen): AttentionLine[] {
  const open = signals.filter(({ closed_on }) => closed_on === null)
  return open.flatMap(({ id, kind, sentence, raised_on }) => {
    const of = signById(kind)?.class ?? 'risk'
    const as = of === 'opportunity' ? 'chance' : of === 'data' ? 'unknown' : of
    return [line(as, sentence, 'signals', { since: raised_on, signal: id })]
  })
}

function decided({ money, signals }: Seen): AttentionLine[] {
  const { decision } = money
  const isSaid = signals.some(({ kind, closed_on }) => closed_on === null && (kind === 'notice_given' || kind === 'auto_renew_off'))
  if (decision === null || isSaid || !money.is_customer) return []
  const until = decision.deadline === null ? '' : `; the deadline is ${formatDay(decision.deadline)}`
  return [line('decided', `${DECISION_SOURCES[decision.source]} on ${formatDay(decision.day)}${until}`, 'contracts', { since: decision.day })]
}

function due({ money, work, people, signals, pulse }: Seen): AttentionLine[] {
  const has = (of: keyof typeof COVERED): boolean => signals.some(({ kind, closed_on }) => closed_on === null && COVERED[of]?.includes(kind) === true)
  const [next] = money.deadlines
  const deadline =
    next === undefined || next.days > SOON || has('deadline')
      ? []
      : [
          line('due', `${days(next.days)} to the opt-out deadline${next.flags.includes('notice_unknown') ? ', at the latest' : ''}`, 'contracts', {
            since: next.deadline,
          }),
        ]
  const late = has('invoices')
    ? []
    : work.invoices
        .filter((each) => each.days > 0)
        .map((each) => line('risk', `Invoice ${each.invoice} is ${days(each.days)} late`, 'invoices', { since: each.due_on, fact: each.fact }))
  const urgent = work.tickets
    .filter(({ priority }) => priority === 'urgent')
    .map((each) => line('risk', `Urgent ticket ${each.ticket} open for ${days(each.days)}`, 'tickets', { since: each.opened_on, fact: each.fact }))
  const quiet = has('people')
    ? []
    : people
        .filter((person) => person.quiet !== null && (person.is_champion || person.is_executive))
        .map((person) =>
          line('risk', `${person.name} silent for ${days(person.quiet?.days ?? 0)}; usual gap ${Math.round(person.quiet?.usual_gap ?? 0)}`, 'people', {
            fact: person.fact,
          }),
        )
  const old = pulse?.is_due === true ? [line('unknown', `The pulse is ${days(pulse.age)} old`, 'health', { since: pulse.set_on })] : []
  return [...deadline, ...late, ...urgent, ...quiet, ...old]
}

function unknown({ health, money, people }: Seen): AttentionLine[] {
  if (!money.is_customer) return []
  const missing = (health?.inputs ?? []).filter(({ state }) => state === 'not_checkable')
  const gaps =
    missing.length === 0
      ? []
      : [
          line(
            'unknown',
            `Not checkable: ${missing.map(({ name, says }) => `${name} (${(says ?? '').replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase())})`).join(', ')}`,
            'health',
          ),
        ]
  const there = people.filter(({ left_on }) => left_on === null)
  const champion =
    there.length > 0 && !there.some(({ is_champion }) => is_champion) ? [line('unknown', 'Nobody is known who speaks for the product', 'people')] : []
  return [...gaps, ...champion]
}

/** What of an account needs attention, the most pressing first. */
export function attentionOf(seen: Seen): AttentionLine[] {
  const all = [...decided(seen), ...warned(seen), ...due(seen), ...unknown(seen)]
  return all
    .map((each, i) => ({ each, i }))
    .sort((a, b) => ORDER[a.each.kind] - ORDER[b.each.kind] || a.i - b.i)
    .map(({ each }) => each)
}
