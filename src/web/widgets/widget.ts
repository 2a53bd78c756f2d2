import type { Question, Target } from '../question.ts'

/** What every widget is given: the question it answers, and where it hands over a number that somebody wants explained. */
export interface WidgetProps {
  readonly question: Question
  readonly onOpen: (target: Target) => void
  /** In place of its own title, where that would stand twice on a page. */
  readonly title?: string | undefined
}

/** Of one metric. */
export interface MetricWidgetProps extends WidgetProps {
  /** Each NAME=VALUE. */
  readonly options: readonly string[]
}
