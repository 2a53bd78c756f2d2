import type { BinnacleClient } from '../contract/contract.ts'
import type { MetricFlags } from './metric-flags.ts'
import { printOut } from './output.ts'
import { choosePeriod } from './period.ts'

export type SqlFlags = Pick<MetricFlags, 'from' | 'until' | 'grain' | 'by' | 'where' | 'asOf' | 'reportedOn' | 'option'>

/** `sql`: the query of a question, as it can be pasted into a client of the fact store. */
export async function runSql(client: BinnacleClient, id: string, flags: SqlFlags): Promise<void> {
  const { grain, by = [], where = [], option = [], asOf, reportedOn } = flags
  const { from, until } = await choosePeriod(client, flags)
  const query = { from, until, grain, by, where, option, as_of: asOf, reported_on: reportedOn }
  const { statements } = await client.metricSql({ params: { id }, query })
  const told = statements.map(({ metric, name, sql, computed }) =>
    [`-- ${name} (${metric})`, ...(computed ? ['-- Its value is computed of these sums.'] : []), `${sql};`].join('\n'),
  )
  printOut(`${told.join('\n\n')}\n`)
}
