import { expect, test } from 'vitest'
import type { Random } from '../../statistics/random.ts'
import { seededRandom } from '../../statistics/random.ts'
import { ownError } from '../errors.ts'
import { readRule } from './read-rule.ts'
import type { RuleFault } from './read-rule.ts'
import { COMPARATORS, ruleHolds, termKey, termsOf } from './rule.ts'
import type { Condition, Rule, RuleMetric, RuleTerm } from './rule.ts'
import { sayRule, writeRule } from './write-rule.ts'

const METRICS: readonly RuleMetric[] = [
  { id: 'arr', name: 'ARR', aliases: ['annual recurring revenue'], unit: 'money' },
  { id: 'retention', name: 'Annual revenue retention', aliases: ['ARR', 'kept'], unit: 'share' },
  { id: 'active_days_28', name: 'Active days of 28', aliases: ['active days'], unit: 'days' },
  { id: 'logins', name: 'Logins', aliases: ['sign-ins'], unit: 'count' },
  { id: 'nps', name: 'NPS (people)', aliases: ['kept'], unit: 'points' },
]
const read = (text: string): Rule => readRule(text, METRICS)
const comparison = (metric: string, is: (typeof COMPARATORS)[number], value: number, span: RuleTerm['span'] = null): Condition => ({
  kind: 'comparison',
  term: { metric, span },
  is,
  value,
})

test('a sentence as people write it is a rule', () => {
  expect(read('logins of 28 days < 5 and ARR > 10,000')).toEqual({
    kind: 'all',
    of: [comparison('logins', '<', 5, { n: 28, unit: 'days' }), comparison('arr', '>', 10000)],
  })
  expect(read('Annual revenue retention is below 90 %')).toEqual(comparison('retention', '<', 0.9))
  expect(read('arr over 2.5k or not (sign-ins in the last 3 months = 0)')).toEqual({
    kind: 'any',
    of: [comparison('arr', '>', 2500), { kind: 'not', of: comparison('logins', '=', 0, { n: 3, unit: 'months' }) }],
  })
  expect(read('"NPS (people)" is missing')).toEqual({ kind: 'presence', term: { metric: 'nps', span: null }, is: 'missing' })
})

test('a name that holds another is taken whole, unless the sentence only goes on after the shorter', () => {
  expect(read('active days of 28 < 5')).toEqual(comparison('active_days_28', '<', 5))
  expect(read('active days of 28 days < 5 days')).toEqual(comparison('active_days_28', '<', 5, { n: 28, unit: 'days' }))
})

test('"and" binds closer than "or"', () => {
  const [a, b, c] = [comparison('arr', '>', 1), comparison('arr', '>', 2), comparison('arr', '>', 3)]
  expect(read('arr > 1 or arr > 2 and arr > 3')).toEqual({ kind: 'any', of: [a, { kind: 'all', of: [b, c] }] })
  expect(read('(arr > 1 or arr > 2) and arr > 3')).toEqual({ kind: 'all', of: [{ kind: 'any', of: [a, b] }, c] })
})

const faultIn = (error: unknown): { code: string; says: string; fault: RuleFault } => {
  const own = ownError(error)
  if (own === null) throw error
  return { code: own.code, says: own.message, fault: own.details as unknown as RuleFault }
}

/** What is wrong, where, and what may stand there. */
function faultOf(text: string): { says: string; here: string } & Pick<RuleFault, 'expected'> {
  try {
    read(text)
  } catch (error) {
    const own = faultIn(error)
    const { at, length, expected } = own.fault
    return { says: own.says, here: text.slice(at, at + length), expected }
  }
  return expect.fail(`"${text}" is read`)
}

test.each([
  ['', 'At the beginning: a condition is missing.', '', 'a metric and what'],
  ['arr >', 'After "arr >": a number is missing.', '', 'a number, such as 10000'],
  ['arr > 5 and', 'After "arr > 5 and": a condition is missing.', '', 'a metric and what'],
  ['arr > 5 nps < 3', 'After "arr > 5": the sentence should end or go on.', 'nps', 'and'],
  ['arr > many', 'After "arr >": "many" is no number.', 'many', 'a number'],
  ['logns of 28 days < 5', 'At the beginning: there is no metric "logns" that an account can have.', 'logns', 'logins'],
  ['retention < 90', 'After "retention <": Annual revenue retention is a share: 90 what?', '90', '90%'],
  ['arr > 5%', 'After "arr >": ARR is no share.', '5%', '5'],
  ['(arr > 5', 'After "(arr > 5": a bracket is not closed.', '', ')'],
  ['kept > 5', 'At the beginning: "kept" is more than one metric.', 'kept', 'retention'],
  ['logins of 9000 days > 1', 'After "logins of": 9000 days cannot be looked back.', '9000', '1 to 1100 days'],
  ['arr grows', 'After "arr": "grows" is no comparison.', 'grows', 'of 28 days'],
])('%j is refused at its place', (text, says, here, expected) => {
  const fault = faultOf(text)
  expect([fault.says, fault.here]).toEqual([says, here])
  expect(fault.expected[0]).toContain(expected)
})

