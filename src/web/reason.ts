import { missingRateWords } from '../contract/missing-rates.ts'
import type { Result } from '../contract/question.ts'
import { reasonWords } from '../kernel/words/reasons.ts'

/** Why a result has no value; of a missing exchange rate which one, and its cure. */
export const reasonOf = (result: Pick<Result, 'null_reason' | 'missing_rates'> | undefined): string =>
  (result === undefined ? '' : missingRateWords(result)) || reasonWords(result?.null_reason ?? null)
