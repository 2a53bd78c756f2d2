import type { Day } from '../kernel/period.ts'
import type { Contract } from './contracts.ts'

/**
 * What rules of health and signals read of one account: its facts as they were known at one moment, days for instants. Rules
 * look at what had happened by their own day, so the same facts serve any day before.
 */
export interface AccountFacts {
  readonly account: string
  readonly contracts: readonly Contract[]
  readonly contacts: readonly ContactTerms[]
  /** By day. */
  readonly use: readonly Use[]
  readonly tickets: readonly Ticket[]
  /** By day. */
  readonly responses: readonly SurveyResponse[]
  readonly invoices: readonly Invoice[]
  /** By day. */
  readonly touchpoints: readonly Touchpoint[]
  readonly onboardings: readonly Onboarding[]
  readonly outcomes: readonly Outcome[]
  readonly services: readonly Service[]
}

/** One person as it stands from a day on. */
export interface ContactTerms {
  readonly contact: string
  readonly from: Day
  readonly name: string
  readonly user: string
  readonly is_champion: boolean
  readonly is_executive: boolean
  readonly left_on: Day | null
}

/** What one user did on a day. */
export interface Use {
  readonly day: Day
  readonly user: string
  /** 1 where it is left out. */
  readonly events?: number
}

export interface Ticket {
  readonly id: string
  readonly opened_on: Day
  readonly solved_on: Day | null
  readonly is_urgent: boolean
  readonly is_merged: boolean
}

export interface SurveyResponse {
  readonly id: string
  readonly kind: 'nps' | 'csat' | 'ces'
  readonly day: Day
  /** Empty where nobody says who answered. */
  readonly contact: string
  readonly score: number
  readonly scale: readonly [least: number, most: number]
}

export interface Invoice {
  readonly id: string
  readonly due_on: Day
  readonly paid_on: Day | null
  readonly status: string
  readonly amount: number | null
  readonly currency: string
}

export interface Touchpoint {
  readonly day: Day
  readonly two_way: boolean
  readonly state: '' | 'scheduled' | 'accepted' | 'rescheduled' | 'declined' | 'held'
  readonly contact: string
}

export interface Onboarding {
  readonly id: string
  readonly started_on: Day
  readonly agreed_end: Day | null
  readonly finished_on: Day | null
  readonly steps: readonly { readonly done_on: Day | null }[]
}

export interface Outcome {
  readonly id: string
  readonly name: string
  readonly defined_on: Day
  readonly due_on: Day | null
  readonly closed_on: Day | null
  readonly baseline: number
  readonly target: number
  readonly readings: readonly { readonly day: Day; readonly value: number }[]
}

/** A part of the product that an account may use. */
export interface Service {
  readonly id: string
  readonly name: string
  readonly is_core: boolean
  readonly entitled_on: Day | null
  /** First day on which it is no longer; null while it is. */
  readonly entitled_until?: Day | null
  readonly released_on: Day | null
  readonly used_on: Day | null
}

/** An appointment that was not held is no touch. */
export const tookPlace = ({ state }: Pick<Touchpoint, 'state'>): boolean => state === '' || state === 'held'

/** Everybody as of a day, who left included. */
export function contactsOn(contacts: readonly ContactTerms[], day: Day): ContactTerms[] {
  const last = new Map<string, ContactTerms>()
  for (const terms of contacts) {
    const known = last.get(terms.contact)
    if (terms.from <= day && (known === undefined || known.from <= terms.from)) last.set(terms.contact, terms)
  }
  return [...last.values()]
}

export const isThere = ({ left_on }: ContactTerms, day: Day): boolean => left_on === null || left_on > day
