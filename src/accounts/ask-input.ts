import type { Asking } from '../books/ask.ts'
import { invoice } from '../facts/invoice.ts'
import { surveyResponse } from '../facts/survey-response.ts'
import { ticket } from '../facts/ticket.ts'
import type { FactDefinition } from '../facts/fact.ts'
import { seatsOn } from '../health/caps.ts'
import { inputsOf } from '../health/model.ts'
import { WINDOWS, judgedInvoices, latestResponses, wasPaidInTime } from '../health/readings.ts'
import { usesBetween } from '../health/account-day.ts'
import { groupBy } from '../health/group.ts'
import { notFound } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'
import { formatDay } from '../kernel/words/days.ts'
import type { AsOf, KnownAccount } from './known-account.ts'
import { knowAccount } from './known-account.ts'
import type { Accounts } from './open-account.ts'
import type { FactName } from './overview/money.ts'
import { factName } from './overview/money.ts'
import { joined, moneyOf } from './timeline/happening.ts'

/** One row that an input was read from. */
export interface InputRow {
  readonly day: Day
  readonly title: string
  readonly detail: string | null
  /** What it adds: a day of use, a ticket, an answer from 0 to 10, an invoice paid in time or not. */
  readonly value: number | null
  readonly fact: FactName | null
}

export interface InputRows {
  readonly account_id: string
  readonly input: string
  readonly name: string
  /** How the value comes of the rows. */
  readonly says: string
  readonly from: Day
  readonly until: Day
  /** The latest first. */
  readonly rows: readonly InputRow[]
}

type Read = Pick<InputRows, 'says' | 'from' | 'until' | 'rows'>

/** The fact with an id, by the column that holds it. */
function factOf(
  { known }: KnownAccount,
  fact: FactDefinition,
  column: string,
  id: string,
): { name: FactName | null; values: Readonly<Record<string, unknown>> } {
  const version = known.of(fact).find(({ values }) => String(values[column]) === id)
  return { name: version === undefined ? null : factName(version), values: version?.values ?? {} }
}

const people = (n: number): string => `${n} ${n === 1 ? 'person' : 'people'}`

function useRows(known: KnownAccount): Read {
  const { until } = known.on(known.day)
  const from = addDays(until, 1 - WINDOWS.use)
  const byDay = groupBy(usesBetween(known.facts.use, from, until), ({ day }) => day)
  const rows = [...byDay].map(([day, uses]): InputRow => {
    const events = uses.reduce((sum, { events: n = 1 }) => sum + n, 0)
    return { day, title: people(new Set(uses.map(({ user }) => user)).size), detail: `${events} ${events === 1 ? 'event' : 'events'}`, value: 1, fact: null }
  })
  return { says: `Days with use of the 28 up to ${formatDay(until)}`, from, until, rows }
}

function ticketRows(known: KnownAccount): Read {
  const { day, facts } = known
  const from = addDays(day, 1 - WINDOWS.tickets)
  const opened = facts.tickets.filter((each) => !each.is_merged && each.opened_on >= from && each.opened_on <= day)
  const rows = opened.map(({ id, opened_on, solved_on }): InputRow => {
    const { name, values } = factOf(known, ticket, 'ticket_id', id)
    return {
      day: opened_on,
      title: `Ticket ${id}`,
      detail: joined([String(values.subject ?? ''), solved_on === null ? 'open' : `solved ${formatDay(solved_on)}`]),
      value: 1,
      fact: name,
    }
  })
  const seats = seatsOn(facts.contracts, day)
  return {
    says: `100 × ${opened.length} tickets over ${Math.max(seats, 20)} seats${seats < 20 ? `, 20 being the least (${seats} are paid for)` : ''}`,
    from,
    until: day,
    rows,
  }
}

function responseRows(known: KnownAccount): Read {
  const { day, facts } = known
  const from = addDays(day, 1 - WINDOWS.responses)
  const rows = latestResponses(facts.responses, from, day).map((response): InputRow => {
    const [least, most] = response.scale
    const { name, values } = factOf(known, surveyResponse, 'response_id', response.id)
    const who = response.contact === '' ? 'Somebody' : known.known.nameOf(response.contact)
    return {
      day: response.day,
      title: `${who}: ${response.score} (${response.kind.toUpperCase()})`,
      detail: joined([String(values.comment ?? '')]),
      value: (10 * (response.score - least)) / (most - least),
      fact: name,
    }
  })
  return { says: 'The mean over people of each latest answer of 180 days, on 0 to 10', from, until: day, rows }
}

function invoiceRows(known: KnownAccount): Read {
  const { day, facts } = known
  const judged = judgedInvoices(facts.invoices, day)
  const rows = judged.map((each): InputRow => {
    const paid = each.paid_on === null ? 'not paid' : `paid ${formatDay(each.paid_on)}`
    const detail = joined([each.amount === null ? null : moneyOf(each.amount, each.currency), paid])
    return {
      day: each.due_on,
      title: `Invoice ${each.id}`,
      detail,
      value: wasPaidInTime(each) ? 1 : 0,
      fact: factOf(known, invoice, 'invoice_id', each.id).name,
    }
  })
  return { says: 'Of the last 12 invoices, three days past due, those that were paid by then', from: judged[0]?.due_on ?? day, until: day, rows }
}

const ROWS = { usage: useRows, support: ticketRows, feedback: responseRows, billing: invoiceRows } as const

/** The rows that an input of the health of an account was read from. Throws `not_found` for one that is a metric: that is opened as such. */
export async function askInput(accounts: Accounts, asking: Asking, id: string, input: string, asOf: AsOf): Promise<InputRows> {
  const known = await knowAccount(accounts, asking, id, asOf)
  const found = inputsOf(known.model.families).find((each) => each.id === input)
  if (found === undefined || found.reads.kind !== 'reading') throw notFound('input', input, 'An input that reads a metric is opened by the metric.')
  const read = ROWS[found.reads.reading](known)
  return { account_id: known.account_id, input, name: found.name, ...read, rows: read.rows.toSorted((a, b) => (a.day < b.day ? 1 : -1)) }
}
