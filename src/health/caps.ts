import { bare } from '../kernel/bare.ts'
import { ruleHolds, termKey, termsOf } from '../kernel/rule/rule.ts'
import type { RuleTerm } from '../kernel/rule/rule.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { AccountFacts, Invoice } from './account-facts.ts'
import { isThere, contactsOn } from './account-facts.ts'
import { inForce, isPaying } from './contracts.ts'
import type { Circumstances } from './decisions.ts'
import { decidedInForce } from './decisions.ts'
import type { HealthModel, OwnCap } from './model.ts'

/** Of an account on a day, as far as caps ask. */
export interface CapEvidence {
  readonly day: Day
  readonly facts: Pick<AccountFacts, 'contracts' | 'invoices' | 'tickets' | 'contacts'>
  readonly circumstances?: Circumstances | undefined
  readonly licence: LicenceUse | null
  /** What is read of the account for the rules of own caps; null where it is not known. */
  readonly readValue?: ((term: RuleTerm) => number | null) | undefined
}

/** How much of what is paid for is used; null where the use of 90 days is not known. */
export interface LicenceUse {
  readonly users: number
  readonly seats: number
}

/** A cap that holds: a decision, with what it rests on and until when. */
export interface Cap {
  readonly id: string
  readonly at_most: number
  readonly since: Day
  readonly evidence: string
  /** Its last day; null while its condition lasts. */
  readonly expires: Day | null
  /** What an own cap is called. */
  readonly name?: string | undefined
}

type Found = Pick<Cap, 'since' | 'evidence'>

interface CapRule {
  /** What it says in a line behind "capped at 29: ". */
  says(cap: Pick<Cap, 'since'>): string
  /** Since when and by what it holds. `not_checkable` where no fact could say so. */
  find(evidence: CapEvidence, days: number | null): Found | null | 'not_checkable'
}

/** Days after which a customer has had time to use what is paid for. */
export const LONG_CUSTOMER = 180
const LEAST_LICENCE = { seats: 5, used: 0.5 }
/** Days after which a bill, and an urgent ticket, are too old. */
export const PAST_DUE = 60
export const CRITICAL = 7
const CLOSED = new Set(['paid', 'void', 'draft'])

/** An invoice that is to be paid and was not by the close of a day. */
export const isOpenOn = ({ paid_on, status }: Invoice, day: Day): boolean => (paid_on === null ? !CLOSED.has(status) : paid_on > day && status !== 'void')

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** "3 May": as a sentence names a day of about now. */
export const shortDay = (day: Day): string => `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]}`

