import type { BandReasons, ShownBand } from './bands.ts'
import { plainBand, shownBand } from './bands.ts'

/** One account under two models on one day, bands without what is held: that would hide the difference. */
export interface Rescored {
  readonly before: ShownBand
  readonly after: ShownBand
  readonly arr: number
}

export const bandWithoutHold = (weighted: number | null, reasons: Omit<BandReasons, 'held'>, caps: readonly { readonly at_most: number }[]): ShownBand =>
  weighted === null ? 'unknown' : shownBand({ ...reasons, held: plainBand(weighted) }, caps)

export interface Cell {
  readonly before: ShownBand
  readonly after: ShownBand
  readonly accounts: number
  readonly arr: number
}

/** Who changes band when a model is switched on, in accounts and ARR; rows and columns sum to the two distributions. */
export function migrationMatrix(accounts: readonly Rescored[]): Cell[] {
  const cells = new Map<string, Cell>()
  for (const { before, after, arr } of accounts) {
    const key = `${before}>${after}`
    const cell = cells.get(key) ?? { before, after, accounts: 0, arr: 0 }
    cells.set(key, { ...cell, accounts: cell.accounts + 1, arr: cell.arr + arr })
  }
  return [...cells.values()]
}
