import { cell } from './company.ts'
import type { Company, Row } from './company.ts'
import { FACT_IDS } from './fact-tables.ts'

/**
 * Makes a failing company small enough to read: drops accounts, then single rows, as long as it still fails.
 * `fails` must answer the same for the same company.
 */
export async function smallest(company: Company, fails: (candidate: Company) => boolean | Promise<boolean>): Promise<Company> {
  let best = company
  const tryWithout = async (drop: (row: Row) => boolean): Promise<boolean> => {
    const candidate = { ...best, ...Object.fromEntries(FACT_IDS.map((fact) => [fact, best[fact].filter((row) => !drop(row))])) }
    if (!(await fails(candidate))) return false
    best = candidate
    return true
  }
  const accounts = new Set(FACT_IDS.flatMap((fact) => best[fact].map((row) => cell(row, 'account_id'))).filter((id) => id !== ''))
  for (const id of accounts) await tryWithout((row) => cell(row, 'account_id') === id)
  for (let shrank = true; shrank;) {
    shrank = false
    for (const row of FACT_IDS.flatMap((fact) => [...best[fact]])) if (await tryWithout((each) => each === row)) shrank = true
  }
  return best
}
