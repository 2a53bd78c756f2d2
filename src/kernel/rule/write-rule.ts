import { unitWords } from '../words/units.ts'
import { formatValue } from '../words/value.ts'
import { conditionsOf } from './rule.ts'
import type { Condition, Rule, RuleMetric, RuleTerm } from './rule.ts'

/** A number as it is read back digit by digit: shares in percent. */
const numberText = (value: number, isShare: boolean): string => {
  const text = (isShare ? Number((value * 100).toPrecision(15)) : value).toString()
  return isShare ? `${text}%` : text
}

const spanText = ({ span }: RuleTerm): string => (span === null ? '' : ` of ${span.n} ${span.n === 1 ? span.unit.slice(0, -1) : span.unit}`)

const conditionText = (condition: Condition, known: ReadonlyMap<string, RuleMetric>): string => {
  const { term } = condition
  const head = `${term.metric}${spanText(term)}`
  if (condition.kind === 'presence') return `${head} is ${condition.is}`
  return `${head} ${condition.is} ${numberText(condition.value, known.get(term.metric)?.unit === 'share')}`
}

/** A rule as it is stored and read back: metrics by their ids, brackets only where they are needed. */
export function writeRule(rule: Rule, metrics: readonly RuleMetric[]): string {
  const known = new Map(metrics.map((metric) => [metric.id, metric]))
  const write = (part: Rule, within: Rule['kind'] | null): string => {
    if (part.kind === 'not') return `not ${write(part.of, 'not')}`
    if (part.kind === 'comparison' || part.kind === 'presence') return conditionText(part, known)
    const text = part.of.map((each) => write(each, part.kind)).join(part.kind === 'all' ? ' and ' : ' or ')
    return within === null || (within === 'any' && part.kind === 'all') ? text : `(${text})`
  }
  return write(rule, null)
}

const BELOW = { '<': 'below', '<=': 'at most', '>': 'above', '>=': 'at least', '=': 'exactly', '!=': 'not' } as const

/** What made a rule hold, in the words of its metrics: "Active days of 28: 3 days, below 5". */
export function sayRule(rule: Rule, metrics: readonly RuleMetric[], valueOf: (term: RuleTerm) => number | null, currency: string | null = null): string {
  const known = new Map(metrics.map((metric) => [metric.id, metric]))
  const said = conditionsOf(rule).map((condition) => {
    const { term } = condition
    const metric = known.get(term.metric)
    const value = valueOf(term)
    const name = `${metric?.name ?? term.metric}${spanText(term)}`
    if (value === null) return `${name}: not known`
    const text = (of: number): string => formatValue('sentence', of, metric?.unit ?? 'number', { currency })
    const head = `${name}: ${text(value)}${metric !== undefined && unitWords(metric.unit).bare === true ? ' of 100' : ''}`
    return condition.kind === 'presence' ? head : `${head}, ${BELOW[condition.is]} ${text(condition.value)}`
  })
  return said.join('; ')
}
