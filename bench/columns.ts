import { defaultSettings } from '../src/kernel/settings.ts'
import { addDays } from '../src/kernel/period.ts'
import type { LedgerState } from '../src/facts/store.ts'
import { valueAt } from '../src/metrics/ask/account-column.ts'
import type { AccountValues } from '../src/metrics/ask/account-column.ts'
import { readAccountValues, usualPeriodOf } from '../src/metrics/ask/account-values.ts'
import { openBook } from '../src/metrics/ask/book.ts'
import { BUILT_IN } from '../src/metrics/catalogue/built-in.ts'
import { WHOLE_COMPANY } from '../src/metrics/kit/asker.ts'
import type { Book } from '../src/metrics/kit/book.ts'
import { openFactStore } from '../src/stores/fact-store.ts'
import { accountsByHand } from './clickhouse-questions.ts'
import type { Asked } from './clickhouse-questions.ts'
import { askEngine } from './house.ts'
import type { House } from './house.ts'
import { atMost, median, milliseconds, timed } from './measure.ts'
import type { Line } from './measure.ts'
import { collect, differences, key } from './questions.ts'
import type { Numbers } from './questions.ts'
import { askedOf } from './reading.ts'

export const METRICS = [
  'mrr',
  'nrr',
  'grr',
  'customer_retention_rate',
  'new_mrr',
  'expansion_mrr',
  'contraction_mrr',
  'churned_mrr',
  'reactivation_mrr',
  'quick_ratio',
] as const

const inColumns = (book: Book, day: string): Promise<AccountValues> =>
  readAccountValues(
    book,
    METRICS.map((metric) => ({ metric })),
    day,
  )

const numbersOf = ({ accounts, columns }: AccountValues): Numbers =>
  collect(
    columns.flatMap((column) =>
      accounts.flatMap((account, place) => {
        const value = valueAt(column, place)
        return value === null ? [] : [[key(column.metric.id, account), value] as const]
      }),
    ),
  )

/** The answer as the engine lays out columns: what is parsed fastest. */
type Columns = Readonly<Record<'account_id' | (typeof METRICS)[number], readonly (string | number | null)[]>>

const byHand = async (house: House, asked: Asked): Promise<Columns> =>
  (await (await askEngine(house, `${accountsByHand(asked)} FORMAT JSONColumns`)).json()) as Columns

const numbersByHand = (columns: Columns): Numbers =>
  collect(
    METRICS.flatMap((metric) =>
      columns.account_id.flatMap((account, place) => {
        const value = columns[metric][place] ?? null
        return value === null ? [] : [[key(metric, String(account)), Number(value)] as const]
      }),
    ),
  )

/** Ten metrics of every account on a day, in columns: what health models, signals and lists of accounts read. */
export async function benchColumns(
  house: House,
  state: LedgerState,
  runs: number,
): Promise<{ readonly line: Line; readonly disagreements: readonly string[] }> {
  const store = await openFactStore({ nodes: [house.clickhouse.node], cluster: null })
  const { boundaries } = askedOf(state.state)
  const until = boundaries.at(-1) ?? ''
  const day = addDays(until, -1)
  const asked: Asked = { state: state.state, boundaries: [usualPeriodOf(day).from, until] }
  const book = await openBook(store, state, {
    asker: WHOLE_COMPANY,
    settings: defaultSettings,
    catalogue: BUILT_IN,
    now: new Date(`${until}T12:00:00Z`),
  })
  const [ours, theirs] = [[] as number[], [] as number[]]
  let read: readonly [AccountValues, Columns] = [await inColumns(book, day), await byHand(house, asked)]
  for (let run = 0; run < runs; run++) {
    const [product, hand] = [await timed(() => inColumns(book, day)), await timed(() => byHand(house, asked))]
    ours.push(product.ms)
    theirs.push(hand.ms)
    read = [product.value, hand.value]
  }
  const [values, columns] = read
  const says = `${METRICS.length} metrics of ${values.accounts.length.toLocaleString('en')} accounts, in columns`
  const found = differences(numbersOf(values), numbersByHand(columns), 1e-6)
  return {
    line: atMost(says, milliseconds(median(ours)), milliseconds(median(theirs)), median(ours) / median(theirs), 2),
    disagreements: found.length === 0 ? [] : [`${says}: the product and ClickHouse by hand differ in ${found.length}, first ${found.slice(0, 3).join('; ')}`],
  }
}
