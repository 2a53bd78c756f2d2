import { USUAL_MODELS } from '../src/health/models.ts'
import { readStanding } from '../src/health/standing/read-standing.ts'
import type { KeptStanding } from '../src/health/standing/read-standing.ts'
import { defaultSettings } from '../src/kernel/settings.ts'
import { addDays } from '../src/kernel/period.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { openBook } from '../src/metrics/ask/book.ts'
import { BUILT_IN } from '../src/metrics/catalogue/built-in.ts'
import { WHOLE_COMPANY } from '../src/metrics/kit/asker.ts'
import { openFactStore } from '../src/stores/fact-store.ts'
import { openWorkspace } from '../src/stores/workspace.ts'
import type { CompanyFiles } from './company-files.ts'
import { askEngine } from './house.ts'
import type { House } from './house.ts'
import { importFiles } from './imports.ts'
import { atMost, median, milliseconds, timed } from './measure.ts'
import type { Line } from './measure.ts'
import { collect, differences } from './questions.ts'
import type { Numbers } from './questions.ts'
import { askedOf } from './reading.ts'
import { scoresByHand } from './scores-by-hand.ts'

/** The day on which the invented company ends. */
const dayOf = (state: number): string => addDays(askedOf(state).boundaries.at(-1) ?? '', -1)

/** Reads how all accounts stand, from nothing or beside what is kept. */
async function stand(house: House, last: KeptStanding | null): Promise<KeptStanding> {
  const store = await openFactStore({ nodes: [house.clickhouse.node], cluster: null })
  const workspace = await openWorkspace(house.postgres.address, systemClock)
  try {
    const state = await workspace.readLedgerState()
    const now = new Date(`${dayOf(state.state)}T12:00:00Z`)
    const book = await openBook(store, state, { asker: WHOLE_COMPANY, settings: defaultSettings, catalogue: BUILT_IN, now })
    const open = { book, state, key: String(state.state), freshness: { recorded_until: state.recorded_until, state: state.state } }
    return await readStanding({ open, models: USUAL_MODELS, key: open.key, factsChangedSince: async () => ['subscription_version'] }, last)
  } finally {
    await workspace.close()
  }
}

const scoresOf = ({ standing }: KeptStanding): Numbers =>
  collect([...standing.rows.values()].flatMap(({ account_id, score }) => (score === null ? [] : [[account_id, score] as const])))

interface ByHand {
  readonly account_id: readonly string[]
  readonly score: readonly number[]
}

async function byHand(house: House, state: number): Promise<ByHand> {
  return (await (await askEngine(house, `${scoresByHand({ state, day: dayOf(state) })} FORMAT JSONColumns`)).json()) as ByHand
}

/** The present score of every account, beside SQL by hand that gives the same, and again after one account of a hundred changed. */
export async function benchStanding(
  house: House,
  files: CompanyFiles,
  state: number,
  runs: number,
): Promise<{ readonly lines: readonly Line[]; readonly disagreements: readonly string[] }> {
  const [ours, theirs] = [[] as number[], [] as number[]]
  let whole = await stand(house, null)
  let hand = await byHand(house, state)
  for (let run = 0; run < runs; run++) {
    const [product, written] = [await timed(() => stand(house, null)), await timed(() => byHand(house, state))]
    ours.push(product.ms)
    theirs.push(written.ms)
    ;[whole, hand] = [product.value, written.value]
  }
  const says = `the score of ${whole.standing.rows.size.toLocaleString('en')} accounts`
  const found = differences(scoresOf(whole), collect(hand.account_id.map((account, i) => [account, hand.score[i] ?? 0] as const)), 1e-6)
  const again: number[] = []
  for (const path of files.corrections.together) {
    await importFiles(house, [{ name: 'corrections.csv', path }], 'subscription_version')
    const { ms, value } = await timed(() => stand(house, whole))
    again.push(ms)
    whole = value
  }
  return {
    lines: [
      atMost(says, milliseconds(median(ours)), milliseconds(median(theirs)), median(ours) / median(theirs), 2),
      atMost(
        'the same after 1 % of the accounts changed, beside all',
        milliseconds(median(again)),
        milliseconds(median(ours)),
        median(again) / median(ours),
        0.05,
        true,
      ),
    ],
    disagreements: found.length === 0 ? [] : [`${says}: the product and ClickHouse by hand differ in ${found.length}, first ${found.slice(0, 5).join('; ')}`],
  }
}
