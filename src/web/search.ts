import { bare } from '../kernel/bare.ts'
import { addDays, addMonths, isDay, type Period, periodLabel } from '../kernel/period.ts'
import { type Extent, usualPeriod } from '../kernel/usual-period.ts'
import { type Question, splitFilter, type Target } from './question.ts'

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

/** The question of a page as its address holds it; what the address leaves out is as usual. */
export function readQuestion(search: Search, extent: Extent): Question {
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

/** What is `undefined` in a change of the question goes back to the usual. */
export const writeQuestion = (change: Partial<Question>): Search => ({
  ...('period' in change ? { period: change.period === undefined ? undefined : writePeriod(change.period) } : {}),
  ...('compare' in change ? { compare: change.compare === 'previous' ? undefined : change.compare } : {}),
  ...('where' in change ? { where: [...(change.where ?? [])] } : {}),
  ...('as_of' in change ? { as_of: change.as_of } : {}),
  ...('reported_on' in change ? { reported_on: change.reported_on } : {}),
})

/** What a link to another page takes along: the question stays, the drawer and the page's own choices do not. */
export const keepQuestion = (search: Search): Search => ({
  period: search.period,
  compare: search.compare,
  where: search.where,
  as_of: search.as_of,
  reported_on: search.reported_on,
})

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
