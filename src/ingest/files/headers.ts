import { storableCell } from './storable.ts'

const LONGEST_HEADER = 200

/** Columns that an export of refused rows adds; a mended file brings them back. */
export const REFUSED_COLUMNS = ['refused_file', 'refused_row', 'refused_reason'] as const

/** "Amount (USD)", "amountUsd" and " amount-usd " are all "amount_usd". */
export const headerKey = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/%/g, ' percent ')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')

/** Trimmed, never empty, never twice: "Amount", "Amount_2", "column_3". */
export function nameHeaders(cells: readonly string[]): string[] {
  const taken = new Set<string>()
  return cells.map((cell, i) => {
    const base = cell.trim() === '' ? `column_${i + 1}` : storableCell(cell.trim(), LONGEST_HEADER)
    let name = base
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
    taken.add(name)
    return name
  })
}
