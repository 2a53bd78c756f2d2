import { undoneImports } from '../../facts/current.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { factTable } from '../../facts/fact.ts'
import { FACTS } from '../../facts/facts.ts'
import { dayOf, isDay } from '../../kernel/period.ts'
import type { Day } from '../../kernel/period.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { formatDay } from '../../kernel/words/days.ts'
import { nameOfId } from '../../kernel/words/names.ts'
import type { Book } from '../../metrics/kit/book.ts'

/** A version of a fact that was recorded after something was said, and is of days before. */
export interface LearntFact {
  readonly fact: string
  readonly name: string
  readonly source_id: string
  /** "invoice I0088 was paid on 14 Jul 2025" */
  readonly says: string
  readonly happened_on: Day | null
  readonly recorded_at: string
}

type Row = Readonly<Record<string, string | number | boolean | null>> & { readonly source_id: string; readonly recorded_at: string; readonly deleted: number }

const INSTANT = "DateTime64(6, 'UTC')"
const MOST = 20

const isFilled = (value: Row[string] | undefined): boolean => value !== null && value !== undefined && value !== ''

/** A moment that a column names, as a day; null where it names none. */
function dayIn(fact: FactDefinition, column: string, value: Row[string] | undefined, zone: string): Day | null {
  const type = fact.columns[column]?.type
  if (typeof value !== 'string' || !isFilled(value)) return null
  if (type === 'date') return isDay(value) ? value : null
  return type === 'instant' ? dayOf(new Date(`${value.replace(' ', 'T')}Z`.replace('ZZ', 'Z')), zone) : null
}

/** Events that somebody does by himself. */
const INTRANSITIVE = new Set(['left', 'ended', 'started', 'happened', 'occurred'])

/** What a version says that the one before it did not. */
export function sayChange(fact: FactDefinition, before: Row | undefined, after: Row, zone: string): { says: string; happened_on: Day | null } {
  const thing = `${fact.name.toLowerCase()} ${after.source_id}`
  const happened_on = dayIn(fact, fact.effective, after[fact.effective], zone)
  if (Number(after.deleted) === 1) return { says: `${thing} was taken back`, happened_on }
  if (before === undefined) return { says: `${thing}${happened_on === null ? '' : ` of ${formatDay(happened_on)}`} came in`, happened_on }
  const changed = Object.keys(fact.columns).filter((column) => String(before[column] ?? '') !== String(after[column] ?? ''))
  for (const column of changed) {
    const day = dayIn(fact, column, after[column], zone)
    const word = /^(\w+)_(?:at|on)$/.exec(column)?.[1]
    if (day === null || word === undefined || isFilled(before[column])) continue
    return { says: `${thing} ${INTRANSITIVE.has(word) ? '' : 'was '}${word.replaceAll('_', ' ')} on ${formatDay(day)}`, happened_on: day }
  }
  const [first] = changed
  if (first === undefined) return { says: `${thing} was confirmed`, happened_on }
  const told = (row: Row): string => (isFilled(row[first]) ? String(row[first]) : 'nothing')
  return { says: `${thing}: ${nameOfId(first)} is ${told(after)}, not ${told(before)}`, happened_on }
}

/** Of one kind and account. */
async function learntOf(
  { store, settings }: Pick<Book, 'store' | 'settings'>,
  fact: FactDefinition,
  { account, since, until, day }: Span,
): Promise<LearntFact[]> {
  const of = sql`account_id = ${param('String', account)} AND import_id NOT IN (${undoneImports()})`
  const between = sql`recorded_at > ${param(INSTANT, since)} AND recorded_at <= ${param(INSTANT, until)}`
  const from = table(factTable(fact))
  const newer = sql`SELECT * FROM ${from} WHERE ${of} AND ${between} ORDER BY recorded_at DESC LIMIT 1 BY source, source_id`
  const after = await store.read<Row>(
    sql`SELECT * FROM ${store.shardLocal(sql`SELECT * FROM (${newer})`)} ORDER BY recorded_at, source_id LIMIT ${param('UInt32', 200)}`,
  )
  if (after.length === 0) return []
  const ids = param('Array(String)', [...new Set(after.map(({ source_id }) => source_id))])
  const older = sql`SELECT * FROM ${from} WHERE ${of} AND recorded_at <= ${param(INSTANT, since)} AND source_id IN ${ids}
    ORDER BY recorded_at DESC LIMIT 1 BY source, source_id`
  const before = new Map(
    (await store.read<Row>(sql`SELECT * FROM ${store.shardLocal(sql`SELECT * FROM (${older})`)}`)).map((row) => [`${row['source']} ${row.source_id}`, row]),
  )
  return after.flatMap((row) => {
    const { says, happened_on } = sayChange(fact, before.get(`${row['source']} ${row.source_id}`), row, settings.time_zone)
    if (happened_on === null || happened_on > day) return []
    return [
      {
        fact: fact.id,
        name: nameOfId(fact.plural),
        source_id: row.source_id,
        says,
        happened_on,
        recorded_at: `${row.recorded_at.replace(' ', 'T')}Z`.replace('ZZ', 'Z'),
      },
    ]
  })
}

interface Span {
  readonly account: string
  /** Recorded after this instant and up to the other one. */
  readonly since: string
  readonly until: string
  /** Of days up to this one. */
  readonly day: Day
}

/** What was recorded of an account between two instants and is of days up to one: late facts, corrections, deletions, in order. */
export async function learntSince(book: Pick<Book, 'store' | 'settings'>, span: Span, kinds: readonly string[]): Promise<LearntFact[]> {
  const facts = FACTS.filter(({ id, columns, effective }) => kinds.includes(id) && columns.account_id !== undefined && effective !== '')
  const found = await Promise.all(facts.map((fact) => learntOf(book, fact, span)))
  return found
    .flat()
    .sort((a, b) => (a.recorded_at === b.recorded_at ? (a.source_id < b.source_id ? -1 : 1) : a.recorded_at < b.recorded_at ? -1 : 1))
    .slice(0, MOST)
}