function leaving({ facts, day, circumstances }: CapEvidence, isNoticed: boolean): Found | null {
  const decision = decidedInForce(facts.contracts, day, circumstances)
  if (decision === null || (decision.told_on !== null && decision.told_on <= day) !== isNoticed) return null
  return { since: isNoticed ? (decision.told_on ?? decision.day) : decision.day, evidence: decision.contract }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function pastDue({ facts, day }: CapEvidence, days: number | null): Found | null {
  const late = facts.invoices
    .filter((invoice) => isOpenOn(invoice, day) && daysBetween(invoice.due_on, day) > PAST_DUE && daysBetween(invoice.due_on, day) <= (days ?? Infinity))
    .sort((a, b) => byText(a.due_on, b.due_on) || byText(a.id, b.id))[0]
  return late === undefined ? null : { since: addDays(late.due_on, PAST_DUE + 1), evidence: late.id }
}

function criticalTicket({ facts, day }: CapEvidence, days: number | null): Found | null {
  const open = facts.tickets
    .filter(({ is_urgent, is_merged, opened_on, solved_on }) => {
      const age = daysBetween(opened_on, day)
      return is_urgent && !is_merged && (solved_on === null || solved_on > day) && age > CRITICAL && age <= (days ?? Infinity)
    })
    .sort((a, b) => byText(a.opened_on, b.opened_on) || byText(a.id, b.id))[0]
  return open === undefined ? null : { since: addDays(open.opened_on, CRITICAL + 1), evidence: open.id }
}

function championLeft({ facts, day }: CapEvidence, days: number | null): Found | null | 'not_checkable' {
  const champions = contactsOn(facts.contacts, day).filter(({ is_champion }) => is_champion)
  if (facts.contacts.every(({ from }) => from > day)) return 'not_checkable'
  if (champions.some((champion) => isThere(champion, day))) return null
  const last = champions.toSorted((a, b) => byText(a.left_on ?? '', b.left_on ?? '')).at(-1)
  if (last?.left_on === undefined || last.left_on === null || daysBetween(last.left_on, day) > (days ?? Infinity)) return null
  return { since: last.left_on, evidence: last.contact }
}

function licenceUse({ facts, day, licence }: CapEvidence): Found | null | 'not_checkable' {
  if (licence === null) return 'not_checkable'
  const { users, seats } = licence
  const isOld = facts.contracts.flat().some((terms) => isPaying(terms) && daysBetween(terms.from, day) >= LONG_CUSTOMER)
  const isLow = isOld && seats >= LEAST_LICENCE.seats && users < seats * LEAST_LICENCE.used
  return isLow ? { since: day, evidence: `${users} of ${seats} seats` } : null
}

/** The caps of the product by their ids, each a sentence and a condition. */
export const CAP_RULES = bare<Readonly<Record<string, CapRule>>>({
  notice_given: { says: ({ since }) => `notice given on ${shortDay(since)}`, find: (evidence) => leaving(evidence, true) },
  auto_renew_off: { says: ({ since }) => `auto-renewal switched off on ${shortDay(since)}`, find: (evidence) => leaving(evidence, false) },
  past_due_60: { says: () => `an invoice is more than ${PAST_DUE} days late`, find: pastDue },
  critical_ticket_7: { says: () => `an urgent ticket is open for more than ${CRITICAL} days`, find: criticalTicket },
  champion_left: { says: ({ since }) => `the champion left on ${shortDay(since)}`, find: championLeft },
  licence_use_low: { says: () => 'less than half of the seats are used', find: licenceUse },
})

/** First day on which the days of a cap are counted, by the day since which it holds. */
const COUNTED_FROM = bare<Readonly<Record<string, number>>>({ past_due_60: PAST_DUE + 1, critical_ticket_7: CRITICAL + 1 })

type Checked = Cap | 'clear' | 'not_checkable'

/** A rule of the team's own holds on the day on which it is looked at: nothing says since when. */
function checkOwn(id: string, { name, at_most, when, until }: OwnCap, { day, readValue = () => null }: CapEvidence): Checked {
  const found = day > until ? false : ruleHolds(when, readValue)
  if (found !== true) return found === null ? 'not_checkable' : 'clear'
  const evidence = termsOf(when).map((term) => `${termKey(term)}: ${readValue(term) ?? 'not known'}`)
  return { id, name, at_most, since: day, evidence: evidence.join(', '), expires: until }
}

/** Each cap of a model: in force, clear, or not checkable. */
export function checkCaps(model: Pick<HealthModel, 'caps' | 'own_caps'>, evidence: CapEvidence): Readonly<Record<string, Checked>> {
  return Object.fromEntries([
    ...Object.entries(model.own_caps).map(([id, own]): [string, Checked] => [id, checkOwn(id, own, evidence)]),
    ...Object.entries(model.caps).map(([id, { at_most, days }]): [string, Checked] => {
      const found = CAP_RULES[id]?.find(evidence, days) ?? null
      if (found === null) return [id, 'clear']
      if (found === 'not_checkable') return [id, found]
      return [id, { id, at_most, ...found, expires: days === null ? null : addDays(found.since, days - (COUNTED_FROM[id] ?? 0)) }]
    }),
  ])
}

/** The caps in force, the lowest first, ties by id. */
export const capsInForce = (checked: Readonly<Record<string, Checked>>): Cap[] =>
  Object.values(checked)
    .filter((each) => typeof each !== 'string')
    .sort((a, b) => a.at_most - b.at_most || byText(a.id, b.id))

/** The cap that decides the score, of those in force. */
export const bindingCap = (weighted: number | null, caps: readonly Cap[]): Cap | null =>
  weighted === null || caps[0] === undefined || caps[0].at_most >= weighted ? null : caps[0]

/** A cap never lifts, and never makes a score. */
export const cappedScore = (weighted: number | null, caps: readonly Pick<Cap, 'at_most'>[]): number | null =>
  weighted === null ? null : Math.min(weighted, ...caps.map(({ at_most }) => at_most))

/** "71, capped at 29: auto-renewal switched off on 3 May". */
export function printCapped(weighted: number, caps: readonly Cap[]): string {
  const [binding, first] = [bindingCap(weighted, caps), caps[0]]
  const score = String(Math.round(weighted))
  if (binding !== null) return `${score}, capped at ${binding.at_most}: ${CAP_RULES[binding.id]?.says(binding) ?? binding.name ?? binding.id}`
  return first === undefined ? score : `${score}; cap ${first.at_most} in force, not binding`
}

/** Seats of the contracts in force. */
export const seatsOn = (contracts: AccountFacts['contracts'], day: Day): number =>
  contracts.reduce((sum, contract) => sum + (inForce(contract, day)?.seats ?? 0), 0)
