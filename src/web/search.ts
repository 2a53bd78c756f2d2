import { bare } from '../kernel/bare.ts'
import { addDays, addMonths, isDay, type Period, periodLabel, previous, yearBefore } from '../kernel/period.ts'
import { type Extent, usualPeriod } from '../kernel/usual-period.ts'

/** The query string as plain text values: readable, and the same after a round trip. */
export type Search = Record<string, string | string[] | undefined>

export function parseSearch(text: string): Search {
  const search: Search = bare({})
  for (const [key, value] of new URLSearchParams(text)) {
    const before = search[key]
    search[key] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return search
}

/** ":", "=" and spaces stay readable; what is empty is left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const pairs: string[] = []
  const encode = (part: string) =>
    encodeURIComponent(part)
      .replace(/%(3A|2C|2F|3D)/g, (code) => decodeURIComponent(code))
      .replaceAll('%20', '+')
  for (const [key, value] of Object.entries(search))
    for (const item of (Array.isArray(value) ? value : [value]) as unknown[])
      if (typeof item === 'string' && item !== '') pairs.push(`${encodeURIComponent(key)}=${encode(item)}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

export const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)
export const many = (value: string | string[] | undefined): string[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])

/** Reads what `periodLabel` writes, and "2023-11..2024-10" for a run of months. Null when it is not a period. */
export function parsePeriod(text: string): Period | null {
  const unit = /^(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])))?$/.exec(text)
  if (unit !== null) {
    const [, year = '', month, quarter, half] = unit
    const first = month !== undefined ? Number(month) : quarter !== undefined ? Number(quarter) * 3 - 2 : half !== undefined ? Number(half) * 6 - 5 : 1
    const length = month !== undefined ? 1 : quarter !== undefined ? 3 : half !== undefined ? 6 : 12
    const from = `${year}-${String(first).padStart(2, '0')}-01`
    return isDay(from) ? { from, until: addMonths(from, length) } : null
  }
  const [start = '', end = '', ...rest] = text.split('..')
  if (rest.length > 0) return null
  const from = /^\d{4}-\d{2}$/.test(start) ? `${start}-01` : start
  if (!isDay(from)) return null
  if (end === '') return { from, until: addDays(from, 1) }
  const last = /^\d{4}-\d{2}$/.test(end) ? `${end}-01` : end
  if (!isDay(last)) return null
  const until = last === end ? addDays(last, 1) : addMonths(last, 1)
  return from < until ? { from, until } : null
}

/** The shortest text that `parsePeriod` reads back. */
export function writePeriod(period: Period): string {
  const label = periodLabel(period)
  if (!label.includes('..') || !period.from.endsWith('-01') || !period.until.endsWith('-01')) return label
  return `${period.from.slice(0, 7)}..${addMonths(period.until, -1).slice(0, 7)}`
}

/** Whether a period ends before anything is known. */
export const isBeforeFacts = (period: Period, firstDay: string | null): boolean => firstDay !== null && period.until <= firstDay

export type Compare = 'previous' | 'year' | 'none'
/** What every page of the workspace is asked for. */
export interface Screen {
  readonly period: Period
  readonly compare: Compare
  /** Each DIMENSION=VALUE. */
  readonly where: readonly string[]
  readonly as_of: string | undefined
  readonly reported_on: string | undefined
}

export function readScreen(search: Search, extent: Extent): Screen {
  const compare = one(search.compare)
  const day = (value: string | undefined) => (value !== undefined && isDay(value) ? value : undefined)
  return {
    period: parsePeriod(one(search.period) ?? '') ?? usualPeriod(extent),
    compare: compare === 'year' || compare === 'none' ? compare : 'previous',
    where: many(search.where).filter((filter) => filter.indexOf('=') > 0),
    as_of: day(one(search.as_of)),
    reported_on: one(search.reported_on),
  }
}

/** The fields of a question that the screen decides. */
export const askOf = (screen: Screen) => ({
  from: screen.period.from,
  until: screen.period.until,
  where: [...screen.where],
  ...(screen.as_of === undefined ? {} : { as_of: screen.as_of }),
  ...(screen.reported_on === undefined ? {} : { reported_on: screen.reported_on }),
  ...(screen.compare === 'none' ? {} : { compare: screen.compare }),
})

export const comparedWith = (screen: Screen): Period | null =>
  screen.compare === 'none' ? null : screen.compare === 'year' ? yearBefore(screen.period) : previous(screen.period)

export const splitFilter = (filter: string): [dimension: string, value: string] => [filter.slice(0, filter.indexOf('=')), filter.slice(filter.indexOf('=') + 1)]

/** Filters of the screen, narrowed to one mark: a dimension of the mark replaces the same one of the screen. */
export const narrow = (where: readonly string[], dims: Record<string, string>): string[] => [
  ...where.filter((filter) => !Object.hasOwn(dims, splitFilter(filter)[0])),
  ...Object.entries(dims).map(([dimension, value]) => `${dimension}=${value}`),
]

/** A number that is being explained, as it stands in the query string. */
export interface Target {
  readonly metric: string
  readonly period?: Period
  readonly dims?: Record<string, string>
  /** Options of the metric, each NAME=VALUE. */
  readonly options?: readonly string[]
}

const EXPLAIN_KEYS = ['number', 'number_period', 'number_where', 'number_option', 'rows', 'account'] as const
export const withoutExplained = (search: Search): Search => ({ ...search, ...Object.fromEntries(EXPLAIN_KEYS.map((key) => [key, undefined])) })

export const writeTarget = ({ metric, period, dims = {}, options = [] }: Target): Search => ({
  number: metric,
  number_period: period === undefined ? undefined : writePeriod(period),
  number_where: Object.entries(dims).map(([dimension, value]) => `${dimension}=${value}`),
  number_option: [...options],
  rows: undefined,
  account: undefined,
})

export function readTarget(search: Search): Target | null {
  const metric = one(search.number)
  if (metric === undefined) return null
  const period = parsePeriod(one(search.number_period) ?? '')
  return {
    metric,
    ...(period === null ? {} : { period }),
    options: many(search.number_option),
    dims: Object.fromEntries(
      many(search.number_where)
        .filter((filter) => filter.includes('='))
        .map(splitFilter),
    ),
  }
}
