import { param, sql } from '../../kernel/sql.ts'
import type { Day, Period } from '../../kernel/period.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import { answer } from '../ask/answer.ts'
import type { Result } from '../kit/result.ts'
import { splitChange } from './change-slices.ts'
import type { ChangeSlices, Effect, Indivisible } from './change-slices.ts'
import type { Book } from '../kit/book.ts'

export interface ChangeQuestion {
  readonly period: Period
  /** The period it is set against. */
  readonly against: Period
  /** The dimension by whose values the way from one period to the other is split; null splits nothing. */
  readonly by: string | null
  readonly where: readonly string[]
  readonly options: Readonly<Record<string, string>>
  readonly as_of?: Day | undefined
}

/** Books that lead from a report to the present one, each a step from the one before. */
export interface BooksOnTheWay {
  readonly reported: Book
  readonly corrected: Book
  readonly complete: Book
}

export type StepKind = 'corrected_rows' | 'late_rows' | 'definition' | Effect | 'other_period'

/** One step of the bridge. Its kinds are several where no value stood between them. */
export interface ChangeStep {
  readonly kinds: readonly StepKind[]
  readonly amount: number
}

export interface Change {
  readonly from: Result
  readonly to: Result
  /** Null when either end has no value. */
  readonly change: number | null
  /** In order, without those that moved nothing. They add up to the change. */
  readonly steps: readonly ChangeStep[]
  readonly slices: ChangeSlices | null
  /** Why the way from one period to the other is not split. */
  readonly indivisible: Indivisible | null
  /** Names of the accounts among the slices. */
  readonly names: ReadonlyMap<string, string>
}

/** Differences below this, against the size of the values, are rounding. */
const NOTHING = 1e-12

interface Point {
  readonly kind: StepKind | null
  readonly result: Result
}

/**
 * The bridge between the value of one period, as known now or as it was reported, and the value of another as known now:
 * corrected rows, rows recorded late, settings changed since, then the way from period to period, split over a dimension
 * where the metric can be. A value that is missing on the way joins the steps beside it; one missing at an end leaves no change.
 */
export async function readChange(present: Book, way: BooksOnTheWay | null, metricId: string, question: ChangeQuestion): Promise<Change> {
  const { id, rollUp } = present.catalogue.byId(metricId)
  const { period, against, by, where, options, as_of } = question
  const ask = (book: Book, { from, until }: Period, dimensions: readonly string[]): Promise<Result[]> =>
    answer(book, [id], { from, until, by: dimensions, where, options, as_of })
  const known = new Map<Book, Promise<Result>>()
  const before = (book: Book): Promise<Result> => {
    const asked = known.get(book) ?? ask(book, against, []).then(only)
    known.set(book, asked)
    return asked
  }
  const samePeriod = period.from === against.from && period.until === against.until
  const reported: Point[] =
    way === null
      ? []
      : [
          { kind: null, result: await before(way.reported) },
          { kind: 'corrected_rows', result: await before(way.corrected) },
          { kind: 'late_rows', result: await before(way.complete) },
        ]
  const start: Point = { kind: way === null ? null : 'definition', result: await before(present) }
  const end: Point | null = samePeriod ? null : { kind: 'other_period', result: only(await ask(present, period, [])) }
  const points = [...reported, start, ...(end === null ? [] : [end])]
  const [from, to] = [points[0]?.result ?? start.result, end?.result ?? start.result]
  const split =
    end === null
      ? { slices: null, indivisible: null }
      : await splitChange(rollUp, by, { before: start.result, now: end.result }, async (dimension) => ({
          before: await ask(present, against, [dimension]),
          now: await ask(present, period, [dimension]),
        }))
  return {
    from,
    to,
    change: from.value === null || to.value === null ? null : to.value - from.value,
    steps: stepsOf(points, split.slices),
    ...split,
    names:
      split.slices === null || by !== 'account'
        ? new Map()
        : await readNames(
            present,
            split.slices.named.map(({ key }) => key),
          ),
  }
}

function only([result]: readonly Result[]): Result {
  if (result === undefined) throw new Error('a question without a breakdown has no result')
  return result
}

function stepsOf(points: readonly Point[], slices: ChangeSlices | null): ChangeStep[] {
  const steps: ChangeStep[] = []
  let [last, kinds]: [number | null, StepKind[]] = [null, []]
  for (const { kind, result } of points) {
    if (kind !== null && last !== null) kinds.push(kind)
    if (result.value === null) continue
    if (last !== null) {
      const split = kinds.length === 1 && kind === 'other_period' && slices !== null
      steps.push(...(split ? slices.effects.map(({ kind: effect, amount }) => ({ kinds: [effect], amount })) : [{ kinds, amount: result.value - last }]))
    }
    last = result.value
    kinds = []
  }
  const scale = Math.max(1, ...points.map(({ result }) => Math.abs(result.value ?? 0)))
  return steps.filter(({ amount }) => Math.abs(amount) > NOTHING * scale)
}

async function readNames({ store, ledger }: Book, accounts: readonly string[]): Promise<Map<string, string>> {
  const rows = await store.read<{ account_id: string; name: string }>(
    sql`SELECT account_id, name FROM (${ledger(accountLedger)}) WHERE account_id IN ${param('Array(String)', accounts)} AND name != ''`,
  )
  return new Map(rows.map(({ account_id, name }) => [account_id, name]))
}
