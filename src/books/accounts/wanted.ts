import { refuse } from '../../kernel/errors.ts'
import { addDays, addMonths, isDay } from '../../kernel/period.ts'
import type { Day, Period } from '../../kernel/period.ts'

/** A column as somebody names it: the id of a metric with options and a period, or the name of anything else. */
export interface WantedColumn {
  /** As it was written, without what says nothing. */
  readonly id: string
  readonly name: string
  readonly options: Readonly<Record<string, string>>
  /** Null where the period of the list counts. */
  readonly period: Period | null
}

const badColumn = (text: string, what: string): Error =>
  refuse('bad_column', `"${text}" is not a column: ${what}.`, 'Write METRIC, METRIC@3m, METRIC@2024-01-01..2024-04-01 or METRIC[option=value].')

function optionsOf(text: string, written: string): Record<string, string> {
  const pairs = text.split(';').map((pair) => pair.trim())
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at <= 0) throw badColumn(written, `"${pair}" is no option`)
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    }),
  )
}

/** "3m" and "90d" end with the day of the list; "2024-01-01..2024-04-01" is half-open, as periods are. */
function periodOf(text: string, day: Day, written: string): Period {
  const [, count = '', unit] = /^(\d{1,3})([md])$/.exec(text) ?? []
  const until = addDays(day, 1)
  if (Number(count) > 0) return { from: unit === 'm' ? addMonths(until, -Number(count)) : addDays(until, -Number(count)), until }
  const [from = '', end = '', ...rest] = text.split('..')
  if (rest.length > 0 || !isDay(from) || !isDay(end) || from >= end) throw badColumn(written, `"${text}" is no period`)
  return { from, until: end }
}

export function parseColumn(text: string, day: Day): WantedColumn {
  const [, name = '', options, period] = /^([^[\]@]+)(?:\[([^\]]*)\])?(?:@(.+))?$/u.exec(text.trim()) ?? []
  if (name.trim() === '') throw badColumn(text, 'it has no name')
  return {
    id: text.trim(),
    name: name.trim(),
    options: options === undefined ? {} : optionsOf(options, text),
    period: period === undefined ? null : periodOf(period, day, text),
  }
}
