import type { BinnacleClient } from '../contract/contract.ts'
import { choosePeriod } from './period.ts'
import type { PeriodFlags } from './period.ts'
import { printTable } from './rows.ts'
import { fileFormat, putFile, refuseOnScreen } from './save-file.ts'

export interface MovementsFlags extends PeriodFlags {
  readonly kind?: string[]
  readonly where?: string[]
  readonly asOf?: string
  readonly reportedOn?: string
  readonly out?: string
  readonly format: 'table' | 'json' | 'csv' | 'parquet'
}

/** `movements`: movements of MRR, the largest first. */
export async function runMovements(client: BinnacleClient, flags: MovementsFlags): Promise<void> {
  const { kind = [], where = [], out, format } = flags
  refuseOnScreen(format, out)
  const { from, until } = await choosePeriod(client, flags)
  const query = { from, until, kind, where, by: [], option: [], as_of: flags.asOf, reported_on: flags.reportedOn }
  if (out === undefined && format === 'table') return printTable('Nothing moved in this period.', (page) => client.movements({ query: { ...query, ...page } }))
  await putFile(await client.exportQuestion({ query: { ...query, metric: [], what: 'movements', format: fileFormat(format, out) } }), out)
}
