import { withBeside } from '../kit/value.ts'
import type { Form } from '../kit/value.ts'

/** With the range that accounts of unknown source leave: bought, as the headline counts them, or earned. */
export const withSourceRange = (growth: Form): Form =>
  withBeside(growth, ({ number }, { value }) => {
    if (value === null) return {}
    return { ci: [value, value + (number.unknown ?? 0) / (number[growth.under ?? ''] ?? 0)], ci_method: 'unknown source bought .. earned' }
  })
