import type { Column, FactDefinition } from '../../facts/fact.ts'
import { refuse } from '../../kernel/errors.ts'
import { formatMicros, parseMicros } from '../../kernel/money.ts'
import { addMonths, dayOf, startOfDay } from '../../kernel/period.ts'
import type { Refusal, Value } from './cells/cell.ts'
import { NEEDED, isNothing, isRefusal, refusal, shorten, trim } from './cells/cell.ts'
import { createColumnReader, readAlone } from './column-reader.ts'
import type { ColumnReader } from './column-reader.ts'
import { SAME_ID, UNKNOWN_INSTANT, createIdentity } from '../record/identity.ts'
import { factNamed } from './mapping.ts'
import { targetOf } from './targets.ts'
import { counted } from './doubts/doubt.ts'
import { createDayEnd } from './doubts/day-ends.ts'
import type { DayEnd } from './doubts/day-ends.ts'
import { createDoubts } from './doubts/doubts.ts'
import { partsTakenOff } from './doubts/held-parts.ts'
import type { StagedRow } from '../record/staged-row.ts'
import type { Ambiguity, ColumnMapping, Mapping, SettledColumn } from './types.ts'

export interface RowRefusal {
  /** Header of the column, '' for the row as a whole. */
  readonly column: string
  readonly value: string
  readonly reason: string
}

/** A row that does not count by what a column of its own says. */
export const LEFT_OUT = 'left_out'

export interface RowMapper {
  /** The facts that rows become: the file's own first. */
  readonly facts: readonly FactDefinition[]
  /** Maps a row: `rows[i]`, the same object for every row, then belongs to `facts[i]`. Null when it went well. */
  map(cells: readonly string[], rowNumber: number): RowRefusal | typeof LEFT_OUT | null
  readonly rows: readonly StagedRow[]
  /** Only learns how the columns are to be read. */
  learn(cells: readonly string[]): void
  /** Some cell so far cannot be read for certain: rows must wait. At the end that is also said of what only all rows show. */
  isOpen(atEnd?: boolean): boolean
  /** After the sample: what it decided is open no more. */
  settle(): void
  /** Begins another reading of the same rows with what the one before has decided. */
  restart(stage: string): void
  /** Asked after the last row. */
  questions(): Ambiguity[]
  /** After the last row: columns that could be read in several ways, as far as their cells decided it. */
  settled(): SettledColumn[]
  /** To be told after the last row. */
  notes(): string[]
  leftOut(): number
}

interface Slot {
  readonly name: string
  readonly header: string
  readonly at: number
  readonly column: Column
  readonly reader: ColumnReader
  /** How a day is read at which something ends. */
  readonly end: DayEnd
  /** What an empty cell becomes; undefined refuses it. */
  readonly empty: Value | undefined
}

interface Plan {
  readonly fact: FactDefinition
  /**
   * The row being made, with every column of the table: each row overwrites what rows change. What the table fills in by
   * itself is undefined.
   */
  readonly row: StagedRow
  readonly slots: Slot[]
  readonly copies: readonly (readonly [to: string, from: string])[]
  /** Columns of amounts that are taken off another's. */
  readonly takenOff: { readonly slot: Slot; readonly of: string }[]
  readonly identity: ReturnType<typeof createIdentity>
}

export interface MapperOptions {
  readonly headers: readonly string[]
  readonly zone: string
  readonly importId: string
  /** Goes into `file_id` of staged rows: the file and which reading of it. */
  readonly stage: string
  /** Added to the number of a row in its file, which makes it one in the import. */
  readonly rowOffset: number
  /** Rows may have fewer or more cells than headers, as JSON lines may. */
  readonly ragged: boolean
}

const TOO_FEW = refusal('has fewer cells than the header: look for a missing delimiter or a line break without quotes')
const TOO_MANY = refusal('has more cells than the header: look for a delimiter inside a cell without quotes')
const OTHER_CURRENCY = refusal('names another currency than the row’s currency column')

/** Value of a column that has no cell, or an empty one. */
function emptyValue(fact: FactDefinition, name: string, column: Column): Value | undefined {
  if (column.fallback !== undefined) return column.fallback
  if (column.required) return undefined
  if (name === fact.effective) return UNKNOWN_INSTANT
  return column.type === 'boolean' ? 0 : column.type === 'money' || column.type === 'number' || column.type === 'instant' || column.type === 'date' ? null : ''
}

const stored = (value: Value | undefined): Value | undefined => (value === null || value === '' || value === 0 ? undefined : value)

