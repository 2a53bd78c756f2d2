import type { Day } from '../kernel/period.ts'
import type { AccountFacts, SurveyResponse, Invoice, Onboarding, Outcome, ContactTerms, Service, Ticket, Touchpoint, Use } from './account-facts.ts'
import type { ToldTerms } from './contracts.ts'
import { contractOf } from './contracts.ts'
import type { Pulse } from './lists.ts'
import { groupBy } from './group.ts'
import type { Told } from './known.ts'
import { knownOn, toldAtOnce } from './known.ts'

/** All that was ever recorded of an account, each kind in the order in which it was told. */
export interface AccountHistory {
  readonly account: string
  readonly terms: readonly Told<ToldTerms>[]
  readonly contacts: readonly Told<ContactTerms>[]
  readonly use: readonly Told<Use & { readonly source: string }>[]
  readonly tickets: readonly Told<Ticket>[]
  readonly responses: readonly Told<SurveyResponse>[]
  readonly invoices: readonly Told<Invoice>[]
  readonly touchpoints: readonly Told<Touchpoint>[]
  readonly onboardings: readonly Told<Omit<Onboarding, 'steps'>>[]
  readonly steps: readonly Told<{ readonly onboarding: string; readonly done_on: Day | null }>[]
  readonly outcomes: readonly Told<Omit<Outcome, 'readings'>>[]
  readonly measurements: readonly Told<{ readonly outcome: string; readonly day: Day; readonly value: number }>[]
  readonly pulses: readonly Told<Pulse>[]
  readonly services: readonly Told<Service>[]
}

/** The same history had nothing come late: each fact known from the day on which it took effect. */
export const heardAtOnce = ({ account, ...kinds }: AccountHistory): AccountHistory => ({
  account,
  ...(Object.fromEntries(Object.entries(kinds).map(([kind, told]) => [kind, toldAtOnce<unknown>(told)])) as unknown as Omit<AccountHistory, 'account'>),
})

export type HistoryKind = keyof Omit<AccountHistory, 'account'>

/** The kinds of an account's history, whatever their facts say. */
export const toldKinds = ({ account: _, ...kinds }: AccountHistory): [kind: HistoryKind, told: readonly Told<unknown>[]][] =>
  Object.entries(kinds) as [HistoryKind, readonly Told<unknown>[]][]

/** An account of which nothing was told. */
export const untold = (account: string): AccountHistory => ({
  account,
  terms: [],
  contacts: [],
  use: [],
  tickets: [],
  responses: [],
  invoices: [],
  touchpoints: [],
  onboardings: [],
  steps: [],
  outcomes: [],
  measurements: [],
  pulses: [],
  services: [],
})

const ordered = <T>(rows: readonly T[], of: (row: T) => string): T[] => rows.toSorted((a, b) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0))

/** The facts of an account as they were known at the close of a day. */
export function factsKnownOn(history: AccountHistory, day: Day): AccountFacts {
  const [steps, measurements] = [knownOn(history.steps, day), knownOn(history.measurements, day)]
  const contracts = groupBy(
    ordered(knownOn(history.terms, day), ({ from }) => from),
    ({ contract }) => contract,
  )
  return {
    account: history.account,
    contracts: [...contracts.values()].map(contractOf),
    contacts: knownOn(history.contacts, day),
    use: ordered(knownOn(history.use, day), (use) => use.day),
    tickets: knownOn(history.tickets, day),
    responses: ordered(knownOn(history.responses, day), (response) => response.day),
    invoices: knownOn(history.invoices, day),
    touchpoints: ordered(knownOn(history.touchpoints, day), (touch) => touch.day),
    onboardings: knownOn(history.onboardings, day).map((each) => ({ ...each, steps: steps.filter(({ onboarding }) => onboarding === each.id) })),
    outcomes: knownOn(history.outcomes, day).map((each) => ({ ...each, readings: measurements.filter(({ outcome }) => outcome === each.id) })),
    services: knownOn(history.services, day),
  }
}
