import { joinSql, sql, trusted } from '../kernel/sql.ts'
import type { Period } from '../kernel/period.ts'
import { BOOTSTRAP_LEAST, bootstrapRatio } from '../statistics/bootstrap-ratio.ts'
import { deltaRatio, deltaRatioDifference } from '../statistics/delta-ratio.ts'
import type { RatioSums } from '../statistics/ratio-sums.ts'
import { clipped } from './plan.ts'
import type { Plan } from './plan.ts'
import { expression, filteredRows } from './measure-query.ts'
import type { MetricDefinition, Outcome } from './metric.ts'

/**
 * Up to this many accounts a ratio of money is bootstrapped over its accounts; above it the linearised interval, which
 * the bootstrap then agrees with, is read from six sums (decision 0006).
 */
export const BOOTSTRAP_MOST = 400

type Interval = Required<Pick<Outcome, 'ci' | 'ci_method'>>

export interface Intervals {
  read(metric: MetricDefinition, period: Period, dims: readonly string[]): Interval | undefined
  /** Interval of the difference of two periods, their accounts taken as two samples: wider than if they were paired. */
  change(metric: MetricDefinition, now: Period, before: Period, dims: readonly string[]): readonly [number, number] | null
}

interface Moments {
  readonly sums: RatioSums
  readonly numerators: Float64Array
  readonly denominators: Float64Array
}

const key = (metric: MetricDefinition, period: Period, dims: readonly string[]): string => JSON.stringify([metric.id, period.from, period.until, dims])

/** Intervals of the ratios of money that were asked for: one query per metric. */
export async function readIntervals(asked: Plan, metrics: readonly MetricDefinition[]): Promise<Intervals> {
  const found = new Map<string, Interval>()
  const sums = new Map<string, RatioSums>()
  const periods = [...asked.pieces, ...(asked.compared ?? [])].map((piece) => clipped(asked, piece)).filter((period) => period !== null)
  for (const metric of metrics) {
    if (metric.interval !== 'bootstrap' || metric.value.shape !== 'ratio' || periods.length === 0) continue
    for (const { period, dims, moments } of await readMoments(asked, metric, periods)) {
      const outcome = intervalOf(metric, moments)
      sums.set(key(metric, period, dims), moments.sums)
      if (outcome !== null) found.set(key(metric, period, dims), outcome)
    }
  }
  return {
    read: (metric, period, dims) => found.get(key(metric, period, dims)),
    change: (metric, now, before, dims) => {
      const [after, earlier] = [sums.get(key(metric, now, dims)), sums.get(key(metric, before, dims))]
      return after === undefined || earlier === undefined || Math.min(after.n, earlier.n) < BOOTSTRAP_LEAST ? null : deltaRatioDifference(after, earlier)
    },
  }
}

function intervalOf(metric: MetricDefinition, { sums, numerators, denominators }: Moments): Interval | null {
  if (sums.n < BOOTSTRAP_LEAST) return null
  const drawn = sums.n <= BOOTSTRAP_MOST
  const ci = drawn ? bootstrapRatio(numerators, denominators, { seed: metric.id }) : deltaRatio(sums, metric.shareOfWhole ? { within: [0, 1] } : {})
  return ci === null ? null : { ci, ci_method: drawn ? 'bootstrap' : 'large sample' }
}

async function readMoments(asked: Plan, metric: MetricDefinition, periods: readonly Period[]) {
  const [over, under] = [metric.measures[metric.value.numerator ?? ''], metric.measures[metric.value.denominator ?? '']]
  if (over === undefined || under === undefined || over.of !== under.of || over.over !== undefined) return []
  const { by, store } = asked.scope
  const groups = by.map((_, i) => trusted(`g${i}`))
  const named = joinSql([trusted('period'), ...groups], ', ')
  const account = sql`
    SELECT period, ${joinSql([...groups.map((name, i) => sql`d${trusted(String(i))} AS ${name}`), sql`account_id`], ', ')},
      toFloat64(sum(${trusted(expression(over))})) AS x, toFloat64(sum(${trusted(expression(under))})) AS y
    FROM (${filteredRows(asked.scope, over.of, periods)}) GROUP BY ${named}, account_id HAVING y != 0 OR x != 0`
  const rows = await store.read<Record<string, string | number | number[]>>(sql`
    SELECT ${named}, count() AS n, sum(x) AS sum_x, sum(y) AS sum_y, sum(x * x) AS sum_xx, sum(y * y) AS sum_yy, sum(x * y) AS sum_xy,
      if(n <= ${trusted(String(BOOTSTRAP_MOST))}, arraySort(groupArray(${trusted(String(BOOTSTRAP_MOST + 1))})((x, y))), []) AS pairs
    FROM ${store.shardLocal(account)} GROUP BY ${named}`)
  return rows.map((row) => {
    const pairs = row.pairs as unknown as readonly [number, number][]
    const number = (name: string): number => Number(row[name])
    return {
      period: periods[Number(row.period)] as Period,
      dims: by.map((_, i) => String(row[`g${i}`])),
      moments: {
        sums: { n: number('n'), sum_x: number('sum_x'), sum_y: number('sum_y'), sum_xx: number('sum_xx'), sum_yy: number('sum_yy'), sum_xy: number('sum_xy') },
        numerators: Float64Array.from(pairs, ([x]) => x),
        denominators: Float64Array.from(pairs, ([, y]) => y),
      },
    }
  })
}
