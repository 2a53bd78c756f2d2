import { joinSql, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Period } from '../../kernel/period.ts'
import { BOOTSTRAP_LEAST, bootstrapRatio } from '../../statistics/bootstrap-ratio.ts'
import { deltaRatio, deltaRatioDifference } from '../../statistics/delta-ratio.ts'
import { clampInterval } from '../../statistics/interval.ts'
import type { RatioSums } from '../../statistics/ratio-sums.ts'
import { clipped, measurePeriods } from './settle-question.ts'
import type { SettledQuestion } from './settle-question.ts'
import { expression, filteredRows, scopeFor, sharesScope } from './scope.ts'
import type { MetricDefinition, PlacedMeasure } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'
import { ratiosOf } from '../kit/value.ts'
import type { Ratio } from '../kit/value.ts'

/**
 * Up to this many accounts a ratio is bootstrapped over its accounts; above it the linearised interval, which
 * the bootstrap then agrees with, is read from six sums (decision 0006).
 */
export const BOOTSTRAP_MOST = 400

type Interval = Required<Pick<Reckoning, 'ci' | 'ci_method'>>
type Named = Pick<Ratio, 'over' | 'under'>

/** What intervals are drawn of: a ratio of a metric in a period and a slice. */
export interface Place {
  readonly metric: MetricDefinition
  readonly ratio: Named
  readonly dims: readonly string[]
}

export interface Intervals {
  read(place: Place, period: Period): Interval | undefined
  /** Interval of the difference of two periods, their accounts taken as two samples: wider than if they were paired. */
  change(place: Place, now: Period, before: Period): readonly [number, number] | null
}

interface Moments {
  readonly sums: RatioSums
  readonly numerators: Float64Array
  readonly denominators: Float64Array
}

const key = ({ metric, ratio, dims }: Place, period: Period): string => JSON.stringify([metric.id, ratio.over, ratio.under, period.from, period.until, dims])

/** The ratios of a metric whose interval rests on accounts: all, or those of money where others are shares of a count. */
const drawn = (metric: MetricDefinition, { settle }: SettledQuestion['scope']): readonly Ratio[] =>
  metric.interval === null
    ? []
    : ratiosOf(metric.value, settle(metric.options)).filter(({ over }) => metric.interval === 'bootstrap' || metric.measures[over]?.kind !== 'count')

/** Intervals of the ratios that were asked for: one query for each. */
export async function readIntervals(asked: SettledQuestion, metrics: readonly MetricDefinition[]): Promise<Intervals> {
  const found = new Map<string, { ratio: Ratio; sums: RatioSums; interval: Interval | null }>()
  const periods = [...asked.periods, ...(asked.compared ?? [])].map((wanted) => clipped(asked, wanted)).filter((period) => period !== null)
  for (const metric of metrics)
    for (const ratio of drawn(metric, asked.scope))
      for (const { period, dims, moments } of await readMoments(asked, metric, ratio, periods))
        found.set(key({ metric, ratio, dims }, period), { ratio, sums: moments.sums, interval: intervalOf(metric, ratio, moments) })
  return {
    read: (place, period) => found.get(key(place, period))?.interval ?? undefined,
    change(place, now, before) {
      const [after, earlier] = [found.get(key(place, now)), found.get(key(place, before))]
      if (after === undefined || earlier === undefined || Math.min(after.sums.n, earlier.sums.n) < BOOTSTRAP_LEAST) return null
      const interval = deltaRatioDifference(after.sums, earlier.sums)
      const { times } = after.ratio
      return interval === null ? null : [times * interval[0], times * interval[1]]
    },
  }
}

function intervalOf(metric: MetricDefinition, { times, plus }: Ratio, { sums, numerators, denominators }: Moments): Interval | null {
  if (sums.n < BOOTSTRAP_LEAST) return null
  const resampled = sums.n <= BOOTSTRAP_MOST
  const ci = resampled ? bootstrapRatio(numerators, denominators, { seed: metric.id }) : deltaRatio(sums)
  if (ci === null) return null
  const scaled: readonly [number, number] = [times * ci[0] + plus, times * ci[1] + plus]
  return { ci: metric.shareOfWhole ? clampInterval(scaled, [0, 1]) : scaled, ci_method: resampled ? 'bootstrap' : 'large sample' }
}

/** Above and below the line for each account, in every period and slice. */
function byAccount(
  asked: SettledQuestion,
  [over, under]: readonly [PlacedMeasure, PlacedMeasure],
  periods: readonly [readonly Period[], readonly Period[]],
): Sql {
  const slices = asked.scope.by.map((_, i) => sql`d${trusted(String(i))} AS g${trusted(String(i))}`)
  const rows = (measure: PlacedMeasure, of: readonly Period[], x: Sql, y: Sql): Sql =>
    sql`SELECT ${joinSql([sql`toInt32(period) AS period`, ...slices, sql`account_id`], ', ')}, toFloat64(sum(${x})) AS x, toFloat64(sum(${y})) AS y
      FROM (${filteredRows(scopeFor(asked.scope, measure), measure.of, measure.moment, of)}) GROUP BY ALL`
  const [above, below] = [trusted(expression(over)), trusted(expression(under))]
  if (
    over.of === under.of &&
    sharesScope(asked.scope, over, under) &&
    over.moment === under.moment &&
    JSON.stringify(periods[0]) === JSON.stringify(periods[1])
  )
    return rows(over, periods[0], above, below)
  return sql`${rows(over, periods[0], above, trusted('0'))} UNION ALL ${rows(under, periods[1], trusted('0'), below)}`
}

async function readMoments(asked: SettledQuestion, metric: MetricDefinition, ratio: Ratio, periods: readonly Period[]) {
  const [over, under] = [metric.measures[ratio.over], metric.measures[ratio.under]]
  if (over === undefined || under === undefined || periods.length === 0) return []
  // Rows of no account, and what is held against the whole company, are not drawn from accounts.
  if (
    [over, under].some(
      (measure) => measure.of.placement !== 'account' || scopeFor(asked.scope, measure).by.length < asked.scope.by.length || measure.companyWide === true,
    )
  )
    return []
  const summed = (measure: PlacedMeasure): Period[] => periods.flatMap((period) => measurePeriods(measure, period, asked.book.settings))
  const both = [summed(over), summed(under)] as const
  if (both.some(({ length }) => length !== periods.length)) return []
  const { by, store } = asked.scope
  const named = joinSql([trusted('period'), ...by.map((_, i) => trusted(`g${i}`))], ', ')
  const account = sql`
    SELECT ${named}, sum(rows.x) AS x, sum(rows.y) AS y FROM (${byAccount(asked, [over, under], both)}) AS rows
    GROUP BY ${named}, account_id HAVING y != 0 OR x != 0`
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