function constantValue(column: Column, { to, constant = '' }: ColumnMapping, zone: string): Value {
  const value = createColumnReader(column, { header: '', to, read_as: column.type === 'money' || column.type === 'number' ? 'dot' : 'ymd' }, zone).read(
    trim(constant),
  )
  if (isRefusal(value)) throw refuse('bad_mapping', `The value "${shorten(constant)}" for ${to} ${value.reason}.`, 'Give a value that fits, or map a column.')
  return value
}

function createPlan(fact: FactDefinition, source: string, options: MapperOptions, fixed: StagedRow, copies: Plan['copies'], sameId?: string): Plan {
  const own = Object.entries(fact.columns).map(([name, column]) => [name, emptyValue(fact, name, column) ?? null] as const)
  return {
    fact,
    row: {
      ...Object.fromEntries(own.map(([name, value]) => [name, stored(value)])),
      ...fixed,
      source,
      source_id: '',
      import_id: options.importId,
      row_number: 0,
      file_id: options.stage,
      undated: undefined,
    },
    slots: [],
    takenOff: [],
    copies,
    identity: createIdentity(fact, options.zone, sameId),
  }
}

function createPlans(mapping: Mapping, options: MapperOptions): Plan[] {
  const fact = factNamed(mapping.fact)
  const main = createPlan(fact, mapping.source, options, {}, [], mapping.answers?.[SAME_ID])
  const plans = [main]
  for (const column of mapping.columns) {
    const target = column.to === null ? null : targetOf(fact, column.to)
    if (target === null) continue
    const name = target.kind === 'column' ? target.name : target.carried.valueColumn
    let plan = main
    if (target.kind === 'carried') {
      plan = createPlan(target.fact, mapping.source, options, target.carried.constants, Object.entries(target.carried.copies))
      plans.push(plan)
    }
    if (column.constant !== undefined) plan.row[name] = constantValue(target.column, column, options.zone)
    else {
      const [empty, end] = [emptyValue(plan.fact, name, target.column), createDayEnd(column.header, mapping)]
      plan.slots.push({
        name,
        end,
        header: column.header,
        at: options.headers.indexOf(column.header),
        column: target.column,
        reader: createColumnReader(target.column, { ...column, skipped: mapping.answers?.[`times:${column.header}`], end }, options.zone),
        empty,
      })
    }
  }
  for (const { header, of } of partsTakenOff({ fact, mapping })) {
    const [column, from] = [
      { ...(fact.columns[of] as Column), min: undefined, max: undefined },
      { header, to: null, read_as: mapping.columns.find(({ to }) => to === of)?.read_as },
    ]
    main.takenOff.push({
      of,
      slot: {
        name: of,
        end: { last: true },
        header,
        at: options.headers.indexOf(header),
        column,
        reader: createColumnReader(column, from, options.zone),
        empty: null,
      },
    })
  }
  // The money's own sign is held against the currency, which must have been read before.
  main.slots.sort((a, b) => Number(a.column.type === 'money') - Number(b.column.type === 'money'))
  return plans
}

function readSlot(slot: Slot, cells: readonly string[], row: StagedRow): Refusal | null {
  const cell = trim(cells[slot.at] ?? '')
  const value = isNothing(cell) ? null : slot.reader.read(cell)
  if (value === null) {
    if (slot.empty === undefined) return NEEDED
    row[slot.name] = stored(slot.empty)
    return null
  }
  if (typeof value === 'object') return value
  const sign = slot.reader.sign()
  if (sign !== null && typeof row.currency === 'string' && row.currency !== '' && row.currency !== sign) return OTHER_CURRENCY
  row[slot.name] = value
  return null
}

/** Takes the amounts of other columns off the row's own. */
function takeOff({ takenOff, row }: Plan, cells: readonly string[]): { slot: Slot; problem: Refusal } | null {
  for (const { slot, of } of takenOff) {
    const cell = trim(cells[slot.at] ?? '')
    const value = isNothing(cell) ? null : slot.reader.read(cell)
    if (isRefusal(value)) return { slot, problem: value }
    const [whole, part] = [parseMicros(String(row[of] ?? '')), parseMicros(String(value ?? '0'))]
    if (whole !== null && part !== null) row[of] = formatMicros(whole < 0n && part > 0n ? whole + part : whole - part)
  }
  return null
}

const OTHER_SCALE: RowRefusal = { column: '', value: '', reason: 'has an answer that is not on the scale of NPS' }
const NO_MONTHS = refusal('is no whole number of months')

