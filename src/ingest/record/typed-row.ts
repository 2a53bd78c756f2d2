import type { FactRow, FactValue } from '../../facts/append.ts'
import type { Column, FactDefinition } from '../../facts/fact.ts'
import { composed, plainId } from '../../kernel/ids.ts'
import { formatMicros, parseMicros } from '../../kernel/money.ts'
import { isDay, isZone } from '../../kernel/period.ts'
import { emptyValue, stored } from './empty-value.ts'
import { createIdentity } from './identity.ts'
import type { RowRefusal } from './kept-rows.ts'
import { putEnd } from './lasting.ts'
import { isRefusal, refusal, shorten } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import type { StagedRow, Value } from './staged-row.ts'

const MISSING = refusal('is empty, but needed')
const UNSAID = refusal('is empty: of a history it must say which entry is gone')
const LONGEST_ID = 400
const MOST_DIGITS = 30
const HOURS = /^(?:\d\d:\d\d-\d\d:\d\d(?:, \d\d:\d\d-\d\d:\d\d)*)?$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/

/** A value as text, which reads as the value again; '' where there is none. */
export function textOf(value: FactValue): string {
  if (value === null || value === undefined) return ''
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : String(value)
}

function readId(text: string): Value | Refusal {
  if (/[\u0000-\u001f\u007f]/.test(text)) return refusal('has line breaks or control characters in it: an id is one plain word')
  return text.length > LONGEST_ID ? refusal(`is longer than ${LONGEST_ID} characters: an id is one plain word`) : plainId(text)
}

function readDecimal({ min, max }: Column, text: string): Value | Refusal {
  const micros = parseMicros(text)
  if (micros === null) return refusal('is no decimal of at most six places, such as 1234.56')
  const read = formatMicros(micros)
  if (read.length > MOST_DIGITS) return refusal('has more digits than any amount of money')
  if (min !== undefined && Number(read) < min) return refusal(`is below ${min}`)
  return max !== undefined && Number(read) > max ? refusal(`is above ${max}`) : read
}

/** An instant that says how far it is from UTC: without that it would be another one on another machine. */
export function readInstant(text: string): Value | Refusal {
  const at = INSTANT.test(text) ? new Date(text) : null
  return at === null || Number.isNaN(at.getTime()) ? refusal('is no instant with its distance from UTC, such as 2024-06-30T12:00:00Z') : at.toISOString()
}

/** Reads a value that is there by what its column is declared as: there is one way to write each. */
function readValue(column: Column, text: string): Value | Refusal {
  switch (column.type) {
    case 'id':
      return readId(text)
    case 'text':
      return text.includes('\u0000') ? refusal('has a zero byte in it') : composed(text)
    case 'choice':
      return Object.hasOwn(column.choices, text) ? text : refusal(`is none of ${Object.keys(column.choices).join(', ')}`)
    case 'currency':
      return /^[A-Z]{3}$/.test(text) ? text : refusal('is no currency: give its three letters, such as USD')
    case 'money':
    case 'number':
      return readDecimal(column, text)
    case 'boolean':
      return text === 'true' ? 1 : text === 'false' ? 0 : refusal('is neither true nor false')
    case 'instant':
      return readInstant(text)
    case 'date':
      return isDay(text) ? text : refusal('is no day, such as 2024-06-30')
    case 'hours':
      return HOURS.test(text) ? text : refusal('are no hours of a day, such as 09:00-12:00, 13:00-17:00')
    case 'week':
      return text.split('|').length === 7 && text.split('|').every((day) => HOURS.test(day)) ? text : refusal('are no hours of seven days, joined by "|"')
    case 'zone':
      return isZone(text) ? text : refusal('is no IANA time zone, such as Europe/Berlin')
  }
}

export interface TypedRows {
  /** The row that was read last, the same object for every row. */
  readonly row: StagedRow
  /** Reads a row, of a fact that is gone where `deleted`; null when it went well. */
  read(given: FactRow['row'], rowNumber: number, deleted?: boolean): RowRefusal | null
}

/** Reads rows of one kind as they are declared, into rows of its staged table. `bears`: what every row carries besides its columns. */
export function readTypedRows(fact: FactDefinition, zone: string, bears: { source: string; import_id: string; file_id: string }): TypedRows {
  const columns = Object.entries(fact.columns).map(([name, column]) => ({ name, column, empty: emptyValue(fact, name, column) }))
  const row: StagedRow = {
    ...Object.fromEntries(columns.map(({ name }) => [name, undefined])),
    source: bears.source,
    source_id: '',
    import_id: bears.import_id,
    row_number: 0,
    file_id: bears.file_id,
    undated: undefined,
    deleted: 0,
  }
  const identity = createIdentity(fact, zone)
  const refused = (column: string, value: FactValue, { reason }: Refusal): RowRefusal => ({ column, value: shorten(textOf(value)), reason })

  /** Reads a value whose type another column of its row names, as that type. */
  function readByOther(): Refusal | null {
    const { readBy } = fact
    const value = readBy === undefined ? undefined : row[readBy.column]
    const column = readBy?.as[String(row[readBy.says] ?? '')]
    if (readBy === undefined || column === undefined || typeof value !== 'string' || value === '') return null
    const read = readValue(column, value)
    if (isRefusal(read)) return read
    row[readBy.column] = stored(read)
    return null
  }

  return {
    row,
    read(given, rowNumber, deleted = false) {
      for (const name in given) if (fact.columns[name] === undefined) return refused(name, given[name], refusal(`is no column of ${fact.plural}`))
      row.undated = undefined
      row.deleted = deleted ? 1 : 0
      for (const { name, column, empty } of columns) {
        const text = textOf(given[name])
        const value = text === '' ? empty : readValue(column, text)
        if (value === undefined) return refused(name, '', MISSING)
        if (isRefusal(value)) return refused(name, given[name], value)
        row[name] = stored(value)
      }
      const other = readByOther()
      if (other !== null) return refused(fact.readBy?.column ?? '', given[fact.readBy?.column ?? ''], other)
      const unended = putEnd(fact, row, zone)
      if (unended !== null) return refused(unended.column, given[unended.column], unended.problem)
      row.row_number = rowNumber
      const missing = identity.put(row)
      if (missing !== null) return refused(missing, '', MISSING)
      return deleted && row.undated === 1 ? refused(fact.effective, '', UNSAID) : null
    },
  }
}
