import { BinnacleError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { MOST_CONDITIONS, SPAN_UNITS, conditionsOf } from './rule.ts'
import type { Comparator, Rule, RuleMetric, RuleTerm, Span } from './rule.ts'

/** Where a sentence cannot be read on, and what may stand there. */
export interface RuleFault {
  /** Letters before it. */
  readonly at: number
  readonly length: number
  readonly expected: readonly string[]
}

const CONDITION = 'a metric and what it is held against, such as arr > 10000'
const COMPARISON = ['of 28 days', '<', '<=', '>', '>=', '=', '!=', 'is missing', 'is known']
const DEEPEST = 8

/** Words for comparisons, the longest first. */
const SIGNS: readonly (readonly [text: string, is: Comparator])[] = [
  ['is not less than', '>='],
  ['is not more than', '<='],
  ['is less than', '<'],
  ['is more than', '>'],
  ['is at least', '>='],
  ['is at most', '<='],
  ['is below', '<'],
  ['is above', '>'],
  ['is under', '<'],
  ['is over', '>'],
  ['is not', '!='],
  ['below', '<'],
  ['above', '>'],
  ['under', '<'],
  ['over', '>'],
  ['at least', '>='],
  ['at most', '<='],
  ['<=', '<='],
  ['≤', '<='],
  ['>=', '>='],
  ['≥', '>='],
  ['!=', '!='],
  ['≠', '!='],
  ['<', '<'],
  ['>', '>'],
  ['=', '='],
  ['is', '='],
]

const LARGE = { k: 1000, m: 1_000_000 } as const
const MOST_DAYS = { days: 1100, weeks: 157, months: 36 } as const

/** The names that a text may begin with, the longest first, each with the metrics that bear it; a name before what it is also called. */
function namesOf(metrics: readonly RuleMetric[]): readonly (readonly [name: string, metrics: readonly RuleMetric[]])[] {
  const found = new Map<string, RuleMetric[]>()
  for (const metric of metrics) for (const name of [metric.id, metric.name]) found.set(name.toLowerCase(), [metric])
  const also = new Map<string, RuleMetric[]>()
  for (const metric of metrics) for (const alias of metric.aliases) also.set(alias.toLowerCase(), [...(also.get(alias.toLowerCase()) ?? []), metric])
  for (const [alias, of] of also) if (!found.has(alias)) found.set(alias, of)
  return [...found].sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
}

const isInWord = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter)

/** Reads a sentence from left to right; `at` is how far it came. */
class Reader {
  at = 0
  readonly #text: string
  readonly #lower: string
  readonly #names: ReturnType<typeof namesOf>

  constructor(text: string, metrics: readonly RuleMetric[]) {
    this.#text = text
    // Letters that grow when they are made small would move every place behind them.
    this.#lower = text.replaceAll(/\p{Lu}/gu, (letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter))
    this.#names = namesOf(metrics)
  }

  fail(message: string, expected: readonly string[], at = this.at, length = this.#wordAt(at).length): BinnacleError {
    const before = this.#text.slice(0, at).trim()
    const where = before === '' ? 'At the beginning' : `After "${before.length > 40 ? `…${before.slice(-40)}` : before}"`
    const details = { at, length: Math.max(1, length), expected: [...expected] } satisfies RuleFault
    return new BinnacleError('bad_rule', `${where}: ${message}`, { cure: `Here may stand: ${expected.join(', ')}.`, details })
  }

  #wordAt(at: number): string {
    return /^(?:[\p{L}\p{N}_.%-]+|\S)/u.exec(this.#text.slice(at))?.[0] ?? ''
  }

