import { addMonths } from '../src/kernel/period.ts'
import type { Asked } from './clickhouse-questions.ts'
import { END_MONTH } from './company-files.ts'
import { askApp } from './imports.ts'
import { askEngine } from './house.ts'
import type { House } from './house.ts'
import { atLeast, atMost, median, milliseconds, timed } from './measure.ts'
import type { Line } from './measure.ts'
import { differences } from './questions.ts'
import type { Numbers, Question, SqlRow } from './questions.ts'

const MONTHS = 24

export const askedOf = (state: number): Asked => {
  const until = addMonths(`${END_MONTH}-01`, 1)
  return { state, boundaries: Array.from({ length: MONTHS + 1 }, (_, i) => addMonths(until, i - MONTHS)) }
}

/** Another value of a setting that no number here depends on: answers kept by the product no longer fit, so it computes. */
export async function forgetAnswers(house: House, run: number): Promise<void> {
  await askApp(house, 'PUT', '/api/v1/settings/gross_margin', JSON.stringify({ value: (0.5 + run / 10_000).toFixed(4) }))
  // What is read once per state and day, whatever is asked.
  await askApp(house, 'GET', '/api/v1/answers?metric=average_check&from=2020-01-01&until=2020-02-01')
}

async function askSql(house: House, query: string): Promise<SqlRow[]> {
  const { data } = (await (await askEngine(house, `${query} FORMAT JSON`)).json()) as { data: SqlRow[] }
  return data
}

interface Taken {
  readonly times: number[]
  numbers: Numbers
}

const taken = (): Taken => ({ times: [], numbers: new Map() })

async function measure(
  house: House,
  question: Question,
  asked: Asked,
  { runs, salt, inPostgres }: { runs: number; salt: number; inPostgres: boolean },
): Promise<{ product: Taken; again: Taken; hand: Taken; plain: Taken }> {
  const [product, again, hand, plain] = [taken(), taken(), taken(), taken()]
  const note = async (into: Taken, work: () => Promise<Numbers>): Promise<void> => {
    const { ms, value } = await timed(work)
    into.times.push(ms)
    into.numbers = value
  }
  const ask = async (): Promise<Numbers> => question.fromProduct(await askApp(house, 'GET', question.path(asked)), asked)
  // Once for nothing, so that neither side pays for cold files.
  await askSql(house, question.clickhouse(asked))
  for (let run = 0; run < runs; run++) {
    await forgetAnswers(house, salt + run)
    await note(product, ask)
    await note(again, ask)
    await note(hand, async () => question.fromRows(await askSql(house, question.clickhouse(asked))))
  }
  for (let run = 0; inPostgres && run < Math.min(runs, 3); run++)
    await note(plain, async () => question.fromRows((await house.plain.query<SqlRow>(question.postgres(asked))).rows))
  return { product, again, hand, plain }
}

export interface Reading {
  readonly againstHand: readonly Line[]
  readonly againstPostgres: readonly Line[]
  readonly seenBefore: readonly (readonly string[])[]
  /** What did not agree; the bench fails when there is any. */
  readonly disagreements: readonly string[]
}

/** Questions asked of the product, of ClickHouse by hand, and of Postgres. */
export async function benchReading(house: House, state: number, questions: readonly Question[], runs: number, inPostgres = true): Promise<Reading> {
  const asked = askedOf(state)
  const againstHand: Line[] = []
  const againstPostgres: Line[] = []
  const seenBefore: (readonly string[])[] = []
  const disagreements: string[] = []
  for (const [i, question] of questions.entries()) {
    const { product, again, hand, plain } = await measure(house, question, asked, { runs, salt: i * 100, inPostgres })
    const [ours, theirs, postgres] = [median(product.times), median(hand.times), median(plain.times)]
    againstHand.push(atMost(question.says, milliseconds(ours), milliseconds(theirs), ours / theirs, 2))
    if (inPostgres) againstPostgres.push(atLeast(question.says, milliseconds(ours), milliseconds(postgres), postgres / ours, 10))
    seenBefore.push([question.says, milliseconds(median(again.times))])
    if (product.numbers.size === 0) disagreements.push(`${question.says}: no numbers at all`)
    for (const [name, numbers] of [['ClickHouse by hand', hand.numbers], ...(inPostgres ? [['Postgres', plain.numbers] as const] : [])] as const) {
      const found = differences(product.numbers, numbers)
      if (found.length > 0)
        disagreements.push(
          `${question.says}: the product and ${name} differ in ${found.length} of ${numbers.size} numbers, first ${found.slice(0, 3).join('; ')}`,
        )
    }
  }
  return { againstHand, againstPostgres, seenBefore, disagreements }
}
