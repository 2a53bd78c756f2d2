import type { BinnacleClient } from '../contract/contract.ts'
import { periodLabel } from '../kernel/period.ts'
import type { Period } from '../kernel/period.ts'
import { usualPeriod } from '../kernel/usual-period.ts'
import { usage } from './exit.ts'
import { printNote } from './output.ts'

export interface PeriodFlags {
  readonly from?: string
  readonly until?: string
}

/** The period asked for, or the one that the web app begins with, which is then said. */
export async function choosePeriod<F extends PeriodFlags>(client: BinnacleClient, flags: F): Promise<Omit<F, keyof PeriodFlags> & Period> {
  const { from, until } = flags
  if (from !== undefined && until !== undefined) return { ...flags, from, until }
  if (from !== undefined || until !== undefined)
    throw usage('A period has two ends.', 'Give both --from and --until (the day after the last one), or neither for the last twelve full months.')
  const extent = await client.overview({})
  const period = usualPeriod(extent)
  printNote(
    `Period: ${periodLabel(period)}, ${extent.first_day === null ? 'the last twelve full months; no facts are recorded yet' : 'the last full months that hold facts'}. Another one: --from ${period.from} --until ${period.until}`,
  )
  return { ...flags, ...period }
}
