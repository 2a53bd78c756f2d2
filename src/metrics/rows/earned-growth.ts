import type { Outcome } from '../kit/outcome.ts'
import type { Parts } from '../kit/metric.ts'

/** The range that accounts of unknown source leave: bought, as the headline counts them, or earned. */
export const unknownSourceRange = ({ number }: Parts, base: string): Pick<Outcome, 'ci' | 'ci_method'> => {
  const under = number[base] ?? 0
  const headline = (number.earned_growth ?? 0) / under
  return { ci: [headline, headline + (number.unknown ?? 0) / under], ci_method: 'unknown source bought .. earned' }
}