  skip(): void {
    while (/\s/.test(this.#text[this.at] ?? '')) this.at++
  }

  get isOver(): boolean {
    this.skip()
    return this.at >= this.#text.length
  }

  /** Takes a sign or word if it stands here, and not only its beginning. */
  take(word: string): boolean {
    this.skip()
    const pattern = word.split(' ').map((part) => part.replaceAll(/[()]/g, String.raw`\$&`))
    const found = new RegExp(`^${pattern.join(String.raw`\s+`)}`).exec(this.#lower.slice(this.at))?.[0]
    if (found === undefined || (isInWord(found.at(-1)) && isInWord(this.#text[this.at + found.length]))) return false
    this.at += found.length
    return true
  }

  /** What could be a metric: the words before a comparison, for the message. */
  #unknownName(): BinnacleError {
    const said =
      /^(?:"[^"]*"|[\p{L}_][\p{L}\p{N}_ ]*?)(?=\s*(?:$|[<>=!≤≥≠()]|\b(?:of|is|and|or|below|above|under|over|at)\b))/u
        .exec(this.#text.slice(this.at))?.[0]
        .trim() ?? ''
    if (said === '') return this.fail(this.isOver ? 'a condition is missing.' : `"${this.#wordAt(this.at)}" is no metric.`, [CONDITION, 'not', '('])
    const near = nearest(
      said.replaceAll('"', ''),
      this.#names.map(([name]) => name),
    )
    return this.fail(`there is no metric "${said.replaceAll('"', '')}" that an account can have.`, near.length > 0 ? near : [CONDITION], this.at, said.length)
  }

  /** The longest name after which the sentence goes on as one does. */
  readTerm(): { readonly term: RuleTerm; readonly metric: RuleMetric } {
    this.skip()
    const start = this.at
    const quoted = this.#text[start] === '"'
    const from = quoted ? start + 1 : start
    const fits = this.#names.filter(
      ([name]) => this.#lower.startsWith(name, from) && (quoted ? this.#text[from + name.length] === '"' : !isInWord(this.#text[from + name.length])),
    )
    for (const [name, bearers] of fits) {
      this.at = from + name.length + (quoted ? 1 : 0)
      const span = this.#readSpan()
      if (!this.#comes(COMPARISON.slice(1)) && fits.length > 1 && name !== fits.at(-1)?.[0]) continue
      const [metric] = bearers
      if (metric === undefined || bearers.length > 1)
        throw this.fail(
          `"${name}" is more than one metric.`,
          bearers.map(({ id }) => id),
          start,
          name.length,
        )
      return { term: { metric: metric.id, span }, metric }
    }
    this.at = start
    throw this.#unknownName()
  }

  #comes(words: readonly string[]): boolean {
    const here = this.at
    const found = [...words, ...SIGNS.map(([text]) => text)].some((word) => this.take(word))
    this.at = here
    return found
  }

  /** "of 28 days", "in 3 months". Null where none is said. */
  #readSpan(): Span | null {
    const here = this.at
    if (!this.take('of') && !this.take('in') && !this.take('of the last') && !this.take('in the last')) return null
    this.take('the last')
    this.skip()
    const digits = /^\d+/.exec(this.#text.slice(this.at))?.[0]
    if (digits === undefined) {
      this.at = here
      return null
    }
    const [number, numberAt] = [Number(digits), this.at]
    this.at += digits.length
    for (const unit of SPAN_UNITS) {
      if (!this.take(unit) && !this.take(unit.slice(0, -1))) continue
      if (number < 1 || number > MOST_DAYS[unit])
        throw this.fail(`${number} ${unit} cannot be looked back.`, [`1 to ${MOST_DAYS[unit]} ${unit}`], numberAt, digits.length)
      return { n: number, unit }
    }
    this.at = here
    return null
  }

  readCondition(): Rule {
    const { term, metric } = this.readTerm()
    for (const is of ['missing', 'known'] as const) if (this.take(`is ${is}`)) return { kind: 'presence', term, is }
    if (this.take('is not known')) return { kind: 'presence', term, is: 'missing' }
    const sign = SIGNS.find(([text]) => this.take(text))
    if (sign === undefined)
      throw this.fail(
        this.isOver ? 'a comparison is missing.' : `"${this.#wordAt(this.at)}" is no comparison.`,
        term.span === null ? COMPARISON : COMPARISON.slice(1),
      )
    return { kind: 'comparison', term, is: sign[1], value: this.#readNumber(metric) }
  }

  #readNumber({ name, unit }: RuleMetric): number {
    this.skip()
    const start = this.at
    const example = unit === 'share' ? 'a share, such as 90%' : 'a number, such as 10000'
    const digits = /^[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/.exec(this.#text.slice(start))?.[0]
    if (digits === undefined) throw this.fail(this.isOver ? 'a number is missing.' : `"${this.#wordAt(start)}" is no number.`, [example])
    this.at += digits.length
    const number = Number(digits.replaceAll(',', '').replace('−', '-'))
    const large = /^[km](?![\p{L}\p{N}_])/iu.exec(this.#text.slice(this.at))?.[0].toLowerCase()
    if (large === 'k' || large === 'm') this.at++
    const isPercent = this.take('%') || this.take('percent')
    if (isPercent !== (unit === 'share'))
      throw this.fail(
        unit === 'share' ? `${name} is a share: ${digits} what?` : `${name} is no share.`,
        [unit === 'share' ? `${digits}%` : digits],
        start,
        digits.length + 1,
      )
    for (const word of ['days', 'day', 'hours', 'minutes', 'months', 'points']) if (unit.startsWith(word.slice(0, 3)) && this.take(word)) break
    return isPercent ? Number((number / 100).toPrecision(15)) : number * (large === 'k' || large === 'm' ? LARGE[large] : 1)
  }

  readOne(depth: number): Rule {
    if (depth > DEEPEST) throw this.fail('brackets lie too deep.', ['a condition without brackets'])
    if (this.take('not')) return { kind: 'not', of: this.readOne(depth + 1) }
    if (!this.take('(')) return this.readCondition()
    const inside = this.readAny(depth + 1)
    if (!this.take(')')) throw this.fail('a bracket is not closed.', [')', 'and', 'or'])
    return inside
  }

  #readList(kind: 'all' | 'any', word: string, readPart: () => Rule): Rule {
    const first = readPart()
    const parts = [first]
    while (this.take(word)) parts.push(readPart())
    return parts.length === 1 ? first : { kind, of: parts }
  }

  readAny(depth: number): Rule {
    return this.#readList('any', 'or', () => this.#readList('all', 'and', () => this.readOne(depth)))
  }
}

/**
 * The rule that a sentence says: conditions over metrics by id, name or what they are also called, joined by and, or, not and
 * brackets ("and" binds closer). Throws `bad_rule`, whose details are the place and what may stand there (`RuleFault`).
 */
export function readRule(text: string, metrics: readonly RuleMetric[]): Rule {
  const reader = new Reader(text, metrics)
  const rule = reader.readAny(0)
  if (!reader.isOver) throw reader.fail('the sentence should end or go on.', ['and', 'or', 'the end'])
  const said = conditionsOf(rule).length
  if (said > MOST_CONDITIONS) throw reader.fail(`${said} conditions are more than ${MOST_CONDITIONS}.`, ['fewer conditions'], 0, text.length)
  return rule
}
