import { formatMicros, parseMicros } from '../../kernel/money.ts'
import { stored } from '../record/empty-value.ts'
import { putEnd } from '../record/lasting.ts'
import { isRefusal, refusal } from '../record/refusal.ts'
import type { Refusal } from '../record/refusal.ts'
import type { StagedRow } from '../record/staged-row.ts'
import { NEEDED, isNothing, trim } from './cells/cell.ts'
import { readAlone } from './column-reader.ts'
import type { RowRecipe, Slot } from './row-recipe.ts'

const OTHER_CURRENCY = refusal('names another currency than the row’s currency column')

interface Wrong {
  readonly slot: Slot | null
  readonly problem: Refusal
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
function takeOff({ takenOff, row }: RowRecipe, cells: readonly string[]): Wrong | null {
  for (const { slot, of } of takenOff) {
    const cell = trim(cells[slot.at] ?? '')
    const value = isNothing(cell) ? null : slot.reader.read(cell)
    if (isRefusal(value)) return { slot, problem: value }
    const [whole, part] = [parseMicros(String(row[of] ?? '')), parseMicros(String(value ?? '0'))]
    if (whole !== null && part !== null) row[of] = formatMicros(whole < 0n && part > 0n ? whole + part : whole - part)
  }
  return null
}

/** Reads a value once more where another column of its row says what it is. */
function readByOther({ fact: { readBy }, row, slots }: RowRecipe, zone: string): Wrong | null {
  const value = readBy === undefined ? undefined : row[readBy.column]
  const column = readBy?.as[String(row[readBy.says] ?? '')]
  if (readBy === undefined || column === undefined || typeof value !== 'string' || value === '') return null
  const read = readAlone(column, value, zone)
  if (isRefusal(read)) return { slot: slots.find(({ name }) => name === readBy.column) ?? null, problem: read }
  row[readBy.column] = stored(read)
  return null
}

/** Puts the end of what lasts some months. */
function endIt({ fact, row, slots }: RowRecipe, zone: string): Wrong | null {
  const wrong = putEnd(fact, row, zone)
  return wrong === null ? null : { slot: slots.find(({ name }) => name === wrong.column) ?? null, problem: wrong.problem }
}

/** Fills the row of a recipe from the cells of a row of the file. Null when all cells can be read, else the first that cannot, and why. */
export function fillRow(recipe: RowRecipe, cells: readonly string[], zone: string): Wrong | null {
  recipe.row.undated = undefined
  for (const slot of recipe.slots) {
    const problem = readSlot(slot, cells, recipe.row)
    if (problem !== null) return { slot, problem }
  }
  return readByOther(recipe, zone) ?? takeOff(recipe, cells) ?? endIt(recipe, zone)
}
