import type { Question } from '../question.ts'

/** A question and the way to ask another. */
export interface AskProps {
  readonly question: Question
  readonly onChange: (change: Partial<Question>) => void
  /** The metric that is asked, where it is one alone. */
  readonly metric?: string | undefined
  /** Nothing on the page is set beside another period. */
  readonly uncompared?: boolean | undefined
}
