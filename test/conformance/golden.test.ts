import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RowPage } from '../../src/contract/question.ts'
import { GOLDEN_DIRECTORY, GOLDEN_PERIODS, expected, goldenSettings } from '../golden/golden.ts'
import { layoutKinds, testEngineKinds } from '../engines/engines.ts'
import { isRelease } from '../engines/size.ts'
import { wrongNumbers } from './golden-numbers.ts'
import { countsOf, openProduct, readFolder } from './product.ts'
import type { Product } from './product.ts'

/** A shared machine may be slow; what is here has no business with time. */
const PATIENCE = 300_000

const files = readFolder(GOLDEN_DIRECTORY)
const H1 = { from: '2024-01-01', until: '2024-07-01', by: [], where: [], option: [] }

const asRecords = ({ columns, rows }: RowPage) => rows.map((row) => Object.fromEntries(columns.map(({ id }, i) => [id, row[i] ?? null])))

describe.each(testEngineKinds)('the golden company on engines of kind %s', (kind) => {
  let product: Product
  let first: Awaited<ReturnType<Product['importFiles']>>
  beforeAll(async () => {
    product = await openProduct(kind, goldenSettings)
    first = await product.importFiles(files)
  })
  afterAll(() => product.close())

  const mrr = async (query: Partial<typeof H1> & { reported_on?: string } = {}) =>
    (await product.client.answer({ query: { metric: ['mrr'], ...H1, ...query } })).results[0]?.exact

  test('every number of expected.json comes out', { timeout: PATIENCE }, async () => {
    const { wrong, numbers, questions } = await wrongNumbers(product.client, { whole: !layoutKinds.includes(kind) })
    expect(wrong).toEqual([])
    expect(numbers).toBeGreaterThan(layoutKinds.includes(kind) ? 1200 : 300)
    expect(questions).toBeLessThan(30)
  })

  // What follows is a matter of how facts are laid out.
  if (!layoutKinds.includes(kind)) return

  test('every movement comes out, with its kind, amount and reason', async () => {
    const { rows } = await product.client
      .movements({ query: { ...H1, until: '2024-08-01', kind: [], limit: 1000 } })
      .then((page) => ({ rows: asRecords(page) }))
    const lines = rows.map(({ day, account_id, kind: what, amount, reason }) => [day, account_id, what, Math.abs(Number(amount)), reason])
    const wanted = [...expected.ledger, ...expected.after_boundary_ledger].map(({ date, account, kind: what, amount, reason }) => [
      date,
      account,
      what,
      amount,
      reason,
    ])
    expect(lines.sort()).toEqual(wanted.sort())
  })

  test('other tools would print what expected.json says they do', async () => {
    for (const [label, numbers] of Object.entries(expected.periods)) {
      const { from, until } = GOLDEN_PERIODS[label] ?? H1
      const { disagreements } = await product.client.explain({ params: { id: 'logo_churn_rate' }, query: { ...H1, from, until } })
      const printed = (tool: string) => disagreements.find(({ anchor }) => anchor === tool)?.value
      expect([label, printed('Stripe'), printed('Baremetrics')]).toEqual([
        label,
        expect.closeTo(numbers.alt_stripe_subscriber_churn_rate ?? NaN, 8),
        expect.closeTo(numbers.alt_baremetrics_user_churn_rate ?? NaN, 8),
      ])
    }
  })

  test('those who bought again are the ones named', async () => {
    for (const [of, renewals_count] of [
      ['renewals_count', 'yes'],
      ['new_orders_only', 'no'],
    ] as const) {
      const query = { ...H1, until: '2024-04-01', option: ['horizon_days=60', `renewals_count=${renewals_count}`] }
      const rowsOf = async (part: 'numerator' | 'denominator') =>
        asRecords(await product.client.listRows({ params: { id: 'c2_conversion' }, query: { ...query, part } }))
          .map(({ account_id }) => account_id)
          .sort()
      const accounts = Object.entries(expected.c2_2024_Q1_60d[of].accounts)
      expect(await rowsOf('denominator')).toEqual(accounts.map(([id]) => id).sort())
      expect(await rowsOf('numerator')).toEqual(
        accounts
          .filter(([, again]) => again)
          .map(([id]) => id)
          .sort(),
      )
    }
  })

  test('the same folder again changes nothing, undo empties it, and importing again brings all numbers back', { timeout: PATIENCE }, async () => {
    const again = await product.importFiles(files)
    const { new: recorded, same: empty } = countsOf(first)
    expect(countsOf(again)).toEqual({ new: 0, changed: 0, same: recorded + empty })
    expect((await wrongNumbers(product.client, { whole: true })).wrong).toEqual([])

    await product.client.undoImport({ params: { id: first.id } })
    expect(await mrr()).toBe('0')
    expect((await product.client.overview({})).empty).toBe(true)
    expect((await product.client.movements({ query: { ...H1, kind: [] } })).total).toBe(0)
    // What was recorded is still known: it was reported so before the undo.
    expect((await wrongNumbers(product.client, { whole: true, reported_on: again.committed_at ?? '' })).wrong).toEqual([])

    const third = await product.importFiles(files)
    expect(countsOf(third)).toEqual(countsOf(first))
    expect((await wrongNumbers(product.client, { whole: true })).wrong).toEqual([])
  })

  test('a price learnt late changes the past, and what was reported before stands to the cent', { timeout: PATIENCE }, async () => {
    const before = await product.client.overview({}).then(({ ledgers }) => ledgers.recorded_until ?? '')
    const header = 'subscription_id,account_id,effective_at,status,product,plan,quantity,unit_amount,currency,interval_months,reason'
    const late = await product.importFiles([
      { name: 'subscription_versions.csv', text: `${header}\nA02-S1,A02,2024-01-10T15:00:00Z,active,core,seats,4,75.5,USD,1,price\n` },
    ])
    expect(countsOf(late)).toEqual({ new: 1, changed: 0, same: 0 })

    // 4 seats at 75.50 from 10 January until the next known version in February.
    expect(await mrr({ until: '2024-02-01' })).toBe(String((expected.periods['2024-01']?.closing ?? 0) + 4 * 25.5))
    expect(await mrr({ until: '2024-02-01', reported_on: before })).toBe(String(expected.periods['2024-01']?.closing))
    const then = await wrongNumbers(product.client, { reported_on: before, whole: kind !== 'private' && !isRelease })
    expect(then.wrong).toEqual([])
    expect(then.numbers).toBeGreaterThan(300)

    await product.client.undoImport({ params: { id: late.id } })
    expect((await wrongNumbers(product.client, { whole: true })).wrong).toEqual([])
    const whileKnown = late.committed_at ?? ''
    expect(await mrr({ until: '2024-02-01', reported_on: whileKnown })).toBe(String((expected.periods['2024-01']?.closing ?? 0) + 4 * 25.5))
  })
})