function randomCondition(random: Random): Condition {
  const { id: metric, unit } = METRICS[random.below(METRICS.length)] as RuleMetric
  const term: RuleTerm = {
    metric,
    span: random.below(2) === 0 ? null : { n: 1 + random.below(36), unit: (['days', 'weeks', 'months'] as const)[random.below(3)] ?? 'days' },
  }
  if (random.below(4) === 0) return { kind: 'presence', term, is: random.below(2) === 0 ? 'known' : 'missing' }
  const value = (random.below(2_000_001) - 1_000_000) / (random.below(2) === 0 ? 1 : 100)
  return { kind: 'comparison', term, is: COMPARATORS[random.below(6)] ?? '<', value: unit === 'share' ? Number((value / 100).toPrecision(15)) : value }
}

function randomRule(random: Random, depth = 0): Rule {
  const kind = depth > 2 ? 3 : random.below(5)
  if (kind === 0) return { kind: 'not', of: randomRule(random, depth + 1) }
  if (kind > 2) return randomCondition(random)
  const list = kind === 1 ? 'all' : 'any'
  // A list within a list of its kind says the same as one.
  const part = (): Rule => {
    const rule = randomRule(random, depth + 1)
    return rule.kind === list ? randomCondition(random) : rule
  }
  return { kind: list, of: Array.from({ length: 2 + random.below(2) }, part) }
}

test('a rule that is written is read as the same rule, and says the same of every account', () => {
  const random = seededRandom('rules')
  for (let run = 0; run < 500; run++) {
    const rule = randomRule(random)
    const text = writeRule(rule, METRICS)
    const again = read(text)
    expect(again, text).toEqual(rule)
    const values = new Map(termsOf(rule).map((term) => [termKey(term), random.below(3) === 0 ? null : random.below(2_000_001) - 1_000_000]))
    const valueOf = (term: RuleTerm): number | null => {
      expect(values.has(termKey(term))).toBe(true)
      return values.get(termKey(term)) ?? null
    }
    expect(ruleHolds(again, valueOf)).toBe(ruleHolds(rule, valueOf))
  }
})

test('whatever text is given, it is a rule or is refused at a place within it', () => {
  const random = seededRandom('words')
  const words = ['arr', 'logins', 'retention', 'of', '28', 'days', '<', '>=', 'is', 'missing', 'not', 'and', 'or', '(', ')', '5%', '10k', '"', 'kept', 'İ', '…']
  let refused = 0
  for (let run = 0; run < 2000; run++) {
    const text = Array.from({ length: random.below(9) }, () => words[random.below(words.length)]).join(' ')
    try {
      read(text)
    } catch (error) {
      const { code, fault } = faultIn(error)
      expect(code, text).toBe('bad_rule')
      const { at, expected } = fault
      expect(at <= text.length && expected.length > 0).toBe(true)
      refused++
    }
  }
  expect(refused).toBeGreaterThan(1000)
})

test('what is missing is neither yes nor no, and decides nothing that something else decides', () => {
  const known: Record<string, number | null> = { arr: 10, logins: null }
  const holds = (text: string) => ruleHolds(read(text), ({ metric }) => known[metric] ?? null)
  expect([holds('logins < 5'), holds('not logins < 5'), holds('logins < 5 and arr > 5')]).toEqual([null, null, null])
  expect([holds('logins < 5 or arr > 5'), holds('logins < 5 and arr > 50'), holds('logins is missing')]).toEqual([true, false, true])
})

test('what made a rule hold is said with names, values and bounds', () => {
  const values: Record<string, number> = { arr: 12500, active_days_28: 3, retention: 0.85 }
  const say = (text: string) => sayRule(read(text), METRICS, ({ metric }) => values[metric] ?? null, 'USD')
  expect(say('active_days_28 < 5 and arr > 10000')).toBe('Active days of 28: 3 days, below 5 days; ARR: 12,500 USD, above 10,000 USD')
  expect(say('retention < 90% and logins is missing')).toBe('Annual revenue retention: 85.0\u202f%, below 90.0\u202f%; Logins: not known')
})
