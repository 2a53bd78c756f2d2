/**
 * Whether a number was another one when its period was closed (C28): the flag `restated`.
 *
 * In goes, for each kind of facts, what every import told: from which day until which, and when it was recorded. Out comes, for
 * a metric and a period, whether anything told of that time after it had been closed.
 *
 * Nobody says when books are closed. A period counts as closed by the first import that tells of a later day: whoever imports
 * May has seen all of April. What a later import still tells of April restates it.
 *
 * Example: an import of 2 May brings April, one of 2 June brings May and a bill of 20 April. Before 2 June nothing of May was
 * known, so April was still open and the bill is on time. In an import of 3 July it would restate April, but not the second
 * quarter, which was still open.
 */
import { currentFacts } from '../../facts/current.ts'
import { factTable } from '../../facts/fact.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { factById } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import type { Day, Period } from '../../kernel/period.ts'
import { dayOf } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { identifier, param, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { factsGivingRows } from '../../ledgers/lineage.ts'
import type { Result } from '../kit/result.ts'
import { ledgersRead } from '../catalogue/ledgers-read.ts'
import type { Restated } from '../kit/book.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import { measurePeriods } from './settle-question.ts'
import type { SettledQuestion } from './settle-question.ts'

const FAR = '2299-12-31'

/** What one import told of a kind of facts: from which day until which, and when the import was recorded. */
export interface Told {
  readonly import_id: string
  /** ISO, UTC. */
  readonly recorded: string
  readonly from: Day
  readonly until: Day
}

/** Days that were told of after the books of a later day were open. */
export interface Restatement {
  readonly from: Day
  readonly until: Day
  /** A period that ends later than this was still open when it was recorded. */
  readonly closed: Day
}

/**
 * Of what was told those that change a period which was closed: a period is closed by the first import after its end
 * that tells of a later day. What the import itself tells of earlier days is on time.
 */
export function restatementsOf(told: readonly Told[], zone: string): Restatement[] {
  const imports = new Map<string, { recorded: string; last: Day }>()
  for (const { import_id, recorded, from } of told) {
    const known = imports.get(import_id)
    // What is scheduled for days to come closes nothing.
    const day = [from, dayOf(new Date(recorded), zone)].toSorted()[0] ?? from
    imports.set(import_id, {
      recorded: known !== undefined && known.recorded < recorded ? known.recorded : recorded,
      last: known !== undefined && known.last > day ? known.last : day,
    })
  }
  let latest: Day | undefined
  const closedBy = new Map<string, Day | undefined>()
  for (const [id, { last }] of [...imports].toSorted(([, a], [, b]) => (a.recorded < b.recorded ? -1 : 1))) {
    closedBy.set(id, latest)
    latest = latest === undefined || last > latest ? last : latest
  }
  return told.flatMap(({ import_id, from, until }) => {
    const closed = closedBy.get(import_id)
    return closed === undefined || from >= closed ? [] : [{ from, until, closed }]
  })
}

/** A moment that lies in a period makes it another; one after its end does not. */
const meets = ({ from, until, closed }: Restatement, period: Period): boolean => period.until <= closed && from < period.until && until > period.from

const effectiveDay = (fact: FactDefinition, column: string, zone: string): Sql =>
  fact.columns[column]?.type === 'instant' ? sql`toDate32(toTimeZone(${identifier(column)}, ${param('String', zone)}))` : sql`toDate32(${identifier(column)})`

async function readTold(store: FactStore, fact: FactDefinition, zone: string): Promise<Told[]> {
  const here = sql`SELECT import_id FROM ${table(factTable(fact))} GROUP BY import_id`
  const imports = await store.read<{ import_id: string }>(sql`SELECT import_id FROM ${store.shardLocal(here)} GROUP BY import_id LIMIT 2`)
  // What was told once was never told otherwise.
  if (imports.length < 2) return []
  const far = sql`toDate32(${param('String', FAR)})`
  const day = effectiveDay(fact, fact.effective, zone)
  const keys = fact.heldPer
  const until =
    keys !== undefined
      ? sql`leadInFrame(day, 1, ${far}) OVER (PARTITION BY ${trusted(keys.join(', '))} ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`
      : fact.columns.ends_at === undefined
        ? sql`addDays(day, 1)`
        : sql`ifNull(${effectiveDay(fact, 'ends_at', zone)}, ${far})`
  const rows = sql`
    SELECT import_id, recorded_at, from, until FROM (
      SELECT import_id, recorded_at, day AS from, ${until} AS until
      FROM (SELECT *, assumeNotNull(${day}) AS day FROM (${currentFacts(fact)}) WHERE isNotNull(${identifier(fact.effective)})))`
  const perDay = sql`SELECT import_id, min(recorded_at) AS recorded, from, until FROM (${rows}) GROUP BY import_id, from, until`
  return store.read<Told>(
    sql`SELECT toString(import_id) AS import_id, concat(replaceOne(toString(min(recorded)), ' ', 'T'), 'Z') AS recorded, from, until
      FROM ${store.shardLocal(perDay)} GROUP BY import_id, from, until`,
  )
}

/** Kinds of facts whose rows a metric is made of. */
const factsOf = (metric: MetricDefinition, settings: Settings): string[] =>
  [...new Set([...ledgersRead(metric, settings).values()].flatMap((ledgers) => [...ledgers].flatMap((ledger) => [...factsGivingRows(ledger)])))].filter(
    (id) => {
      const fact = factById(id)
      return fact?.restates === true
    },
  )

/** Kinds are read when a metric first asks, once for a state of the books. */
export function restatedReader(store: FactStore, settings: Settings): Restated {
  const kinds = new Map<string, Promise<Restatement[]>>()
  const read = (id: string): Promise<Restatement[]> => {
    const fact = factById(id)
    const found =
      kinds.get(id) ??
      (fact === undefined ? Promise.resolve([]) : readTold(store, fact, settings.time_zone).then((told) => restatementsOf(told, settings.time_zone)))
    kinds.set(id, found)
    // What failed is tried again by whoever asks next.
    found.catch(() => kinds.delete(id))
    return found
  }
  return async (metric) => {
    const all = (await Promise.all(factsOf(metric, settings).map(read))).flat()
    return (period) => all.some((one) => meets(one, period))
  }
}

/** For a book as it was reported: on that instant nothing had been restated yet. */
export const neverRestated: Restated = () => Promise.resolve(() => false)

/** Flags those results of a metric whose period was closed and has changed since. */
export async function flagRestated(asked: SettledQuestion, metric: MetricDefinition, results: readonly Result[]): Promise<void> {
  const isRestated = await asked.book.restated(metric)
  for (const { period, flags } of results) {
    if (period.until > asked.asOf) continue
    const windows = measuresOfValue(metric).flatMap((measure) => measurePeriods(measure, period, asked.book.settings))
    const from = [period.from, ...windows.map((one) => one.from)].toSorted()[0] ?? period.from
    if (isRestated({ from, until: period.until })) flags.push('restated')
  }
}
