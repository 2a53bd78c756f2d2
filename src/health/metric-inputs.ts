import { currentColumn, currentFacts } from '../facts/current.ts'
import type { FactDefinition } from '../facts/fact.ts'
import { factById } from '../facts/facts.ts'
import { bare } from '../kernel/bare.ts'
import { daysBetween } from '../kernel/period.ts'
import type { Day, Period } from '../kernel/period.ts'
import { identifier, joinSql, param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { localDay } from '../ledgers/local-day.ts'
import type { AccountColumn } from '../metrics/ask/account-column.ts'
import { reasonAt, valueAt } from '../metrics/ask/account-column.ts'
import { readAccountValues } from '../metrics/ask/account-values.ts'
import { litBy } from '../metrics/catalogue/lit-by.ts'
import type { Alternatives } from '../metrics/catalogue/lit-by.ts'
import type { Book } from '../metrics/kit/book.ts'
import type { MetricOperand } from './operand.ts'
import { operandKey, termPeriod } from './operand.ts'
import type { RawMetric } from './readings.ts'

/** What metrics say of every account that is counted, on one day. */
export interface MetricInputs {
  /** By operands as they are written; empty for an account that is not counted. */
  of(account: string): Readonly<Record<string, RawMetric>>
}

const NOTHING: Readonly<Record<string, RawMetric>> = bare({})

/** An account's own newest fact of some kinds, and how many there are in a period. */
interface Answers {
  readonly newest: Day
  readonly n: number
}

interface ReadOperand {
  readonly key: string
  readonly column: AccountColumn
  readonly is_connected: boolean
  /** Of the workspace; null where nothing is connected. */
  readonly age: number | null
  /** Where accounts answer at times of their own. */
  readonly answers: ReadonlyMap<string, Answers> | null
}

/**
 * Reads what metrics say of accounts on a day, with all that scoring needs beside the value. `reportedOn`: the instant up to which
 * facts were known, where the book is one as reported. Throws `unknown_metric`, `dimension_not_supported` where accounts have no such metric.
 */
export async function readMetricInputs(book: Book, operands: readonly MetricOperand[], day: Day, reportedOn?: string): Promise<MetricInputs> {
  if (operands.length === 0) return { of: () => NOTHING }
  const wanted = operands.map((operand) => ({ metric: operand.metric, options: operand.options, period: termPeriod(operand, day) }))
  const needs = operands.map(({ metric }) => litBy(book.catalogue.byId(metric), book.catalogue))
  const facts = { book, day, reportedOn }
  const [values, newest] = await Promise.all([readAccountValues(book, wanted, day), readNewest(facts, kindsOf(needs.flat()))])
  const read: ReadOperand[] = []
  for (const [i, operand] of operands.entries()) {
    const [column, lists] = [values.columns[i], needs[i] ?? []]
    if (column === undefined) throw new Error(`${operand.metric} was not read`)
    const answered = kindsOf(lists).filter(({ isAnswer }) => isAnswer)
    read.push({
      key: operandKey(operand),
      column,
      is_connected: lists.every((list) => list.some((id) => newest.has(id))),
      age: ageOf(lists, newest, day),
      answers: answered.length === 0 ? null : await readAnswers(facts, answered, termPeriod(operand, day)),
    })
  }
  const places = new Map(values.accounts.map((account, place) => [account, place]))
  return {
    of(account) {
      const place = places.get(account)
      return place === undefined ? NOTHING : bare(Object.fromEntries(read.map((each) => [each.key, rawOf(each, account, place, day)])))
    },
  }
}

function rawOf({ column, is_connected, age, answers }: ReadOperand, account: string, place: number, day: Day): RawMetric {
  const own = answers?.get(account)
  return {
    value: valueAt(column, place),
    null_reason: reasonAt(column, place),
    is_connected,
    age: answers === null ? age : own === undefined ? null : Math.max(0, daysBetween(own.newest, day)),
    n: answers === null ? 1 : (own?.n ?? 0),
  }
}

const kindsOf = (lists: readonly Alternatives[]): FactDefinition[] => [...new Set(lists.flat())].flatMap((id) => factById(id) ?? [])

/** Terms hold until others come: that they are old says nothing of their source. */
const isTerms = (id: string): boolean => {
  const fact = factById(id)
  return fact?.historyOf !== undefined || fact?.heldPer !== undefined
}

/** Days since the source that fell silent first was heard of last. Where a metric rests on terms alone their newest counts. */
function ageOf(lists: readonly Alternatives[], newest: ReadonlyMap<string, Day>, day: Day): number | null {
  const ages = (of: readonly Alternatives[]): number[] =>
    of.flatMap((list) => {
      const known = list.flatMap((id) => newest.get(id) ?? [])
      return known.length === 0 ? [] : [Math.min(...known.map((last) => Math.max(0, daysBetween(last, day))))]
    })
  const events = ages(lists.filter((list) => !list.every(isTerms)))
  const all = events.length > 0 ? events : ages(lists)
  return all.length === 0 ? null : Math.max(...all)
}

interface FactsAsked {
  readonly book: Book
  readonly day: Day
  readonly reportedOn?: string | undefined
}

const dayColumn = (book: Book, { columns, effective }: FactDefinition): Sql =>
  columns[effective]?.type === 'date' ? sql`toDate32(${identifier(effective)})` : localDay(book, effective)

/** The day of the newest fact of each kind of which there is any up to a day. */
async function readNewest({ book, day, reportedOn }: FactsAsked, kinds: readonly FactDefinition[]): Promise<ReadonlyMap<string, Day>> {
  if (kinds.length === 0) return new Map()
  const each = kinds.map((fact) => {
    const days = currentColumn(fact, dayColumn(book, fact), reportedOn)
    const last = sql`SELECT max(value) AS last, count() AS n FROM (${days}) WHERE value <= ${param('Date32', day)}`
    const whole =
      fact.placement === 'account'
        ? sql`SELECT max(last) AS last, sum(n) AS n FROM ${book.store.shardLocal(sql`SELECT last, n FROM (${last}) WHERE n > 0`)}`
        : last
    return sql`SELECT ${param('String', fact.id)} AS fact, toString(last) AS last FROM (${whole}) WHERE n > 0`
  })
  const rows = await book.store.read<{ fact: string; last: Day }>(joinSql(each, ' UNION ALL '))
  return new Map(rows.map(({ fact, last }) => [fact, last]))
}

/** What each account gave of some kinds up to a day, those merged into it included. */
async function readAnswers({ book, day, reportedOn }: FactsAsked, kinds: readonly FactDefinition[], period: Period): Promise<ReadonlyMap<string, Answers>> {
  const each = kinds.map((fact) => sql`SELECT account_id, ${dayColumn(book, fact)} AS day FROM (${currentFacts(fact, { reportedOn })})`)
  const inPeriod = sql`day >= ${param('Date32', period.from)} AND day < ${param('Date32', period.until)}`
  const local = sql`
    SELECT account_id, toString(max(day)) AS newest, countIf(${inPeriod}) AS n FROM (${joinSql(each, ' UNION ALL ')})
    WHERE day <= ${param('Date32', day)} GROUP BY account_id`
  const merged = await book.store.read<{ account_id: string; counted_as: string }>(
    sql`SELECT account_id, counted_as FROM (${book.ledger(accountLedger)}) WHERE counted_as != account_id`,
  )
  const countedAs = new Map(merged.map(({ account_id, counted_as }) => [account_id, counted_as]))
  const found = new Map<string, Answers>()
  for await (const rows of book.store.readChunks<{ account_id: string; newest: Day; n: string }>(sql`SELECT * FROM ${book.store.shardLocal(local)}`))
    for (const { account_id, newest, n } of rows) {
      const account = countedAs.get(account_id) ?? account_id
      const known = found.get(account)
      found.set(account, { newest: known === undefined || known.newest < newest ? newest : known.newest, n: (known?.n ?? 0) + Number(n) })
    }
  return found
}
