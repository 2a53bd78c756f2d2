import { addDays, addMonths, type Period, periodLabel, wholeMonths } from '../kernel/period.ts'

/** Narrow no-break space: the unit never wraps away from its number. */
const THIN = '\u202f'
const MINUS = '\u2212'
export const DASH = '\u2013'

const cache = new Map<string, Intl.NumberFormat>()
function number(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let found = cache.get(key)
  if (found === undefined) cache.set(key, (found = new Intl.NumberFormat('en-US', options)))
  return found
}
const plain = (value: number, digits: number): string =>
  number(`n${digits}`, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value).replace('-', MINUS)

/** Digits that suit a column: enough for the smallest value in it. */
export const moneyDigits = (values: readonly (number | null)[]): number =>
  values.some((value) => value !== null && Math.abs(value) < 1000 && Math.abs(value - Math.round(value)) > 0.004) ? 2 : 0

export function formatMoney(value: number, currency: string | null, digits = moneyDigits([value])): string {
  if (currency === null) return plain(value, digits)
  return number(`${currency}${digits}`, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .format(value)
    .replace('-', MINUS)
}

const shortNumber = (value: number): string => number('short', { notation: 'compact', maximumSignificantDigits: 3 }).format(value).replace('-', MINUS)

/** For axes and labels on marks, where the exact number stands in the readout. */
export function formatShort(value: number, unit: string, currency: string | null = null): string {
  if (unit === 'share') return `${plain(value * 100, Math.abs(value) < 0.1 && value !== 0 && Math.round(value * 100) !== value * 100 ? 1 : 0)}${THIN}%`
  if (unit === 'money' && currency !== null)
    return number(`short${currency}`, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', notation: 'compact', maximumSignificantDigits: 3 })
      .format(value)
      .replace('-', MINUS)
  return shortNumber(value)
}

const SUFFIX: Record<string, string> = { points: ' points', per_year: ' a year', per_month: ' a month', months: ' months', days: ' days', ratio: '×', per_100: ' per 100' }

/** "45 min", "64 h 45 min". */
function formatMinutes(value: number): string {
  const whole = Math.round(Math.abs(value))
  if (whole < 120) return `${plain(value, Number.isInteger(value) || whole >= 10 ? 0 : 1)}${THIN}min`
  return `${value < 0 ? MINUS : ''}${plain(Math.floor(whole / 60), 0)}${THIN}h${whole % 60 === 0 ? '' : ` ${whole % 60}${THIN}min`}`
}

/** A value in its unit, without the sign of a change. */
export function formatValue(value: number, unit: string, currency: string | null = null, digits?: number): string {
  switch (unit) {
    case 'money':
      return formatMoney(value, currency, digits)
    case 'share':
      return `${plain(value * 100, digits ?? 1)}${THIN}%`
    case 'count':
      return plain(value, digits ?? (Number.isInteger(value) ? 0 : 1))
    case 'minutes':
      return formatMinutes(value)
    case 'hours':
      return `${plain(value, digits ?? 1)}${THIN}h`
    default:
      return `${plain(value, digits ?? 2)}${SUFFIX[unit] ?? (unit === '' ? '' : ` ${unit.replaceAll('_', ' ')}`)}`
  }
}

/** A change with its sign: shares change by percentage points, money also by a share of what it was. */
export function formatChange(change: number, unit: string, currency: string | null = null): string {
  const sign = change > 0 ? '+' : change < 0 ? MINUS : '±'
  const size = Math.abs(change)
  return unit === 'share' ? `${sign}${plain(size * 100, 1)}${THIN}pp` : `${sign}${formatValue(size, unit, currency)}`
}

export function formatInterval([low, high]: readonly [number, number], unit: string, currency: string | null = null): string {
  if (unit === 'share') return `${plain(low * 100, 1)}${DASH}${plain(high * 100, 1)}${THIN}%`
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

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const LONG_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const monthIndex = (day: string): number => Number(day.slice(5, 7)) - 1
export const monthName = (index: number): string => MONTHS[index] ?? ''

/** "15 Jan 2024". */
export const formatDay = (day: string): string => `${Number(day.slice(8, 10))} ${MONTHS[monthIndex(day)] ?? ''} ${day.slice(0, 4)}`

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
export function formatPiece(period: Period, withYear: boolean): string {
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

const NULL_REASONS: Record<string, string> = {
  no_opening_customers: 'Nobody was a customer when the period began',
  no_customers: 'There are no customers at this time',
  no_opening_mrr: 'There was no MRR when the period began',
  no_responses: 'Nobody answered',
  fx_missing: 'An exchange rate is missing for this time',
  low_coverage: 'Too little is known to say',
  not_matured: 'Too early to tell: the time it needs has not passed',
  nothing_lost: 'Nothing was lost in the period',
  small_sample: 'Too few to estimate',
  small_group: 'A group holds fewer than five',
  no_replies: 'No ticket was answered in the period',
  none_solved: 'No ticket was solved in the period',
  half_not_reached: 'Less than half have got there so far',
  none_due: 'Nothing was due in the period',
  none_matured: 'Too early to tell: none has had its whole time',
  none_past_deadline: 'No run is past its deadline',
  nothing_expected: 'No loss was to be expected',
  nothing_renewed: 'Nothing was renewed',
  no_active_users: 'Nobody used the product',
  kpi_missing: 'A metric it is made of has no value',
  units_differ: 'The metrics it adds up are of different units',
  not_begun: 'The period has not begun',
  no_data: 'Nothing is known of this time',
  source_not_connected: 'No product use is imported for these customers',
  no_exposure: 'Nobody was there long enough to count',
  none_retained: 'Nobody was retained',
  no_capacity: 'No CSM had time in the period',
  no_core_set_and_no_seats: 'Neither core features nor seats are known',
  cac_unknown: 'The cost of acquiring is not known',
}
/** A null reason as a sentence. */
export function formatReason(reason: string | null): string {
  if (reason === null) return 'There is nothing to count'
  const known = NULL_REASONS[reason]
  if (known !== undefined) return known
  const text = reason.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const FLAGS: Record<string, { label: string; says: string }> = {
  partial: { label: 'To date', says: 'The period is not over yet' },
  small_n: { label: 'Small n', says: 'Fewer than 30 were counted, so chance weighs heavily' },
  scales_pooled: { label: 'Scales pooled', says: 'Answers on scales of different length count together' },
  restated: { label: 'Restated', says: 'Facts recorded later changed this period' },
  lumpy: { label: 'Lumpy', says: 'Bills for several months make up more than a quarter of it' },
  open_counted: { label: 'Open counted', says: 'More than 5 % are still waiting and count with their age so far (Kaplan-Meier)' },
  residual: { label: 'Does not add up', says: 'Its parts differ from the metric they are to add up to' },
  kpi_skipped: { label: 'Parts missing', says: 'Metrics without a value are left out and their weights shared among the others' },
  estimated: { label: 'Estimated', says: 'Derived from another period, not counted' },
}
export const formatFlag = (flag: string): { label: string; says: string } => FLAGS[flag] ?? { label: formatReason(flag), says: '' }

/** "small_business" and "size band" as a heading. "(none)" says that nothing is recorded. */
export const formatDimensionValue = (value: string): string => (value === '(none)' || value === '' ? 'Not recorded' : value)
export const humanise = (id: string): string => {
  const text = id.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
