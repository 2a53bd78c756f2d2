import type { NextDeadline } from '../../health/opt-out-calendar.ts'
import { defineSign } from '../sign.ts'

const NEAR = 60
const WEAK = { score: 70, again: 75, confidence: 0.5 }

export interface WeakDeadline {
  readonly next: NextDeadline | null
  readonly score: number | null
  readonly confidence: number
}

const isWeak = ({ next, score, confidence }: WeakDeadline, below: number): boolean =>
  next !== null && next.days <= NEAR && (score === null || score < below || confidence < WEAK.confidence)

export const deadlineNear = defineSign<WeakDeadline>({
  id: 'deadline_near',
  name: 'Deadline near',
  says: 'The next opt-out deadline is within 60 days and little speaks for a renewal, or little is known.',
  class: 'risk',
  expires: 90,
  restsOnScore: true,
  opens: [{ fact: 'subscription_version' }],
  values: ({ next_deadline, score, confidence }) => ({ next: next_deadline, score, confidence }),
  holds: (values) => isWeak(values, WEAK.score),
  stillOn: (values) => isWeak(values, WEAK.again),
  evidence: ({ next, score, confidence }) => ({ deadline: next?.deadline ?? null, days: next?.days ?? null, score, confidence }),
  sentence: ({ next, score }) => `${next?.days ?? 0} days to the opt-out deadline, ${score === null ? 'score unknown' : `score ${Math.round(score)}`}`,
})
