import type { BinnacleClient } from '../../src/contract/contract.ts'
import type { MetricEntry } from '../../src/contract/question.ts'
import { isRelease } from '../engines/size.ts'

interface Asked {
  readonly from: string
  readonly until: string
}

/** Attributes of accounts are known of all metrics alike: each is asked for before a release, every day these stand for them. */
const STAND_FOR_ALL = ['segment', 'csm', 'team']

/** Breakdowns that the catalog offers and that put all there is under "(none)", one question for all metrics of a dimension. */
export async function deadBreakdowns(client: BinnacleClient, entries: readonly MetricEntry[], { from, until }: Asked): Promise<string[]> {
  const dead: string[] = []
  const attributes = (await client.listDimensions({})).filter(({ of }) => of === 'account').map(({ id }) => id)
  const left = isRelease ? [] : attributes.filter((id) => !STAND_FOR_ALL.includes(id))
  for (const dimension of new Set(entries.flatMap(({ dimensions }) => dimensions).filter((id) => !left.includes(id)))) {
    const ids = entries.filter(({ dimensions }) => dimensions.includes(dimension)).map(({ id }) => id)
    const { results } = await client.answer({ query: { metric: ids, from, until, by: [dimension], where: [], option: [], seconds: 300 } })
    for (const id of ids) {
      const counted = results.filter(({ metric, value, numerator }) => metric === id && ((value ?? 0) !== 0 || (numerator ?? 0) !== 0))
      if (counted.length > 0 && counted.every(({ dims }) => dims[dimension] === '(none)')) dead.push(`${id} by ${dimension}`)
      if (results.some(({ metric, refusal }) => metric === id && refusal !== undefined)) dead.push(`${id} by ${dimension} is refused`)
    }
  }
  return dead
}
