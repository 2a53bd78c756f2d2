import { BUILT_IN } from '../src/metrics/catalogue/built-in.ts'
import type { MetricDefinition } from '../src/metrics/kit/metric.ts'
import type { House } from './house.ts'
import { askApp } from './imports.ts'
import { median, milliseconds, timed } from './measure.ts'
import { answers } from './questions.ts'
import { askedOf, forgetAnswers } from './reading.ts'

/** Levels by their names in the catalog, with their metrics that can be asked by segment. */
function levels(): [string, MetricDefinition[]][] {
  const found = new Map<string, MetricDefinition[]>()
  for (const metric of BUILT_IN.all)
    if (metric.dimensions === 'account' || metric.dimensions === 'subscription') found.set(metric.level, [...(found.get(metric.level) ?? []), metric])
  return [...found]
}

/** All metrics of a level for 24 months, whole and by segment: in one request each, and which of them takes longest alone. */
export async function benchLevels(house: House, state: number, runs: number): Promise<string[][]> {
  const asked = askedOf(state)
  let salt = 1000
  const time = async (ids: readonly string[], by: readonly string[]): Promise<number> => {
    await forgetAnswers(house, salt++)
    try {
      return (await timed(() => askApp(house, 'GET', answers(ids, by)(asked)))).ms
    } catch (error) {
      // The bench goes on: a question that takes longer than a reader may is refused with its reason.
      process.stderr.write(`${ids.join(', ')}: ${String(error)}\n`)
      return Infinity
    }
  }
  const lines: string[][] = []
  for (const [level, metrics] of levels()) {
    const ids = metrics.map(({ id }) => id)
    const times = { whole: [] as number[], bySegment: [] as number[] }
    for (let run = 0; run < Math.min(runs, 3); run++) {
      times.whole.push(await time(ids, []))
      times.bySegment.push(await time(ids, ['segment']))
    }
    const alone: (readonly [string, number])[] = []
    for (const id of ids) alone.push([id, await time([id], ['segment'])])
    const longest = alone
      .sort((a, b) => b[1] - a[1])
      .slice(0, 3)
      .map(([id, ms]) => `${id} ${milliseconds(ms)}`)
    lines.push([`${level}, ${ids.length} metrics`, milliseconds(median(times.whole)), milliseconds(median(times.bySegment)), longest.join(', ')])
  }
  return lines
}
