import type { LedgerState } from '../src/facts/store.ts'
import { addDays } from '../src/kernel/period.ts'
import { METRICS } from './columns.ts'
import { accountsByHand } from './clickhouse-questions.ts'
import { askEngine } from './house.ts'
import type { House } from './house.ts'
import { askApp } from './imports.ts'
import { atMost, median, milliseconds, timed } from './measure.ts'
import type { Line } from './measure.ts'
import { askedOf } from './reading.ts'

interface Page {
  readonly rows: readonly { readonly account_id: string; readonly cells: readonly (number | null)[] }[]
  readonly total: number
}

/** A page answered in less is at once to whoever waits for it. */
const AT_ONCE_MS = 150
const PAGE = 50

/** A filter that leaves nobody out and that nobody asked before: the page is filtered and sorted anew. */
const anew = (run: number): string => `mrr > -${run + 2}`

async function askPage(house: House, day: string, sort: string, run: number): Promise<Page> {
  const query = new URLSearchParams([
    ['accounts', 'all'],
    ['as_of', day],
    ['sort', `-${sort}`],
    ['limit', String(PAGE)],
    ['where', anew(run)],
    ...METRICS.map((metric) => ['column', metric]),
  ])
  return (await askApp(house, 'GET', `/api/v1/accounts/list?${query}`)) as Page
}

/** A page of 50 accounts of all, with ten metrics, sorted by each of them in turn; the columns were read before. */
export async function benchAccountList(
  house: House,
  state: LedgerState,
  runs: number,
): Promise<{ readonly lines: readonly Line[]; readonly disagreements: readonly string[] }> {
  const { boundaries } = askedOf(state.state)
  const until = boundaries.at(-1) ?? ''
  const day = addDays(until, -1)
  const asked = { state: state.state, boundaries: [boundaries.at(-13) ?? '', until] }
  const byHand = async (sort: string): Promise<(number | null)[]> => {
    const { data } = (await (
      await askEngine(house, `SELECT * FROM (${accountsByHand(asked)}) ORDER BY ${sort} DESC NULLS LAST, account_id LIMIT ${PAGE} FORMAT JSON`)
    ).json()) as {
      data: Record<string, string | number | null>[]
    }
    return data.map((row) => (row[sort] === null ? null : Number(row[sort])))
  }
  // What the first page must read anyway: all columns of all accounts.
  const whole = await timed(async () => (await askEngine(house, `${accountsByHand(asked)} FORMAT JSONColumns`)).json())
  const cold = await timed(() => askPage(house, day, METRICS[0], -1))
  const [ours, theirs, disagreements] = [[] as number[], [] as number[], [] as string[]]
  for (let run = 0; run < runs; run++)
    for (const [i, metric] of METRICS.entries()) {
      const [page, hand] = [await timed(() => askPage(house, day, metric, run * METRICS.length + i)), await timed(() => byHand(metric))]
      ours.push(page.ms)
      theirs.push(hand.ms)
      const [found, expected] = [page.value.rows.map(({ cells }) => cells[i] ?? null), hand.value]
      const differs = found.findIndex((value, at) => Math.abs((value ?? 0) - (expected[at] ?? 0)) > 1e-6 * Math.max(1, Math.abs(value ?? 0)))
      if (found.length !== PAGE || differs !== -1) disagreements.push(`a page by ${metric}: ${found[differs]} and by hand ${expected[differs]} at ${differs}`)
    }
  const says = `a page of ${PAGE} of ${cold.value.total.toLocaleString('en')} accounts with ${METRICS.length} metrics, sorted by any of them`
  const [middle, hand] = [median(ours), median(theirs)]
  return {
    lines: [
      atMost(says, milliseconds(middle), milliseconds(hand), middle / hand, 1),
      atMost('the same against a page that is there at once', milliseconds(middle), milliseconds(AT_ONCE_MS), middle / AT_ONCE_MS, 1),
      atMost('the first page, beside all columns read by hand', milliseconds(cold.ms), milliseconds(whole.ms), cold.ms / whole.ms, 4),
    ],
    disagreements: [...new Set(disagreements)],
  }
}
