import { refuse } from '../../kernel/errors.ts'
import { isDay } from '../../kernel/period.ts'
import { didYouMean } from '../../kernel/nearest.ts'
import { NONE, spellings } from '../../metrics/ask/dimensions.ts'
import type { Column, ColumnHead } from './column.ts'

export const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'contains', 'is'] as const
type Operator = (typeof OPERATORS)[number]

/** What is asked of a column: `nrr < 0.9`, `band = red`, `segment in (SMB, "Mid, large")`, `name contains acme`, `arr is missing`. */
export interface Condition {
  /** As it was written. */
  readonly column: string
  readonly operator: Operator
  readonly values: readonly string[]
}

/** A column may hold options in brackets, and these hold "="; so what stands in brackets ends nothing. */
const WRITTEN = /^((?:\[[^\]]*\]|[^<>=![])+?)(?:\s*(<=|>=|!=|=|<|>)\s*|\s+(not\s+in|in)\s*(?=\()|\s+(contains)\s+|\s+(is)\s+(?=(?:missing|known)$))(.*)$/isu

const badCondition = (text: string): Error =>
  refuse('bad_filter', `"${text}" is not a filter.`, 'Write COLUMN=VALUE, arr >= 10000, segment in (SMB, Enterprise), name contains acme, or nrr is missing.')

const unquoted = (text: string): string => {
  const bare = text.trim()
  return bare.length > 1 && bare.startsWith('"') && bare.endsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare
}

/** The values between brackets, parted by commas; one with a comma of its own stands in double quotes. */
function listOf(text: string): string[] {
  const inside = /^\((.*)\)\s*$/s.exec(text)?.[1]
  if (inside === undefined) throw badCondition(text)
  return [...inside.matchAll(/\s*("(?:[^"]|"")*"|[^,]*)\s*(?:,|$)/g)].map(([, value = '']) => unquoted(value)).filter((value) => value !== '')
}

export function parseCondition(text: string): Condition {
  const [, column = '', sign, among, contains, is, rest = ''] = WRITTEN.exec(text.trim()) ?? []
  if (column.trim() === '') throw badCondition(text)
  const operator = (sign ?? among ?? contains ?? is ?? '').toLowerCase().replace(/\s+/, ' ') as Operator
  const values = among === undefined ? [operator === 'is' ? rest.trim().toLowerCase() : unquoted(rest)] : listOf(rest)
  if (values.length === 0 || (values[0] === '' && operator !== '=')) throw badCondition(text)
  return { column: column.trim(), operator, values }
}

/** Several values asked of one column are alternatives, as they are wherever filters stand. */
export function parseConditions(where: readonly string[]): Condition[] {
  const found = new Map<string, Condition>()
  for (const text of where) {
    const one = parseCondition(text)
    const key = one.operator === '=' ? `=${one.column}` : JSON.stringify(one)
    const before = found.get(key)
    found.set(key, before === undefined ? one : { ...one, values: [...before.values, ...one.values] })
  }
  return [...found.values()]
}

/** Whether an account passes, by its place. */
export type Test = (place: number) => boolean

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

function numberOf(text: string, { name, unit }: ColumnHead): number {
  const percent = /%\s*$/.test(text) && unit === 'share'
  const plain = text
    .replace(/%\s*$/, '')
    .replace(/(?<=\d)[,_\u202f ](?=\d{3}\b)/g, '')
    .trim()
  const value = Number(plain)
  if (plain === '' || !Number.isFinite(value))
    throw refuse('bad_filter', `"${text}" is no number to compare ${name} with.`, 'Write a number such as 0.9, 90% or 10000.')
  return percent ? value / 100 : value
}

function numberTest({ head, cells }: Column & { readonly cells: { readonly kind: 'number' } }, { operator, values }: Condition): Test {
  const { values: held, reasons } = cells
  const is =
    (compare: (value: number) => boolean): Test =>
    (place) =>
      reasons[place] === 0 && compare(held[place] ?? Number.NaN)
  const [wanted = Number.NaN, ...more] = values.map((value) => (value === NONE ? Number.NaN : numberOf(value, head)))
  const all = [wanted, ...more]
  switch (operator) {
    case '=':
    case 'in':
      return (place) => (reasons[place] === 0 ? all.includes(held[place] ?? Number.NaN) : values.includes(NONE))
    case '!=':
    case 'not in':
      return is((value) => !all.includes(value))
    case '<':
      return is((value) => value < wanted)
    case '<=':
      return is((value) => value <= wanted)
    case '>':
      return is((value) => value > wanted)
    case '>=':
      return is((value) => value >= wanted)
    default:
      throw refuse('bad_filter', `${head.name} is a number and contains nothing.`, 'Compare it with <, <=, =, != , >= or >.')
  }
}

/** Words are tested once each; accounts look up what was found. */
function textTest({ head, cells }: Column & { readonly cells: { readonly kind: 'text' } }, condition: Condition): Test {
  const { operator, values } = condition
  if (head.kind === 'day' && operator !== 'contains')
    for (const value of values)
      if (value !== NONE && !isDay(value)) throw refuse('bad_filter', `"${value}" is no day to compare ${head.name} with.`, 'Write days as YYYY-MM-DD.')
  const unknown = head.choices === undefined ? undefined : values.find((value) => value !== NONE && !head.choices?.includes(value))
  if (unknown !== undefined && operator !== 'contains')
    throw refuse('unknown_value', `${head.name} is never "${unknown}".`, didYouMean(unknown, head.choices ?? [], 'It is one of'))
  const passing = cells.holds.map(passes(head, condition))
  const none = operator === '=' || operator === 'in' ? values.includes(NONE) : operator === 'not in' || operator === '!=' ? !values.includes(NONE) : false
  return (place) => {
    const code = cells.codes[place] ?? 0
    return code === 0 ? none : passing[code - 1] === true
  }
}

function passes(head: ColumnHead, { operator, values }: Condition): (held: readonly string[]) => boolean {
  const wanted = new Set(values.flatMap(spellings))
  const [first = ''] = values
  switch (operator) {
    case '=':
    case 'in':
      return (held) => held.some((word) => wanted.has(word))
    case '!=':
    case 'not in':
      return (held) => !held.some((word) => wanted.has(word))
    case 'contains': {
      const part = folded(first)
      return (held) => held.some((word) => folded(word).includes(part))
    }
    default: {
      if (head.kind !== 'day') throw refuse('bad_filter', `${head.name} has no order to compare by.`, 'Use =, !=, in, not in or contains.')
      const compare = { '<': (word: string) => word < first, '<=': (word: string) => word <= first, '>': (word: string) => word > first }
      return ([word = '']) => (operator === '<' || operator === '<=' || operator === '>' ? compare[operator](word) : word >= first)
    }
  }
}

/** The test that a condition is. Throws `bad_filter` and `unknown_value` where the column cannot be asked so. */
export function testOf(column: Column, condition: Condition): Test {
  const { cells } = column
  if (condition.operator === 'is') {
    const wanted = condition.values[0] === 'missing'
    return cells.kind === 'number' ? (place) => (cells.reasons[place] !== 0) === wanted : (place) => (cells.codes[place] === 0) === wanted
  }
  return cells.kind === 'number' ? numberTest({ ...column, cells }, condition) : textTest({ ...column, cells }, condition)
}

/** The places that pass every test, in their order. */
export function passing(size: number, tests: readonly Test[]): Uint32Array {
  const places = new Uint32Array(size)
  let count = 0
  for (let place = 0; place < size; place++) if (tests.every((test) => test(place))) places[count++] = place
  return places.slice(0, count)
}
