import type { AccountFacts } from '../../src/health/account-facts.ts'
import type { AccountHistory } from '../../src/health/history.ts'
import type { Told } from '../../src/health/known.ts'
import type { Day } from '../../src/kernel/period.ts'
import { HEADERS } from '../../src/connectors/sample-company/account-files.ts'
import { PROOF_HEADERS } from '../../src/connectors/sample-company/proof-files.ts'
import { SUPPORT_HEADERS } from '../../src/connectors/sample-company/support-files.ts'
import { TEAM_HEADERS } from '../../src/connectors/sample-company/team-files.ts'
import type { Told as ToldTale } from '../../src/connectors/sample-company/tales.ts'
import { USAGE_HEADERS } from '../../src/connectors/sample-company/usage-files.ts'
import { VOICE_HEADERS } from '../../src/connectors/sample-company/voice-files.ts'

type Row = Readonly<Record<string, string>>

const HEADER_OF: Readonly<Record<string, string>> = {
  'subscription_versions.csv': HEADERS.versions,
  'contacts.csv': USAGE_HEADERS.contacts,
  'usage_events.csv': USAGE_HEADERS.events,
  'tickets.csv': SUPPORT_HEADERS.tickets,
  'ticket_events.csv': SUPPORT_HEADERS.events,
  'survey_responses.csv': VOICE_HEADERS.responses,
  'invoices.csv': PROOF_HEADERS.invoices,
  'touchpoints.csv': TEAM_HEADERS.touchpoints,
  'onboardings.csv': TEAM_HEADERS.onboardings,
  'onboarding_milestones.csv': TEAM_HEADERS.milestones,
  'outcomes.csv': PROOF_HEADERS.outcomes,
  'outcome_measurements.csv': PROOF_HEADERS.measurements,
}

const day = (cell: string | undefined): Day => (cell ?? '').slice(0, 10)
const dayOrNull = (cell: string | undefined): Day | null => ((cell ?? '') === '' ? null : day(cell))
const SCALES: Readonly<Record<string, readonly ['nps' | 'csat' | 'ces', number, number]>> = {
  'nps-half-yearly': ['nps', 0, 10],
  'csat-review': ['csat', 1, 5],
  'csat-support': ['csat', 1, 5],
  'ces-support': ['ces', 1, 7],
}

/** The rows of a tale in a file, by the names of its columns. */
function rowsOf({ rows }: ToldTale, file: string): Row[] {
  const columns = (HEADER_OF[file] ?? '').trimEnd().split(',')
  return (rows.get(file) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const cells = line.split(',')
      return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))
    })
}

const told = <T>(rows: readonly Row[], identity: (row: Row) => string, on: string, fact: (row: Row) => T): Told<T>[] =>
  rows
    .map((row) => ({ identity: identity(row), effective_on: day(row[on]), recorded_on: day(row[on]), deleted: false, fact: fact(row) }))
    .sort((a, b) => (a.recorded_on < b.recorded_on ? -1 : a.recorded_on > b.recorded_on ? 1 : 0))

const terms = (row: Row): AccountFacts['contracts'][number][number] => ({
  contract: row.subscription_id ?? '',
  from: day(row.effective_at),
  status: row.status ?? '',
  mrr: row.status === 'ended' ? 0 : (Number(row.quantity) * Number(row.unit_amount)) / Number(row.interval_months),
  currency: row.currency ?? '',
  seats: Number(row.quantity),
  interval_months: Number(row.interval_months),
  term_months: row.term_months === '' ? null : Number(row.term_months),
  canceled_on: dayOrNull(row.canceled_at),
  ends_on: dayOrNull(row.ends_at),
  notice_days: (row.notice_days ?? '') === '' ? null : Number(row.notice_days),
  auto_renew: row.auto_renew as 'yes' | 'no' | '',
  renews_on: dayOrNull(row.renews_at),
})

const CORE = ['dashboards', 'reports', 'alerts', 'sharing', 'scheduled_reports']

/** Core features, each version of them a day on which it was used. */
function servicesOf(tale: ToldTale, released: Day): AccountHistory['services'] {
  const used = rowsOf(tale, 'usage_events.csv')
  return CORE.flatMap((id) => {
    const service = { id, name: id, is_core: true, entitled_on: released, released_on: released, used_on: null }
    const days = [...new Set(used.filter(({ feature }) => feature === id).map(({ occurred_at }) => day(occurred_at)))].sort()
    return [
      { identity: id, effective_on: released, recorded_on: released, deleted: false, fact: service },
      ...days.map((used_on) => ({ identity: id, effective_on: released, recorded_on: used_on, deleted: false, fact: { ...service, used_on } })),
    ]
  })
}

const of =
  (tale: ToldTale) =>
  <T>(file: string, identity: (row: Row) => string, on: string, fact: (row: Row) => T): Told<T>[] =>
    told(rowsOf(tale, file), identity, on, fact)

/** Facts of which a first version is told on one day, and a second with its end on another. */
function ending<T>(
  rows: readonly Row[],
  identity: (row: Row) => string,
  begins: string,
  endOf: (row: Row) => Day | null,
  fact: (row: Row, end: Day | null) => T,
): Told<T>[] {
  return rows
    .flatMap((row) => {
      const begun = day(row[begins])
      const [first, end] = [{ identity: identity(row), effective_on: begun, recorded_on: begun, deleted: false, fact: fact(row, null) }, endOf(row)]
      return end === null ? [first] : [first, { ...first, recorded_on: end, fact: fact(row, end) }]
    })
    .sort((a, b) => (a.recorded_on < b.recorded_on ? -1 : a.recorded_on > b.recorded_on ? 1 : 0))
}

