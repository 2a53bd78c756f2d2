import { refuse } from '../../kernel/errors.ts'
import { accountMetrics } from '../../health/known-metrics.ts'
import { readRule } from '../../kernel/rule/read-rule.ts'
import type { Rule, RuleMetric } from '../../kernel/rule/rule.ts'
import { writeRule } from '../../kernel/rule/write-rule.ts'
import type { Catalogue } from '../../metrics/kit/catalogue.ts'

/** A signal that a team made of metrics, without code. */
export interface OwnSignal {
  readonly name: string
  /** Why it matters, for whoever reads it on Today. */
  readonly says: string
  readonly class: 'risk' | 'opportunity'
  /** The rule as a sentence; metrics by their ids. */
  readonly rule: string
  /** Days after which one that still holds is closed. */
  readonly expires: number
  readonly is_on: boolean
}

/** One of its versions, newest in force. */
export interface OwnVersion {
  readonly id: string
  readonly version: number
  readonly definition: string
  readonly made_at: string
  readonly made_by: string | null
}

export const LONGEST_LIFE = 180
const LONGEST_NAME = 60

/** What a signal of one's own is called among the kinds. */
export const kindOf = (id: string): string => `own_${id}`

/** An id from a name: "Few log-ins, much money" is few_log_ins_much_money. */
export const idOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 40)

/** The metrics that an account can have, as rules speak of them. */
export const metricsForRules = (catalogue: Catalogue): readonly RuleMetric[] =>
  accountMetrics(catalogue).map(({ id, name, aliases, unit }) => ({ id, name, aliases, unit }))

/** Throws `bad_own_signal`, and `bad_rule` with the place that cannot be read. */
export function checkOwnSignal({ name, says, rule, expires, ...more }: OwnSignal, metrics: readonly RuleMetric[]): { own: OwnSignal; rule: Rule } {
  const called = name.trim()
  if (called === '' || called.length > LONGEST_NAME || idOf(called) === '')
    throw refuse('bad_own_signal', 'A signal needs a name.', `Give it one of letters, up to ${LONGEST_NAME} of them.`)
  if (!Number.isInteger(expires) || expires < 1 || expires > LONGEST_LIFE)
    throw refuse('bad_own_signal', `A signal cannot stand for ${expires} days.`, `Let it end after 1 to ${LONGEST_LIFE} days.`)
  const read = readRule(rule, metrics)
  return { own: { ...more, name: called, says: says.trim(), rule: writeRule(read, metrics), expires }, rule: read }
}

/** As it was saved. */
export const readOwnSignal = ({ definition }: Pick<OwnVersion, 'definition'>): OwnSignal => JSON.parse(definition) as OwnSignal
