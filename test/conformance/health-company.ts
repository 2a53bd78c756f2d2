import { readFileSync } from 'node:fs'
import type { SurveyResponse } from '../../src/health/account-facts.ts'
import type { Terms } from '../../src/health/contracts.ts'
import { groupBy } from '../../src/health/group.ts'
import type { AccountHistory } from '../../src/health/history.ts'
import type { Told } from '../../src/health/known.ts'
import type { Day } from '../../src/kernel/period.ts'

type Row = Readonly<Record<string, string>>

const FOLDER = new URL('../golden/health-company/', import.meta.url)
export const expectedHealth = JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8'))

const rowsOf = (name: string): Row[] => {
  const [header = '', ...lines] = readFileSync(new URL(`company/${name}.csv`, FOLDER), 'utf8')
    .trimEnd()
    .split('\n')
  const columns = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))
  })
}

const day = (cell: string | undefined): Day => (cell ?? '').slice(0, 10)
const dayOrNull = (cell: string | undefined): Day | null => (cell === undefined || cell === '' ? null : day(cell))
const SCALES: Readonly<Record<SurveyResponse['kind'], SurveyResponse['scale']>> = { nps: [0, 10], csat: [1, 5], ces: [1, 7] }

interface Kind<T> {
  readonly file: string
  readonly identity: readonly string[]
  readonly effective: string
  readonly fact: (row: Row) => T
}

/** Versions of one kind by account, in the order in which they were recorded; `ideal`: each known from when it holds. */
function told<T>({ file, identity, effective, fact }: Kind<T>, ideal: boolean): Map<string, Told<T>[]> {
  const versions = rowsOf(file).map((row) => ({
    account: row.account_id ?? '',
    identity: identity.map((column) => row[column]).join('|'),
    recorded_on: day(ideal || (row._recorded_at ?? '') === '' ? row[effective] : row._recorded_at),
    effective_on: day(row[effective]),
    deleted: row._deleted === '1',
    fact: fact(row),
  }))
  const inOrder = versions
    .map((version, i) => ({ version, i }))
    .sort((a, b) => (a.version.recorded_on < b.version.recorded_on ? -1 : a.version.recorded_on > b.version.recorded_on ? 1 : a.i - b.i))
  return groupBy(
    inOrder.map(({ version }) => version),
    ({ account }) => account,
  )
}

const terms = (row: Row): Terms => ({
  contract: row.subscription_id ?? '',
  from: day(row.effective_at),
  status: row.status ?? '',
  currency: row.currency ?? '',
  mrr: row.status === 'ended' ? 0 : (Number(row.quantity) * Number(row.unit_amount)) / Number(row.interval_months),
  seats: Number(row.quantity),
  interval_months: Number(row.interval_months),
  term_months: row.term_months === '' ? null : Number(row.term_months),
  canceled_on: dayOrNull(row.canceled_at),
  ends_on: dayOrNull(row.ends_at),
  notice_days: row.notice_days === '' ? null : Number(row.notice_days),
  auto_renew: row.auto_renew as Terms['auto_renew'],
  renews_on: dayOrNull(row.renews_at),
})

const kind = <T>(of: Kind<T>): Kind<T> => of

