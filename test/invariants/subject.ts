import { parseMicros } from '../../src/kernel/money.ts'
import type { Period } from '../../src/kernel/period.ts'
import type { Rules } from '../oracle/book.ts'
import type { Answer, Answers, Question } from '../oracle/answer.ts'
import type { Company } from '../oracle/company.ts'

/** What a property is checked on: someone who answers for a company, and a way to have another company answered. */
export interface Subject {
  readonly company: Company
  readonly settings: Rules
  readonly answers: Answers
  /** Answers for a changed company or other settings. */
  load(company: Company, settings: Rules): Answers | Promise<Answers>
}

/** Violations, in words with numbers; none if the property holds. */
export type Check = (subject: Subject) => Promise<string[]>

export interface Property {
  readonly id: string
  readonly says: string
  readonly check: Check
}

export const MONTHS: readonly Period[] = ['01', '02', '03', '04', '05', '06'].map((month, i) => ({
  from: `2024-${month}-01`,
  until: `2024-${String(i + 2).padStart(2, '0')}-01`,
}))
export const Q1: Period = { from: '2024-01-01', until: '2024-04-01' }
export const Q2: Period = { from: '2024-04-01', until: '2024-07-01' }
export const H1: Period = { from: '2024-01-01', until: '2024-07-01' }
/** Cuts through months, with a leap day and clock changes inside. */
export const ODD: Period = { from: '2024-01-15', until: '2024-03-11' }
export const PERIODS: readonly Period[] = [...MONTHS, Q1, Q2, H1, ODD]

export const label = (id: string, question: Question): string =>
  `${id} ${question.from}..${question.until}${question.where === undefined ? '' : ` where ${JSON.stringify(question.where)}`}`

/** Exact millionths of money, else of the number. Null when there is no value. */
export const micros = (answer: Answer): bigint | null =>
  answer.value === null ? null : ((answer.exact === null ? null : parseMicros(answer.exact)) ?? BigInt(Math.round(answer.value * 1e6)))

/** The denominator in millionths: opening MRR of P2P ratios. Null only if a rate is missing. */
export const belowLine = (answer: Answer): bigint | null => (answer.null_reason === 'fx_missing' ? null : BigInt(Math.round((answer.denominator ?? 0) * 1e6)))

/** Asks many metrics the same question. */
export async function ask<Id extends string>(answers: Answers, ids: readonly Id[], question: Question): Promise<Record<Id, Answer>> {
  const found = {} as Record<Id, Answer>
  for (const id of ids) found[id] = await answers.metric(id, question)
  return found
}
