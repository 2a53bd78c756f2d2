import { invoice } from '../../facts/invoice.ts'
import { outcome } from '../../facts/outcome.ts'
import { onboarding } from '../../facts/onboarding.ts'
import { ticket } from '../../facts/ticket.ts'
import type { AccountFacts } from '../../health/account-facts.ts'
import { isOpenOn } from '../../health/caps.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import type { Known } from '../timeline/happening.ts'
import type { Version } from '../version.ts'
import type { FactName } from './money.ts'
import { factName } from './money.ts'

export interface TicketLine {
  readonly ticket: string
  readonly subject: string | null
  readonly priority: string | null
  readonly opened_on: Day
  /** Days that it has been open. */
  readonly days: number
  readonly fact: FactName | null
}

export interface InvoiceLine {
  readonly invoice: string
  readonly amount: number | null
  readonly currency: string
  readonly due_on: Day
  /** Days past due; below 0 where it is not due yet. */
  readonly days: number
  readonly fact: FactName | null
}

export interface OutcomeLine {
  readonly outcome: string
  readonly name: string
  readonly due_on: Day | null
  readonly closed_on: Day | null
  readonly baseline: number
  readonly target: number
  /** As it was measured last; null where it never was. */
  readonly value: number | null
  readonly measured_on: Day | null
  /** Share of the way that is gone; null where it was never measured. */
  readonly attainment: number | null
  readonly fact: FactName | null
}

export interface OnboardingLine {
  readonly onboarding: string
  readonly started_on: Day
  readonly agreed_end: Day | null
  readonly finished_on: Day | null
  readonly steps: number
  readonly done: number
  readonly fact: FactName | null
}

export interface ServiceLine {
  readonly service: string
  readonly name: string
  readonly is_core: boolean
  readonly entitled_on: Day | null
  readonly used_on: Day | null
  /** `used` in ninety days, `idle` not any more, `never` though it may be. */
  readonly state: 'used' | 'idle' | 'never'
}

/** What is under way with an account. */
export interface WorkView {
  readonly tickets: readonly TicketLine[]
  readonly tickets_30: number
  readonly invoices: readonly InvoiceLine[]
  readonly outcomes: readonly OutcomeLine[]
  readonly onboardings: readonly OnboardingLine[]
  readonly services: readonly ServiceLine[]
}

const LATELY = 90
const MONTH = 30

const byId = (known: Known, fact: FactDefinition, column: string): Map<string, Version> =>
  new Map(known.of(fact).map((version) => [String(version.values[column]), version]))
const nameOf = (version: Version | undefined): FactName | null => (version === undefined ? null : factName(version))
const text = (value: Version['values'][string] | undefined): string | null => (value === null || value === undefined ? null : String(value))

function outcomeLine(
  { id, name, due_on, closed_on, baseline, target, readings }: AccountFacts['outcomes'][number],
  told: Version | undefined,
  day: Day,
): OutcomeLine {
  const latest = readings
    .filter((each) => each.day <= day)
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .at(-1)
  const value = latest?.value ?? null
  const attainment = value === null || target === baseline ? null : (value - baseline) / (target - baseline)
  return {
    outcome: id,
    name: name === '' ? id : name,
    due_on,
    closed_on: closed_on !== null && closed_on <= day ? closed_on : null,
    baseline,
    target,
    value,
    measured_on: latest?.day ?? null,
    attainment,
    fact: nameOf(told),
  }
}

function serviceLine({ id, name, is_core, entitled_on, used_on }: AccountFacts['services'][number], day: Day): ServiceLine {
  const used = used_on !== null && used_on <= day ? used_on : null
  const state = used === null ? 'never' : used > addDays(day, -LATELY) ? 'used' : 'idle'
  return { service: id, name: name === '' ? id : name, is_core, entitled_on, used_on: used, state }
}

export function workView(facts: AccountFacts, known: Known, day: Day): WorkView {
  const [tickets, invoices, outcomes, onboardings] = [
    byId(known, ticket, 'ticket_id'),
    byId(known, invoice, 'invoice_id'),
    byId(known, outcome, 'outcome_id'),
    byId(known, onboarding, 'onboarding_id'),
  ]
  const open = facts.tickets.filter(({ opened_on, solved_on, is_merged }) => !is_merged && opened_on <= day && (solved_on === null || solved_on > day))
  const unpaid = facts.invoices.filter((each) => isOpenOn(each, day) && each.status !== 'draft')
  return {
    tickets: open
      .map(({ id, opened_on }): TicketLine => {
        const told = tickets.get(id)
        return {
          ticket: id,
          subject: text(told?.values.subject),
          priority: text(told?.values.priority),
          opened_on,
          days: daysBetween(opened_on, day),
          fact: nameOf(told),
        }
      })
      .sort((a, b) => Number(b.priority === 'urgent') - Number(a.priority === 'urgent') || b.days - a.days),
    tickets_30: facts.tickets.filter(({ opened_on, is_merged }) => !is_merged && opened_on <= day && opened_on > addDays(day, -MONTH)).length,
    invoices: unpaid
      .map(({ id, amount, currency, due_on }): InvoiceLine => ({
        invoice: id,
        amount,
        currency,
        due_on,
        days: daysBetween(due_on, day),
        fact: nameOf(invoices.get(id)),
      }))
      .sort((a, b) => b.days - a.days),
    outcomes: facts.outcomes.filter(({ defined_on }) => defined_on <= day).map((each) => outcomeLine(each, outcomes.get(each.id), day)),
    onboardings: facts.onboardings
      .filter(({ started_on }) => started_on <= day)
      .map(({ id, started_on, agreed_end, finished_on, steps }): OnboardingLine => ({
        onboarding: id,
        started_on,
        agreed_end,
        finished_on: finished_on !== null && finished_on <= day ? finished_on : null,
        steps: steps.length,
        done: steps.filter(({ done_on }) => done_on !== null && done_on <= day).length,
        fact: nameOf(onboardings.get(id)),
      })),
    services: facts.services
      .filter(({ entitled_on, entitled_until = null }) => entitled_on !== null && entitled_on <= day && (entitled_until === null || entitled_until > day))
      .map((each) => serviceLine(each, day))
      .sort((a, b) => Number(b.is_core) - Number(a.is_core) || (a.name < b.name ? -1 : 1)),
  }
}
