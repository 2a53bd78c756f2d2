import type { NullReason } from '../../src/kernel/words/reasons.ts'
import { formatMicros, microsToNumber } from '../../src/kernel/money.ts'
import type { Micros } from '../../src/kernel/money.ts'
import type { Day } from '../../src/kernel/period.ts'

/** What the oracle and the engine are both asked. `where` keeps any of the values of each dimension. */
export interface Question {
  readonly from: Day
  readonly until: Day
  readonly where?: Readonly<Record<string, readonly string[]>>
  /** Only what had happened by the close of this day. */
  readonly as_of?: Day
  /** Only what was recorded by this step: the number of an import or undo. */
  readonly reported_on?: number
  readonly options?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly value: number | null
  /** Money and counts as exact decimal text. */
  readonly exact: string | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly n: number | null
  readonly null_reason: NullReason | null
  readonly parts: Readonly<Record<string, number | null>>
}

/** A ledger line as replay needs it; amounts are exact decimal text. */
export interface MovementLine {
  readonly account: string
  readonly day: Day
  readonly kind: string
  readonly native: readonly { readonly currency: string; readonly amount: string }[]
}

/** One balance after all changes of local days before the boundary. */
export interface BalanceLine {
  readonly account: string
  readonly currency: string
  readonly amount: string
}

/** Whoever can answer: the oracle at once, the engine over its API. */
export interface Answers {
  metric(id: string, question: Question): Answer | Promise<Answer>
  /** One answer per value of the dimension; "(none)" for no value. */
  breakdown(id: string, dimension: string, question: Question): ReadonlyMap<string, Answer> | Promise<ReadonlyMap<string, Answer>>
  /** Several metrics at one go, by metric and by value of the dimension ('' without one). */
  many?(ids: readonly string[], question: Question, dimension?: string): Promise<ReadonlyMap<string, ReadonlyMap<string, Answer>>>
  /** The SQL by which it answers, for whoever looks why it differs. */
  sql?(id: string, question: Question, dimension?: string): Promise<string>
  movements?(question: Question): readonly MovementLine[] | Promise<readonly MovementLine[]>
  balances?(boundary: Day): readonly BalanceLine[] | Promise<readonly BalanceLine[]>
}

type Parts = Record<string, number | null>

export const money = (amount: Micros, n: number | null, parts: Parts = {}): Answer => ({
  value: microsToNumber(amount),
  exact: formatMicros(amount),
  numerator: microsToNumber(amount),
  denominator: null,
  n,
  null_reason: null,
  parts,
})

export const count = (number: number, n: number | null = number, parts: Parts = {}): Answer => ({
  value: number,
  exact: String(number),
  numerator: number,
  denominator: null,
  n,
  null_reason: null,
  parts,
})

/** A ratio; with nothing below the line it is null with the reason, never 0 (C25). */
export function ratio(numerator: number, denominator: number, reason: NullReason, n: number | null, parts: Parts = {}): Answer {
  const none = denominator === 0
  return { value: none ? null : numerator / denominator, exact: null, numerator, denominator, n, null_reason: none ? reason : null, parts }
}

export const nothing = (reason: NullReason, parts: Parts = {}): Answer => ({
  value: null,
  exact: null,
  numerator: null,
  denominator: null,
  n: null,
  null_reason: reason,
  parts,
})

export const ratioOfMoney = (numerator: Micros, denominator: Micros, reason: NullReason, n: number | null, parts: Parts = {}): Answer =>
  ratio(microsToNumber(numerator), microsToNumber(denominator), reason, n, parts)
