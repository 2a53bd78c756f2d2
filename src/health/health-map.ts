import { compute } from '../books/ask.ts'
import type { Asking } from '../books/ask.ts'
import type { Books } from '../books/books.ts'
import { readBook } from '../books/read-book.ts'
import { bare } from '../kernel/bare.ts'
import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'
import { param, sql, table } from '../kernel/sql.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { SNAPSHOTS } from '../ledgers/health-said.ts'
import { readAccountValues } from '../metrics/ask/account-values.ts'
import { valueAt } from '../metrics/ask/account-column.ts'
import type { AccountValues } from '../metrics/ask/account-column.ts'
import type { Book } from '../metrics/kit/book.ts'
import type { ShownBand } from './bands.ts'
import type { SnapshotMode } from './snapshot.ts'
import { snapshotsSql } from './snapshot.ts'

/** Days after which what was said of accounts is too old to stand for a day. */
const OLDEST = 7
/** Snapshots that a map may be of, the better first. */
const MODES: readonly SnapshotMode[] = ['lived', 'as_if_connected']

/** All accounts with their inputs, in columns of equal length, the highest ARR first. */
export interface HealthMap {
  /** The day at whose close it was said; null where nothing was said yet. */
  readonly day: Day | null
  /** How it came to be: as it was lived, or replayed as if sources had been connected all along. */
  readonly mode: SnapshotMode | null
  /** The first and the last day that can be asked for. */
  readonly days: { readonly first: Day; readonly last: Day } | null
  /** Ids of inputs, by which `scores` is ordered. */
  readonly inputs: readonly string[]
  readonly account_id: readonly string[]
  readonly name: readonly string[]
  /** In the currency of the workspace. */
  readonly arr: readonly number[]
  readonly score: readonly (number | null)[]
  readonly band: readonly ShownBand[]
  /** Of each input the 0-100 of each account; null where it is not known. */
  readonly scores: readonly (readonly (number | null)[])[]
  /** Customer experience and customer outcomes, 0-100; null where too little is known. */
  readonly experience: readonly (number | null)[]
  readonly outcomes: readonly (number | null)[]
}

interface DaysRow {
  readonly mode: SnapshotMode
  readonly first: Day
  readonly last: Day
  readonly chosen: Day
}

interface MapRow {
  readonly account_id: string
  readonly name: string
  readonly arr: number
  readonly score: number | null
  readonly band: ShownBand
  readonly ids: readonly string[]
  readonly scores: readonly (number | null)[]
}

const NOTHING: HealthMap = {
  day: null,
  mode: null,
  days: null,
  inputs: [],
  account_id: [],
  name: [],
  arr: [],
  score: [],
  band: [],
  scores: [],
  experience: [],
  outcomes: [],
}

/** Of each mode the days that were said, and the last of them up to the day that is asked for. */
const readDays = ({ store }: Book, on: Day): Promise<DaysRow[]> => {
  const here = sql`SELECT mode, min(day) AS first, max(day) AS last, maxIf(day, day <= ${param('Date32', on)}) AS chosen
    FROM ${table(SNAPSHOTS)} WHERE mode IN ${param('Array(String)', MODES)} GROUP BY mode`
  return store.read<DaysRow>(sql`SELECT mode, min(first) AS first, max(last) AS last, max(chosen) AS chosen FROM ${store.shardLocal(here)} GROUP BY mode`)
}

async function readRows({ store, ledger }: Book, mode: SnapshotMode, day: Day): Promise<MapRow[]> {
  const said = snapshotsSql({ mode, from: day, until: day }, ['account_id', 'arr', 'score', 'band', 'inputs'])
  const parsed = sql`SELECT account_id, arr, score, band,
      arrayMap(x -> JSONExtractString(x, 'id'), JSONExtractArrayRaw(inputs)) AS ids,
      arrayMap(x -> JSONExtract(x, 'score', 'Nullable(Float64)'), JSONExtractArrayRaw(inputs)) AS scores
    FROM (${said})`
  const rows: MapRow[] = []
  const all = sql`SELECT s.account_id AS account_id, n.name AS name, s.arr AS arr, s.score AS score, s.band AS band, s.ids AS ids, s.scores AS scores
    FROM ${store.shardLocal(parsed)} AS s LEFT JOIN (${ledger(accountLedger)}) AS n ON n.account_id = s.account_id
    ORDER BY arr DESC, account_id`
  for await (const chunk of store.readChunks<MapRow>(all)) rows.push(...chunk)
  return rows
}

/** One column of values in the order of the map. */
function inOrder(values: AccountValues, index: number, ids: readonly string[]): (number | null)[] {
  const column = values.columns[index]
  return ids.map((_, place) => (column === undefined ? null : valueAt(column, place)))
}

/**
 * The map as it was said at the close of a day, or of the last one before it that was said, if that is at most a week old. As
 * lived where that is known; before, as if sources had been connected all along.
 */
export async function readHealthMap(books: Books, asking: Asking, on?: Day): Promise<HealthMap> {
  const { book } = await readBook(books, asking)
  return compute(
    books.lanes,
    books.store,
    async (store, signal) => {
      const own = { ...book, store, signal }
      const asked = on ?? addDays(book.knownUntil, -1)
      const known = await readDays(own, asked)
      const first = known.map((row) => row.first).sort()[0]
      const last = known
        .map((row) => row.last)
        .sort()
        .at(-1)
      const days = first === undefined || last === undefined ? null : { first, last }
      const byMode = bare(Object.fromEntries(known.map((row) => [row.mode, row.chosen])))
      const mode = MODES.find((each) => (byMode[each] ?? '') >= addDays(asked, -OLDEST) && (byMode[each] ?? '') <= asked)
      const day = mode === undefined ? undefined : byMode[mode]
      if (mode === undefined || day === undefined) return { ...NOTHING, days }
      const rows = await readRows(own, mode, day)
      const ids = rows.map(({ account_id }) => account_id)
      const values = await readAccountValues(own, [{ metric: 'ce_index' }, { metric: 'co_index' }], day, ids)
      const inputs = [...new Set(rows.flatMap((row) => row.ids))]
      return {
        day,
        mode,
        days,
        inputs,
        account_id: ids,
        name: rows.map(({ name, account_id }) => (name === '' ? account_id : name)),
        arr: rows.map(({ arr }) => arr),
        score: rows.map(({ score }) => score),
        band: rows.map(({ band }) => band),
        scores: inputs.map((input) => rows.map((row) => row.scores[row.ids.indexOf(input)] ?? null)),
        experience: inOrder(values, 0, ids),
        outcomes: inOrder(values, 1, ids),
      }
    },
    asking,
  )
}
