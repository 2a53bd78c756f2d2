import type { Column, FactDefinition } from '../facts/fact.ts'
import { refuse } from '../kernel/errors.ts'
import type { Refusal, Value } from './cells/cell.ts'
import { NEEDED, isNothing, isRefusal, refusal, shorten, trim } from './cells/cell.ts'
import { createColumnReader, readAlone } from './column-reader.ts'
import type { ColumnReader } from './column-reader.ts'
import { UNKNOWN_INSTANT, createIdentity } from './identity.ts'
import { factNamed } from './mapping.ts'
import { targetOf } from './targets.ts'
import type { Ambiguity, ColumnMapping, Mapping, SettledColumn } from './types.ts'

/** A row of a staged table. */
export type StagedRow = Record<string, Value | undefined>

export interface RowRefusal {
  /** Header of the column, '' for the row as a whole. */
  readonly column: string
  readonly value: string
  readonly reason: string
}

export interface RowMapper {
  /** The facts that rows become: the file's own first. */
  readonly facts: readonly FactDefinition[]
  /** Maps a row: `rows[i]`, the same object for every row, then belongs to `facts[i]`. Null when it went well. */
  map(cells: readonly string[], rowNumber: number): RowRefusal | null
  readonly rows: readonly StagedRow[]
  /** Only learns how the columns are to be read. */
  learn(cells: readonly string[]): void
  /** Some cell so far cannot be read for certain: rows must wait. */
  isOpen(): boolean
  /** After the sample: what it decided is open no more. */
  settle(): void
  /** Begins another reading of the same rows with what the one before has decided. */
  restart(stage: string): void
  /** Asked after the last row. */
  questions(): Ambiguity[]
  /** After the last row: columns that could be read in several ways, as far as their cells decided it. */
  settled(): SettledColumn[]
}

interface Slot {
  readonly name: string
  readonly header: string
  readonly at: number
  readonly column: Column
  readonly reader: ColumnReader
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
  const value = createColumnReader(column, { header: '', to, read_as: column.type === 'money' || column.type === 'number' ? 'dot' : 'ymd' }, zone).read(trim(constant))
  if (isRefusal(value)) throw refuse('bad_mapping', `The value "${shorten(constant)}" for ${to} ${value.reason}.`, 'Give a value that fits, or map a column.')
  return value
}

function createPlan(fact: FactDefinition, source: string, options: MapperOptions, fixed: StagedRow, copies: Plan['copies']): Plan {
  const own = Object.entries(fact.columns).map(([name, column]) => [name, emptyValue(fact, name, column) ?? null] as const)
  return {
    fact,
    row: {
      ...Object.fromEntries(own.map(([name, value]) => [name, stored(value)])), ...fixed,
      source, source_id: '', import_id: options.importId, row_number: 0, file_id: options.stage, undated: undefined,
    },
    slots: [],
    copies,
    identity: createIdentity(fact),
  }
}

function createPlans(mapping: Mapping, options: MapperOptions): Plan[] {
  const fact = factNamed(mapping.fact)
  const main = createPlan(fact, mapping.source, options, {}, [])
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
      const empty = emptyValue(plan.fact, name, target.column)
      plan.slots.push({ name, header: column.header, at: options.headers.indexOf(column.header), column: target.column, reader: createColumnReader(target.column, column, options.zone), empty })
    }
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

/** Compiles a mapping once, so that a row costs no look-ups. A mapping with holes can only learn. Throws `bad_mapping`. */
export function compileMapper(mapping: Mapping, options: MapperOptions): RowMapper {
  const plans = createPlans(mapping, options)
  const [main] = plans as [Plan, ...Plan[]]
  const slots = plans.flatMap((plan) => plan.slots)
  const evidences = slots.map((slot) => slot.reader.evidence).filter((evidence) => evidence !== null)
  const rows: StagedRow[] = plans.map((plan) => plan.row)
  const width = options.headers.length

  const refuseRow = (slot: Slot | null, cells: readonly string[], { reason }: Refusal): RowRefusal =>
    ({ column: slot?.header ?? '', value: shorten(slot === null ? '' : (cells[slot.at] ?? '')), reason })

  return {
    facts: plans.map((plan) => plan.fact),
    rows,
    map(cells, rowNumber) {
      if (cells.length !== width && !options.ragged) return refuseRow(null, cells, cells.length > width ? TOO_MANY : TOO_FEW)
      for (let i = 0; i < plans.length; i++) {
        const plan = plans[i] as Plan
        const { row } = plan
        row.undated = undefined
        for (const slot of plan.slots) {
          const problem = readSlot(slot, cells, row)
          if (problem !== null) return refuseRow(slot, cells, problem)
        }
        const other = readByOther(plan, options.zone)
        if (other !== null) return refuseRow(other.slot, cells, other.problem)
        for (const [to, from] of plan.copies) row[to] = (rows[0] as StagedRow)[from] ?? ''
        row.row_number = options.rowOffset + rowNumber
        const missing = plan.identity.put(row)
        if (missing !== null) return { column: missing, value: '', reason: NEEDED.reason }
      }
      return null
    },
    learn(cells) {
      for (const slot of slots) {
        if (slot.reader.evidence === null) continue
        const cell = trim(cells[slot.at] ?? '')
        if (!isNothing(cell)) slot.reader.read(cell)
      }
    },
    isOpen: () => evidences.some((evidence) => evidence.open),
    settle: () => slots.forEach((slot) => slot.reader.settle()),
    restart(stage) {
      for (const slot of slots) slot.reader.settle()
      for (const plan of plans) plan.row.file_id = stage
    },
    settled: () =>
      slots.flatMap(({ header, reader }) => {
        const found = reader.settled()
        return found === null ? [] : [{ header, ...found }]
      }),
    questions: () => slots.flatMap((slot) => slot.reader.question(slot.header, main.fact)),
  }
}