/** What each file of the company holds. */
const KINDS = {
  terms: kind({ file: 'subscription_versions', identity: ['subscription_id', 'effective_at'], effective: 'effective_at', fact: terms }),
  contacts: kind({
    file: 'contacts',
    identity: ['contact_id', 'effective_at'],
    effective: 'effective_at',
    fact: (row) => ({
      contact: row.contact_id ?? '',
      from: day(row.effective_at),
      name: row.name ?? '',
      user: row.user_id ?? '',
      is_champion: row.is_champion === 'true',
      is_executive: row.is_executive === 'true',
      left_on: dayOrNull(row.left_at),
    }),
  }),
  use: kind({
    file: 'usage_events',
    identity: ['account_id', 'user_id', 'occurred_at', 'event'],
    effective: 'occurred_at',
    fact: (row) => ({ day: day(row.occurred_at), user: row.user_id ?? '', source: row._source === '' || row._source === undefined ? 'app' : row._source }),
  }),
  tickets: kind({
    file: 'tickets',
    identity: ['ticket_id'],
    effective: 'created_at',
    fact: (row) => ({
      id: row.ticket_id ?? '',
      opened_on: day(row.created_at),
      solved_on: dayOrNull(row.solved_at),
      is_urgent: row.priority === 'urgent',
      is_merged: (row.merged_into ?? '') !== '',
    }),
  }),
  responses: kind({
    file: 'survey_responses',
    identity: ['response_id'],
    effective: 'answered_at',
    fact: (row) => {
      const kind = row.kind as SurveyResponse['kind']
      return { id: row.response_id ?? '', kind, day: day(row.answered_at), contact: row.contact_id ?? '', score: Number(row.score), scale: SCALES[kind] }
    },
  }),
  invoices: kind({
    file: 'invoices',
    identity: ['invoice_id'],
    effective: 'issued_on',
    fact: (row) => ({
      id: row.invoice_id ?? '',
      due_on: day(row.due_on),
      paid_on: dayOrNull(row.paid_on),
      status: row.status ?? '',
      amount: Number(row.amount),
      currency: row.currency ?? '',
    }),
  }),
  touchpoints: kind({
    file: 'touchpoints',
    identity: ['touchpoint_id'],
    effective: 'happened_at',
    fact: (row) => ({
      day: day(row.happened_at),
      two_way: row.two_way === 'yes' || (row.two_way === '' && ['call', 'meeting'].includes(row.kind ?? '')),
      state: row.state as '' | 'held',
      contact: row.contact_id ?? '',
    }),
  }),
  onboardings: kind({
    file: 'onboardings',
    identity: ['onboarding_id'],
    effective: 'started_at',
    fact: (row) => ({
      id: row.onboarding_id ?? '',
      started_on: day(row.started_at),
      agreed_end: dayOrNull(row.agreed_end),
      finished_on: dayOrNull(row.finished_at),
    }),
  }),
  steps: kind({
    file: 'onboarding_milestones',
    identity: ['onboarding_id', 'milestone'],
    effective: 'planned_at',
    fact: (row) => ({ onboarding: row.onboarding_id ?? '', done_on: dayOrNull(row.done_at) }),
  }),
  outcomes: kind({
    file: 'outcomes',
    identity: ['outcome_id'],
    effective: 'defined_at',
    fact: (row) => ({
      id: row.outcome_id ?? '',
      name: row.name ?? '',
      defined_on: day(row.defined_at),
      due_on: dayOrNull(row.due_on),
      closed_on: dayOrNull(row.closed_at),
      baseline: Number(row.baseline),
      target: Number(row.target),
    }),
  }),
  measurements: kind({
    file: 'outcome_measurements',
    identity: ['measurement_id'],
    effective: 'measured_at',
    fact: (row) => ({ outcome: row.outcome_id ?? '', day: day(row.measured_at), value: Number(row.value) }),
  }),
  pulses: kind({
    file: 'pulses',
    identity: ['account_id', 'set_at'],
    effective: 'set_at',
    fact: (row) => ({ set_on: day(row.set_at), value: row.value as 'red', reason: row.reason ?? '', author: row.author ?? '' }),
  }),
}

/** The company as it was told, account by account; ideal: as if each fact had been known from when it holds. */
export function readHealthCompany(ideal = false): AccountHistory[] {
  const kinds = Object.entries(KINDS).map(([name, each]) => [name, told<unknown>(each, ideal)] as const)
  return rowsOf('accounts').map(({ account_id: account = '' }) => ({
    account,
    ...(Object.fromEntries(kinds.map(([name, byAccount]) => [name, byAccount.get(account) ?? []])) as unknown as Omit<AccountHistory, 'account' | 'services'>),
    services: [],
  }))
}

/** Accounts that belong to another, with that. */
export const readParents = (): Map<string, string> =>
  new Map(rowsOf('accounts').flatMap(({ account_id = '', parent = '' }) => (parent === '' ? [] : [[account_id, parent] as const])))
