import type { FactDefinition } from '../../facts/fact.ts'
import type { Day } from '../../kernel/period.ts'
import type { FactValue, Version } from '../version.ts'

export type Tone = 'good' | 'bad' | 'neutral'

/** What one fact tells of: something at a moment. The same fact may tell of several, such as an invoice that was issued and paid. */
export interface Told {
  readonly of: Version
  /** What of the fact: `opened`, `paid`; with the fact itself it tells it from all others. */
  readonly what: string
  /** An instant (ISO), or a local day. */
  readonly at: FactValue
  readonly title: string
  readonly detail?: string | null
  readonly tone?: Tone
}

/** Something that happened to an account, as it stands on its timeline. */
export interface Happening {
  /** What tells it from all others of the account, whenever it is asked for. */
  readonly key: string
  /** Of the timeline's kinds. */
  readonly kind: string
  /** ISO, UTC; of what is dated by a day the close of it. */
  readonly at: string
  readonly day: Day
  readonly title: string
  readonly detail: string | null
  readonly tone: Tone
  /** The fact that says so; null for what rules make of facts. */
  readonly fact: { readonly fact: string; readonly source: string; readonly source_id: string } | null
  /** When the version was told that says so; null for what rules make of facts. */
  readonly recorded_at: string | null
  /** Whole days that it was told after it happened, from two on; null for history that was there before its source was connected. */
  readonly late_days: number | null
}

/** What is known of an account at an instant, for those who tell of it. */
export interface Known {
  of(fact: FactDefinition): readonly Version[]
  /** A person by the id, by name where it has one. */
  nameOf(contact: FactValue): string
  /** "12 Mar 2025", in the time of the workspace. */
  dateOf(at: FactValue): string
  dayOf(at: FactValue): Day | null
}

/** One kind of thing that stands on a timeline. */
export interface TimelineKind {
  readonly id: string
  /** As a filter is called. */
  readonly name: string
  /** Facts that it tells of: no other kind does. */
  readonly of: readonly FactDefinition[]
  tell(known: Known): readonly Told[]
}

export const defineTimelineKind = (kind: TimelineKind): TimelineKind => kind

/** Parts of a sentence that are there, between them what joins them. */
export const joined = (parts: readonly (FactValue | undefined)[], by = ' · '): string | null => {
  const said = parts.filter((part) => part !== null && part !== undefined && part !== '' && part !== false)
  return said.length === 0 ? null : said.join(by)
}

/** "720 USD" of stored money. */
export function moneyOf(amount: FactValue, currency: FactValue): string | null {
  if (amount === null) return null
  const text = Number(amount).toLocaleString('en-US', { maximumFractionDigits: 2 })
  return joined([text, currency], ' ')
}

/** A stored choice as words: "not_attended" is "not attended". */
export const plain = (value: FactValue): string => String(value ?? '').replaceAll('_', ' ')
