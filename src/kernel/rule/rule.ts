import type { Unit } from '../words/units.ts'

/** What a rule may speak of: a metric, with the words by which people call it. */
export interface RuleMetric {
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly unit: Unit
}

export const SPAN_UNITS = ['days', 'weeks', 'months'] as const

/** How far back a metric is read from the day of the rule, that day counted. */
export interface Span {
  readonly n: number
  readonly unit: (typeof SPAN_UNITS)[number]
}

/** A metric as a rule reads it; without a span over its usual period. */
export interface RuleTerm {
  readonly metric: string
  readonly span: Span | null
}

export const COMPARATORS = ['<', '<=', '>', '>=', '=', '!='] as const
export type Comparator = (typeof COMPARATORS)[number]

export interface Comparison {
  readonly kind: 'comparison'
  readonly term: RuleTerm
  readonly is: Comparator
  /** In the unit of the metric; a share is 0.9, though it is written 90 %. */
  readonly value: number
}

/** Whether there is a value at all. */
export interface Presence {
  readonly kind: 'presence'
  readonly term: RuleTerm
  readonly is: 'known' | 'missing'
}

export type Condition = Comparison | Presence

interface RuleList {
  readonly kind: 'all' | 'any'
  readonly of: readonly Rule[]
}

/** A rule that anybody can read: conditions over metrics of an account, and how they hang together. */
export type Rule = Condition | RuleList | { readonly kind: 'not'; readonly of: Rule }

/** As many conditions as still read as one sentence. */
export const MOST_CONDITIONS = 20

/** Every condition of a rule, in the order in which they are said. */
export function conditionsOf(rule: Rule): readonly Condition[] {
  switch (rule.kind) {
    case 'comparison':
    case 'presence':
      return [rule]
    case 'not':
      return conditionsOf(rule.of)
    case 'all':
    case 'any':
      return rule.of.flatMap(conditionsOf)
  }
}

/** Equal keys mean the same value. */
export const termKey = ({ metric, span }: RuleTerm): string => (span === null ? metric : `${metric} of ${span.n} ${span.unit}`)

/** What has to be read, each once, in the order in which it is named. */
export const termsOf = (rule: Rule): readonly RuleTerm[] => [...new Map(conditionsOf(rule).map(({ term }) => [termKey(term), term])).values()]

function compare(value: number, is: Comparator, bound: number): boolean {
  switch (is) {
    case '<':
      return value < bound
    case '<=':
      return value <= bound
    case '>':
      return value > bound
    case '>=':
      return value >= bound
    case '=':
      return value === bound
    case '!=':
      return value !== bound
  }
}

/** Whether a rule holds; null where a value that decides it is missing, which is neither yes nor no. */
export function ruleHolds(rule: Rule, valueOf: (term: RuleTerm) => number | null): boolean | null {
  switch (rule.kind) {
    case 'comparison': {
      const value = valueOf(rule.term)
      return value === null ? null : compare(value, rule.is, rule.value)
    }
    case 'presence':
      return (valueOf(rule.term) === null) === (rule.is === 'missing')
    case 'not': {
      const holds = ruleHolds(rule.of, valueOf)
      return holds === null ? null : !holds
    }
    case 'all':
    case 'any': {
      const found = rule.of.map((part) => ruleHolds(part, valueOf))
      const decides = rule.kind === 'any'
      if (found.includes(decides)) return decides
      return found.includes(null) ? null : !decides
    }
  }
}
