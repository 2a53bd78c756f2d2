import { LONG_MONTHS, MONTHS, formatDay, monthIndex } from '../kernel/words/days.ts'
import { nameOfId } from '../kernel/words/names.ts'
import { UNITS } from '../kernel/words/units.ts'
import type { Unit } from '../kernel/words/units.ts'
import * as values from '../kernel/words/value.ts'
import { addDays, addMonths, type Period, periodLabel, wholeMonths } from '../kernel/period.ts'

const { MINUS, THIN, formatNumber, numberFormat } = values
export const { moneyDigits } = values
export { formatDay }
export const DASH = '\u2013'

const plain = (value: number, digits: number): string => formatNumber('screen', value, digits, digits)

export const formatMoney = (value: number, currency: string | null, digits?: number): string => values.formatMoney('screen', value, { currency, digits })

/** A value in its unit, without the sign of a change. */
export const formatValue = (value: number, unit: Unit, currency: string | null = null, digits?: number): string =>
  values.formatValue('screen', value, unit, { currency, digits })

/** For axes and labels on marks, where the exact number stands in the readout; `more` digits where it takes them. */
export function formatShort(value: number, unit: Unit, currency: string | null = null, more = 0): string {
  if (unit === 'share') return `${plain(value * 100, more + (Math.abs(value) < 0.1 && value !== 0 && Math.round(value * 100) !== value * 100 ? 1 : 0))}${THIN}%`
  const compact = { notation: 'compact', maximumSignificantDigits: 3 + more } as const
  const money = unit === 'money' && currency !== null ? ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const) : {}
  return numberFormat(`short${more}${'currency' in money ? money.currency : ''}`, { ...compact, ...money })
    .format(value)
    .replace('-', MINUS)
}

/** Numbers along an axis: with as many digits as it takes to tell them apart. */
export function formatTicks(ticks: readonly number[], format: (value: number, more: number) => string): string[] {
  for (let more = 0; ; more++) {
    const labels = ticks.map((tick) => format(tick, more))
    if (more === 4 || new Set(labels).size === labels.length) return labels
  }
}

/** A unit as the head of a column: "USD", "%", "days". */
export const unitName = (unit: Unit, currency: string): string => (unit === 'money' ? currency : UNITS[unit].head)

/** A change with its sign: shares change by percentage points, money also by a share of what it was. */
export function formatChange(change: number, unit: Unit, currency: string | null = null): string {
  const sign = change > 0 ? '+' : change < 0 ? MINUS : '±'
  const size = Math.abs(change)
  return unit === 'share' ? `${sign}${plain(size * 100, 1)}${THIN}pp` : `${sign}${formatValue(size, unit, currency, unit === 'points' ? 1 : undefined)}`
}

export function formatInterval([low, high]: readonly [number, number], unit: Unit, currency: string | null = null): string {
  if (unit === 'share') return `${plain(low * 100, 1)}${DASH}${plain(high * 100, 1)}${THIN}%`
  if (unit === 'points') return `${plain(low, 0)} ${DASH} ${formatValue(high, unit)}`
  if (UNITS[unit].decimals === 'measured') return `${formatValue(low, 'number')} ${DASH} ${formatValue(high, unit)}`
  return `${formatValue(low, unit, currency)} ${DASH} ${formatValue(high, unit, currency)}`
}

/** A number whose unit its label says: grouped, at most two decimals. */
export const formatPlain = (value: number): string => plain(value, Number.isInteger(value) ? 0 : 2)

export const formatCount = (value: number): string => plain(value, Number.isInteger(value) ? 0 : 1)
export const counted = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`

export function formatBytes(bytes: number): string {
  const step = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : bytes < 1024 ** 3 ? 2 : 3
  return `${plain(bytes / 1024 ** step, step === 0 ? 0 : 1)} ${['B', 'KB', 'MB', 'GB'][step] ?? 'B'}`
}

export const monthName = (index: number): string => MONTHS[index] ?? ''

const clocks = new Map<string, Intl.DateTimeFormat>()
function clock(zone: string | undefined): Intl.DateTimeFormat {
  const key = zone ?? ''
  let found = clocks.get(key)
  if (found === undefined)
    clocks.set(
      key,
      (found = new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
      })),
    )
  return found
}

/** "15 Jan 2024, 14:03" in a zone; without one, on the clock of this browser. */
export function formatInstant(instant: string, zone?: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return instant
  const part = Object.fromEntries(
    clock(zone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  )
  return `${formatDay(`${part.year ?? ''}-${part.month ?? ''}-${part.day ?? ''}`)}, ${part.hour ?? ''}:${part.minute ?? ''}`
}

/** A period as people say it, its last day included: "June 2024", "Q2 2024", "Nov 2023 – Oct 2024", "15 Jan – 14 Feb 2024". */
export function formatPeriod(period: Period): string {
  const months = wholeMonths(period)
  const year = period.from.slice(0, 4)
  if (months === 1) return `${LONG_MONTHS[monthIndex(period.from)] ?? ''} ${year}`
  const label = periodLabel(period)
  const part = /^(\d{4})-([QH]\d)$/.exec(label)
  if (part !== null) return `${part[2] ?? ''} ${year}`
  if (/^\d{4}$/.test(label)) return label
  if (months !== null && months > 0) {
    const last = addMonths(period.until, -1)
    return `${MONTHS[monthIndex(period.from)] ?? ''}${last.slice(0, 4) === year ? '' : ` ${year}`} ${DASH} ${MONTHS[monthIndex(last)] ?? ''} ${last.slice(0, 4)}`
  }
  const last = addDays(period.until, -1)
  if (last === period.from) return formatDay(last)
  return `${last.slice(0, 4) === year ? formatDay(period.from).slice(0, -5) : formatDay(period.from)} ${DASH} ${formatDay(last)}`
}

/** Short name of a piece of a series: "Jun" or "Jun 24" for months, "Q2 24", "2024". */
export function formatShortPeriod(period: Period, withYear: boolean): string {
  const label = periodLabel(period)
  const year = `'${label.slice(2, 4)}`
  if (/^\d{4}-\d{2}$/.test(label)) return `${MONTHS[Number(label.slice(5)) - 1] ?? ''}${withYear ? ` ${year}` : ''}`
  if (/^\d{4}-[QH]\d$/.test(label)) return `${label.slice(5)}${withYear ? ` ${year}` : ''}`
  if (/^\d{4}$/.test(label)) return label
  const last = addDays(period.until, -1)
  return last === period.from
    ? formatDay(last).slice(0, -5)
    : `${Number(period.from.slice(8))}${DASH}${Number(last.slice(8))} ${MONTHS[monthIndex(last)] ?? ''}`
}

/** "(none)" says that nothing is recorded. */
export const formatDimensionValue = (value: string): string => (value === '(none)' || value === '' ? 'Not recorded' : value)
/** "size_band" as a heading: "Size band". */
export const humanise = nameOfId
