import type { Example } from '../kit/example.ts'

type Rows = NonNullable<Example['facts']>[string]

/** Answers for worked examples: one contact and, unless it is told otherwise, one account for each score. */
export const given = (kind: string, scores: readonly number[], more: Readonly<Record<string, string | number>> = {}): Rows =>
  scores.map((score, i) => ({
    response_id: `r${i}`,
    survey_id: 'q',
    kind,
    account_id: `a${i}`,
    contact_id: `p${i}`,
    answered_at: '2024-03-15T12:00:00Z',
    score,
    ...more,
  }))

export const times = (count: number, score: number): number[] => Array.from({ length: count }, () => score)

/** Contacts for worked examples, the first of them those who gave the answers, one at each account. */
export const people = (count: number): Rows =>
  Array.from({ length: count }, (_, i) => ({ contact_id: `p${i}`, account_id: `a${i}`, effective_at: '2024-01-01T12:00:00Z' }))
