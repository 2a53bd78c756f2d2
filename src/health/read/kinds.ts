import { contact } from '../../facts/contact.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { invoice } from '../../facts/invoice.ts'
import { onboardingMilestone } from '../../facts/onboarding-milestone.ts'
import { onboarding } from '../../facts/onboarding.ts'
import { outcomeMeasurement } from '../../facts/outcome-measurement.ts'
import { outcome } from '../../facts/outcome.ts'
import { pulse } from '../../facts/pulse.ts'
import { touchpoint } from '../../facts/touchpoint.ts'
import type { Day } from '../../kernel/period.ts'
import { sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { ContactTerms, Invoice, Touchpoint } from '../account-facts.ts'
import type { AccountHistory } from '../history.ts'
import type { Pulse } from '../lists.ts'
import type { VersionRow } from './tell.ts'
import type { ByAccount, Chunk, Reading } from './versions.ts'
import { dayText, readTold, versionsOf } from './versions.ts'

type Fact<K extends keyof AccountHistory> = AccountHistory[K] extends readonly { readonly fact: infer F }[] ? F : never

/** A kind whose facts say of themselves all that a rule reads of them. */
interface Kind<R, T> {
  readonly fact: FactDefinition
  columns(day: (column: string) => Sql): readonly Sql[]
  read(row: R): T
}

const kind = <R, T>(of: Kind<R, T>): Kind<R, T> => of
const number = (column: string): Sql => trusted(`toFloat64(${column}) AS ${column}`)

const contacts = kind({
  fact: contact,
  columns: (day) => [sql`contact_id, name, user_id, is_champion, is_executive, ${day('left_at')} AS left_on`],
  read: (row: {
    contact_id: string
    name: string
    user_id: string
    is_champion: number
    is_executive: number
    effective_on: Day
    left_on: Day | null
  }): ContactTerms => ({
    contact: row.contact_id,
    from: row.effective_on,
    name: row.name,
    user: row.user_id,
    is_champion: row.is_champion === 1,
    is_executive: row.is_executive === 1,
    left_on: row.left_on,
  }),
})

/** One that is marked as paid without a day cannot be judged: it is neither late nor open. */
const invoices = kind({
  fact: invoice,
  columns: () => [
    sql`invoice_id, toString(due_on) AS due, toString(paid_on) AS paid, toString(status) AS state, ${number('amount')}, toString(currency) AS of`,
  ],
  read: (row: { invoice_id: string; due: Day; paid: Day | null; state: string; amount: number | null; of: string }): Invoice => ({
    id: row.invoice_id,
    due_on: row.due,
    paid_on: row.paid,
    status: (row.state === 'paid' && row.paid === null) || (row.amount !== null && row.amount <= 0) ? 'void' : row.state,
    amount: row.amount,
    currency: row.of,
  }),
})

const touchpoints = kind({
  fact: touchpoint,
  columns: () => [sql`two_way = 'yes' OR (two_way = '' AND kind IN ('call', 'meeting')) AS took_part, toString(state) AS became, contact_id`],
  read: (row: { effective_on: Day; took_part: number; became: Touchpoint['state']; contact_id: string }): Touchpoint => ({
    day: row.effective_on,
    two_way: row.took_part === 1,
    state: row.became,
    contact: row.contact_id,
  }),
})

const onboardings = kind({
  fact: onboarding,
  columns: (day) => [sql`onboarding_id, toString(agreed_end) AS due, ${day('finished_at')} AS finished_on`],
  read: (row: { onboarding_id: string; effective_on: Day; due: Day | null; finished_on: Day | null }): Fact<'onboardings'> => ({
    id: row.onboarding_id,
    started_on: row.effective_on,
    agreed_end: row.due,
    finished_on: row.finished_on,
  }),
})

const steps = kind({
  fact: onboardingMilestone,
  columns: (day) => [sql`onboarding_id, ${day('done_at')} AS done_on`],
  read: (row: { onboarding_id: string; done_on: Day | null }): Fact<'steps'> => ({ onboarding: row.onboarding_id, done_on: row.done_on }),
})

const outcomes = kind({
  fact: outcome,
  columns: (day) => [sql`outcome_id, name, toString(due_on) AS due, ${day('closed_at')} AS closed_on`, number('baseline'), number('target')],
  read: (row: {
    outcome_id: string
    name: string
    effective_on: Day
    due: Day | null
    closed_on: Day | null
    baseline: number
    target: number
  }): Fact<'outcomes'> => ({
    id: row.outcome_id,
    name: row.name,
    defined_on: row.effective_on,
    due_on: row.due,
    closed_on: row.closed_on,
    baseline: row.baseline,
    target: row.target,
  }),
})

const measurements = kind({
  fact: outcomeMeasurement,
  columns: () => [sql`outcome_id, ${number('value')}`],
  read: (row: { outcome_id: string; effective_on: Day; value: number }): Fact<'measurements'> => ({
    outcome: row.outcome_id,
    day: row.effective_on,
    value: row.value,
  }),
})

const pulses = kind({
  fact: pulse,
  columns: () => [sql`toString(value) AS view, reason, author`],
  read: (row: { effective_on: Day; view: Pulse['value']; reason: string; author: string }): Pulse => ({
    set_on: row.effective_on,
    value: row.view,
    reason: row.reason,
    author: row.author,
  }),
})

const PLAIN = { contacts, invoices, touchpoints, onboardings, steps, outcomes, measurements, pulses } as const
type Plain = { readonly [K in keyof typeof PLAIN]: ByAccount<Fact<K>> }

const readKind = <R, T>(reading: Reading, chunk: Chunk, { fact, columns, read }: Kind<R, T>): Promise<ByAccount<T>> =>
  readTold<R & VersionRow, T>(
    reading,
    chunk,
    versionsOf(
      reading,
      chunk,
      fact,
      columns((column) => dayText(reading, column)),
    ),
    read,
  )

/** All kinds that need no other, of some accounts. */
export async function readPlainKinds(reading: Reading, chunk: Chunk): Promise<Plain> {
  const read = await Promise.all(
    Object.entries(PLAIN).map(async ([name, each]) => [name, await readKind(reading, chunk, each as Kind<unknown, unknown>)] as const),
  )
  return Object.fromEntries(read) as unknown as Plain
}
