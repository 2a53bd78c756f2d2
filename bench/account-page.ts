import { askEngine } from './house.ts'
import type { House } from './house.ts'
import { askApp } from './imports.ts'
import { atMost, median, milliseconds, timed } from './measure.ts'
import type { Line } from './measure.ts'

/** A screen that is there in less is not waited for. */
const PAGE_MS = 300

/** The screen of accounts with the most versions of their contracts, each for the first time; what the fleet has in common is read before. */
export async function benchAccountPage(house: House, runs: number): Promise<readonly Line[]> {
  const largest = `SELECT account_id FROM fact_subscription_version GROUP BY account_id ORDER BY count() DESC, account_id LIMIT ${runs + 1} FORMAT JSON`
  const { data } = (await (await askEngine(house, largest)).json()) as { data: { account_id: string }[] }
  const opened: number[] = []
  for (const { account_id } of data) {
    const { ms } = await timed(() => askApp(house, 'GET', `/api/v1/accounts/${encodeURIComponent(account_id)}/overview`))
    opened.push(ms)
  }
  const [cold = NaN, ...others] = opened
  const middle = median(others)
  return [
    atMost('the screen of an account, opened for the first time', milliseconds(middle), milliseconds(PAGE_MS), middle / PAGE_MS, 1),
    atMost('the first of all, for which the fleet is read', milliseconds(cold), milliseconds(PAGE_MS), cold / PAGE_MS, 10),
  ]
}
