import { bare } from '../../kernel/bare.ts'
import { readRule } from '../../kernel/rule/read-rule.ts'
import type { Rule, RuleMetric, RuleTerm } from '../../kernel/rule/rule.ts'
import { ruleHolds, termKey, termsOf } from '../../kernel/rule/rule.ts'
import { sayRule } from '../../kernel/rule/write-rule.ts'
import type { MetricOperand } from '../../health/operand.ts'
import { ofTerm, operandKey } from '../../health/operand.ts'
import type { Sign } from '../sign.ts'
import { defineSign } from '../sign.ts'
import type { OwnVersion } from './own-signal.ts'
import { kindOf, readOwnSignal } from './own-signal.ts'

interface RuleValues {
  readonly holds: boolean
  /** By terms as they are written. */
  readonly values: Readonly<Record<string, number | null>>
}

const ruleOf = (version: OwnVersion, metrics: readonly RuleMetric[]): Rule => readRule(readOwnSignal(version).rule, metrics)

/** What is to be read of accounts for those that are switched on. */
export const operandsOf = (own: readonly OwnVersion[], metrics: readonly RuleMetric[]): MetricOperand[] =>
  own.filter((version) => readOwnSignal(version).is_on).flatMap((version) => termsOf(ruleOf(version, metrics)).map(ofTerm))

/**
 * Signals of the team's own as signs that the day asks like the product's: one open signal an account, the same cool-down, an end
 * of their own. One that is switched off holds of nobody, which ends what is open of it.
 */
export const ownSigns = (own: readonly OwnVersion[], metrics: readonly RuleMetric[], currency: string): Sign[] =>
  own.map((version) => {
    const { name, says, class: of, expires, is_on } = readOwnSignal(version)
    const rule = ruleOf(version, metrics)
    const sentence = (values: RuleValues['values']): string => sayRule(rule, metrics, (term: RuleTerm) => values[termKey(term)] ?? null, currency)
    return defineSign<RuleValues>({
      id: kindOf(version.id),
      name,
      says,
      class: of,
      expires,
      opens: [],
      readsMetrics: true,
      values({ metrics: read }) {
        if (!is_on) return { holds: false, values: {} }
        if (read === undefined) return null
        const values = bare(Object.fromEntries(termsOf(rule).map((term) => [termKey(term), read[operandKey(ofTerm(term))]?.value ?? null])))
        const holds = ruleHolds(rule, (term) => values[termKey(term)] ?? null)
        return holds === null ? null : { holds, values }
      },
      holds: ({ holds }) => holds,
      evidence: ({ values }) => ({ ...values }),
      sentence: ({ values }) => sentence(values),
    })
  })
