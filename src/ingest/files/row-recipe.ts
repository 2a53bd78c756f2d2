import type { Column, FactDefinition } from '../../facts/fact.ts'
import { refuse } from '../../kernel/errors.ts'
import { emptyValue, stored } from '../record/empty-value.ts'
import { createIdentity } from '../record/identity.ts'
import { isRefusal, shorten } from '../record/refusal.ts'
import type { StagedRow, Value } from '../record/staged-row.ts'
import { trim } from './cells/cell.ts'
import { createColumnReader } from './column-reader.ts'
import type { ColumnReader } from './column-reader.ts'
import { createDayEnd } from './doubts/day-ends.ts'
import type { DayEnd } from './doubts/day-ends.ts'
import { partsTakenOff } from './doubts/held-parts.ts'
import { factNamed } from './mapping.ts'
import { SAME_ID, columnsApart } from './same-id-answers.ts'
import { targetOf } from './targets.ts'
import type { ColumnMapping, Mapping } from './types.ts'

/** A column of the file that fills a column of a fact. */
export interface Slot {
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

/** How one row of a file becomes a row of one fact. */
export interface RowRecipe {
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
  /** Added to the number of a row in its file: the sum is the row's number in the import. */
  readonly rowOffset: number
  /** Rows may have fewer or more cells than headers, as JSON lines may. */
  readonly ragged: boolean
}

function constantValue(column: Column, { to, constant = '' }: ColumnMapping, zone: string): Value {
  const value = createColumnReader(column, { header: '', to, read_as: column.type === 'money' || column.type === 'number' ? 'dot' : 'ymd' }, zone).read(
    trim(constant),
  )
  if (isRefusal(value)) throw refuse('bad_mapping', `The value "${shorten(constant)}" for ${to} ${value.reason}.`, 'Give a value that fits, or map a column.')
  return value
}

function createRecipe(
  fact: FactDefinition,
  source: string,
  options: MapperOptions,
  fixed: StagedRow,
  copies: RowRecipe['copies'],
  apart: readonly string[] | null = null,
): RowRecipe {
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
    identity: createIdentity(fact, options.zone, apart),
  }
}

/** The recipes that a mapping comes to: of the file's own fact first, then of those that its rows carry. Throws `bad_mapping`. */
export function createRecipes(mapping: Mapping, options: MapperOptions): RowRecipe[] {
  const fact = factNamed(mapping.fact)
  const main = createRecipe(fact, mapping.source, options, {}, [], columnsApart(mapping.answers?.[SAME_ID]))
  const recipes = [main]
  for (const column of mapping.columns) {
    const target = column.to === null ? null : targetOf(fact, column.to)
    if (target === null) continue
    const name = target.kind === 'column' ? target.name : target.carried.valueColumn
    let recipe = main
    if (target.kind === 'carried') {
      recipe = createRecipe(target.fact, mapping.source, options, target.carried.constants, Object.entries(target.carried.copies))
      recipes.push(recipe)
    }
    if (column.constant !== undefined) recipe.row[name] = constantValue(target.column, column, options.zone)
    else {
      const [empty, end] = [emptyValue(recipe.fact, name, target.column), createDayEnd(column.header, mapping)]
      recipe.slots.push({
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
  return recipes
}