/** Puts the end of what lasts some months. */
function putEnd({ fact: { lasts }, row, slots }: Plan, zone: string): { slot: Slot | null; problem: Refusal } | null {
  const [from, months, until] = lasts === undefined ? [] : [row[lasts.from], row[lasts.months], row[lasts.until]]
  if (lasts === undefined || typeof from !== 'string' || typeof months !== 'string' || typeof until === 'string') return null
  if (!/^\d+$/.test(months)) return { slot: slots.find(({ name }) => name === lasts.months) ?? null, problem: NO_MONTHS }
  const [begin, day] = [new Date(from), dayOf(new Date(from), zone)]
  const end = startOfDay(addMonths(day, Number(months)), zone).getTime() + begin.getTime() - startOfDay(day, zone).getTime()
  row[lasts.until] = new Date(end).toISOString()
  return null
}

/** Reads a value once more where another column of its row says what it is. */
function readByOther({ fact: { readBy }, row, slots }: Plan, zone: string): { slot: Slot | null; problem: Refusal } | null {
  const value = readBy === undefined ? undefined : row[readBy.column]
  const column = readBy?.as[String(row[readBy.says] ?? '')]
  if (readBy === undefined || column === undefined || typeof value !== 'string' || value === '') return null
  const read = readAlone(column, value, zone)
  if (isRefusal(read)) return { slot: slots.find(({ name }) => name === readBy.column) ?? null, problem: read }
  row[readBy.column] = stored(read)
  return null
}

const alikeNote = (fact: FactDefinition, n: number): string[] =>
  n === 0
    ? []
    : [`${counted(n, 'row says', 'rows say')} what another row of the same day does, without an id or a time: they count as ${fact.plural} of their own.`]

const refuseRow = (slot: Slot | null, cells: readonly string[], { reason }: Refusal): RowRefusal => ({
  column: slot?.header ?? '',
  value: shorten(slot === null ? '' : (cells[slot.at] ?? '')),
  reason,
})

function learnFrom(slots: readonly Slot[], cells: readonly string[]): void {
  for (const { reader, at } of slots) {
    if (reader.evidence === null) continue
    const cell = trim(cells[at] ?? '')
    if (!isNothing(cell)) reader.read(cell)
  }
}

/** Compiles a mapping once, so that a row costs no look-ups. A mapping with holes can only learn. Throws `bad_mapping`. */
export function compileMapper(mapping: Mapping, options: MapperOptions): RowMapper {
  const plans = createPlans(mapping, options)
  const [main] = plans as [Plan, ...Plan[]]
  const slots = plans.flatMap((plan) => [...plan.slots, ...plan.takenOff.map(({ slot }) => slot)])
  const { header = '', end = { last: true } } = main.slots.find(({ name }) => name === 'ends_at') ?? {}
  const doubts = createDoubts({ fact: main.fact, mapping, headers: options.headers }, { header, end })
  const rows: StagedRow[] = plans.map((plan) => plan.row)
  const width = options.headers.length
  const settle = (): void => {
    for (const slot of slots) slot.reader.settle()
    for (const plan of plans) plan.identity.reset()
    doubts.reset()
  }

  return {
    facts: plans.map((plan) => plan.fact),
    rows,
    map(cells, rowNumber) {
      if (cells.length !== width && !options.ragged) return refuseRow(null, cells, cells.length > width ? TOO_MANY : TOO_FEW)
      if (doubts.see(cells)) return LEFT_OUT
      for (let i = 0; i < plans.length; i++) {
        const plan = plans[i] as Plan
        const { row } = plan
        row.undated = undefined
        for (const slot of plan.slots) {
          const problem = readSlot(slot, cells, row)
          if (problem !== null) return refuseRow(slot, cells, problem)
        }
        const other = readByOther(plan, options.zone) ?? takeOff(plan, cells) ?? putEnd(plan, options.zone)
        if (other !== null) return refuseRow(other.slot, cells, other.problem)
        if (i === 0 && !doubts.mend(row)) return OTHER_SCALE
        for (const [to, from] of plan.copies) row[to] = (rows[0] as StagedRow)[from] ?? ''
        row.row_number = options.rowOffset + rowNumber
        const missing = plan.identity.put(row)
        if (missing !== null) return { column: missing, value: '', reason: NEEDED.reason }
      }
      return null
    },
    learn(cells) {
      if (!doubts.see(cells)) learnFrom(slots, cells)
    },
    isOpen: (atEnd = false) => slots.some(({ reader }) => reader.isOpen()) || doubts.isOpen(atEnd),
    settle,
    restart(stage) {
      settle()
      for (const plan of plans) plan.row.file_id = stage
    },
    settled: () =>
      slots.flatMap(({ header, reader }) => {
        const found = reader.settled()
        return found === null ? [] : [{ header, ...found }]
      }),
    questions: () => [...slots.flatMap((slot) => slot.reader.question(slot.header, main.fact)), ...doubts.questions()],
    notes: () => [...doubts.notes(), ...plans.flatMap(({ fact, identity }) => alikeNote(fact, identity.alike()))],
    leftOut: doubts.leftOut,
  }
}