function ticketsOf(tale: ToldTale): AccountHistory['tickets'] {
  const solved = new Map(rowsOf(tale, 'ticket_events.csv').flatMap((row) => (row.status === 'solved' ? [[row.ticket_id, day(row.happened_at)]] : [])))
  return ending(
    rowsOf(tale, 'tickets.csv'),
    (row) => row.ticket_id ?? '',
    'created_at',
    (row) => solved.get(row.ticket_id ?? '') ?? null,
    (row, solved_on) => ({
      id: row.ticket_id ?? '',
      opened_on: day(row.created_at),
      solved_on,
      is_urgent: row.priority === 'urgent',
      is_merged: row.merged_into !== '',
    }),
  )
}

const invoicesOf = (tale: ToldTale): AccountHistory['invoices'] =>
  ending(
    rowsOf(tale, 'invoices.csv'),
    (row) => row.invoice_id ?? '',
    'issued_on',
    (row) => dayOrNull(row.paid_on),
    (row, paid_on) => ({
      id: row.invoice_id ?? '',
      due_on: day(row.due_on),
      paid_on,
      status: paid_on === null ? 'open' : 'paid',
      amount: Number(row.amount),
      currency: row.currency ?? '',
    }),
  )

const contactsOf = (tale: ToldTale): AccountHistory['contacts'] =>
  of(tale)(
    'contacts.csv',
    (row) => row.contact_id ?? '',
    'effective_at',
    (row) => ({
      contact: row.contact_id ?? '',
      from: day(row.effective_at),
      name: row.name ?? '',
      user: row.user_id ?? '',
      is_champion: row.is_champion === 'true',
      is_executive: row.is_executive === 'true',
      left_on: dayOrNull(row.left_at),
    }),
  )

const responsesOf = (tale: ToldTale): AccountHistory['responses'] =>
  of(tale)(
    'survey_responses.csv',
    (row) => row.response_id ?? '',
    'answered_at',
    (row) => {
      const [kind, least, most] = SCALES[row.survey_id ?? ''] ?? ['csat', 1, 5]
      return { id: row.response_id ?? '', kind, day: day(row.answered_at), contact: row.contact_id ?? '', score: Number(row.score), scale: [least, most] }
    },
  )

const touchpointsOf = (tale: ToldTale): AccountHistory['touchpoints'] =>
  of(tale)(
    'touchpoints.csv',
    (row) => row.touchpoint_id ?? '',
    'happened_at',
    (row) => ({
      day: day(row.happened_at),
      two_way: row.two_way === 'yes',
      state: row.state as '' | 'rescheduled',
      contact: row.contact_id ?? '',
    }),
  )

function onboardingsOf(tale: ToldTale): Pick<AccountHistory, 'onboardings' | 'steps'> {
  const onboardings = of(tale)(
    'onboardings.csv',
    (row) => row.onboarding_id ?? '',
    'started_at',
    (row) => ({
      id: row.onboarding_id ?? '',
      started_on: day(row.started_at),
      agreed_end: dayOrNull(row.agreed_end),
      finished_on: dayOrNull(row.finished_at),
    }),
  )
  const steps = of(tale)(
    'onboarding_milestones.csv',
    (row) => `${row.onboarding_id} ${row.milestone}`,
    'due_on',
    (row) => ({
      onboarding: row.onboarding_id ?? '',
      done_on: dayOrNull(row.done_at),
    }),
  )
  return { onboardings, steps: steps.map((step) => ({ ...step, recorded_on: onboardings[0]?.recorded_on ?? step.recorded_on })) }
}

function outcomesOf(tale: ToldTale): Pick<AccountHistory, 'outcomes' | 'measurements'> {
  return {
    outcomes: of(tale)(
      'outcomes.csv',
      (row) => row.outcome_id ?? '',
      'defined_at',
      (row) => ({
        id: row.outcome_id ?? '',
        name: row.name ?? '',
        defined_on: day(row.defined_at),
        due_on: dayOrNull(row.due_on),
        closed_on: dayOrNull(row.closed_at),
        baseline: Number(row.baseline),
        target: Number(row.target),
      }),
    ),
    measurements: of(tale)(
      'outcome_measurements.csv',
      (row) => row.measurement_id ?? '',
      'measured_at',
      (row) => ({
        outcome: row.outcome_id ?? '',
        day: day(row.measured_at),
        value: Number(row.value),
      }),
    ),
  }
}

/** The life of a tale as if every fact had been known from its day on. */
export const historyOf = (tale: ToldTale, released: Day): AccountHistory => ({
  account: tale.id,
  terms: of(tale)('subscription_versions.csv', (row) => `${row.subscription_id} ${row.effective_at}`, 'effective_at', terms),
  contacts: contactsOf(tale),
  use: of(tale)(
    'usage_events.csv',
    (row) => row.event_id ?? '',
    'occurred_at',
    (row) => ({ day: day(row.occurred_at), user: row.user_id ?? '', source: 'app' }),
  ),
  tickets: ticketsOf(tale),
  responses: responsesOf(tale),
  invoices: invoicesOf(tale),
  touchpoints: touchpointsOf(tale),
  ...onboardingsOf(tale),
  ...outcomesOf(tale),
  pulses: [],
  services: servicesOf(tale, released),
})
