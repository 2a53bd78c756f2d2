import type { FactDefinition } from '../../facts/fact.ts'
import type { RowRefusal } from '../record/kept-rows.ts'
import { refusal, shorten } from '../record/refusal.ts'
import type { Refusal } from '../record/refusal.ts'
import type { StagedRow } from '../record/staged-row.ts'
import { NEEDED, isNothing, trim } from './cells/cell.ts'
import { counted } from './doubts/doubt.ts'
import { createDoubts } from './doubts/doubts.ts'
import { createRecipes } from './row-recipe.ts'
import type { MapperOptions, RowRecipe, Slot } from './row-recipe.ts'
import { fillRow } from './row-values.ts'
import type { Ambiguity, Mapping, SettledColumn } from './types.ts'

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
  /** Some cell so far cannot be read for certain: rows must wait. `atEnd` also asks the doubts that only all rows together can settle. */
  isOpen(atEnd?: boolean): boolean
  /** After the first rows were looked at: ways of reading that these rows decided are open no more. */
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

const TOO_FEW = refusal('has fewer cells than the header: look for a missing delimiter or a line break without quotes')
const TOO_MANY = refusal('has more cells than the header: look for a delimiter inside a cell without quotes')
const OTHER_SCALE: RowRefusal = { column: '', value: '', reason: 'has an answer that is not on the scale of NPS' }

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
  const recipes = createRecipes(mapping, options)
  const [main] = recipes as [RowRecipe, ...RowRecipe[]]
  const slots = recipes.flatMap((recipe) => [...recipe.slots, ...recipe.takenOff.map(({ slot }) => slot)])
  const { header = '', end = { last: true } } = main.slots.find(({ name }) => name === main.fact.succession) ?? {}
  const doubts = createDoubts({ fact: main.fact, mapping, headers: options.headers }, { header, end })
  const rows: StagedRow[] = recipes.map((recipe) => recipe.row)
  const width = options.headers.length
  const settle = (): void => {
    for (const slot of slots) slot.reader.settle()
    for (const recipe of recipes) recipe.identity.reset()
    doubts.reset()
  }

  return {
    facts: recipes.map((recipe) => recipe.fact),
    rows,
    map(cells, rowNumber) {
      if (cells.length !== width && !options.ragged) return refuseRow(null, cells, cells.length > width ? TOO_MANY : TOO_FEW)
      if (doubts.see(cells)) return LEFT_OUT
      for (let i = 0; i < recipes.length; i++) {
        const recipe = recipes[i] as RowRecipe
        const { row } = recipe
        const wrong = fillRow(recipe, cells, options.zone)
        if (wrong !== null) return refuseRow(wrong.slot, cells, wrong.problem)
        if (i === 0 && !doubts.mend(row)) return OTHER_SCALE
        for (const [to, from] of recipe.copies) row[to] = (rows[0] as StagedRow)[from] ?? ''
        row.row_number = options.rowOffset + rowNumber
        const missing = recipe.identity.put(row)
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
      for (const recipe of recipes) recipe.row.file_id = stage
    },
    settled: () =>
      slots.flatMap(({ header, reader }) => {
        const found = reader.settled()
        return found === null ? [] : [{ header, ...found }]
      }),
    questions: () => [...slots.flatMap((slot) => slot.reader.question(slot.header, main.fact)), ...doubts.questions()],
    notes: () => [...doubts.notes(), ...recipes.flatMap(({ fact, identity }) => alikeNote(fact, identity.alike()))],
    leftOut: doubts.leftOut,
  }
}
