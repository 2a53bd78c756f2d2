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

/** Signals of the team's own that are switched on, with the rules that they are made of. */
function rulesOf(own: readonly OwnVersion[], metrics: readonly RuleMetric[]): { readonly version: OwnVersion; readonly rule: Rule }[] {
  return own.flatMap((version) => {
    const { is_on, rule } = readOwnSignal(version)
    return is_on ? [{ version, rule: readRule(rule, metrics) }] : []
  })
}

/** What is to be read of accounts for them. */
export const operandsOf = (own: readonly OwnVersion[], metrics: readonly RuleMetric[]): MetricOperand[] =>
  rulesOf(own, metrics).flatMap(({ rule }) => termsOf(rule).map(ofTerm))

/** The same as signs that the day asks like its own: one open signal an account, the same cool-down, an end of their own. */
export const ownSigns = (own: readonly OwnVersion[], metrics: readonly RuleMetric[], currency: string): Sign[] =>
  rulesOf(own, metrics).map(({ version, rule }) => {
    const { name, says, class: of, expires } = readOwnSignal(version)
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
