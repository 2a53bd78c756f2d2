import { param, sql } from '../../kernel/sql.ts'
import { revenueLedger } from '../../ledgers/revenue-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import type { BuyingHistory } from '../../statistics/bg-nbd.ts'
import type { Spending } from '../../statistics/gamma-gamma.ts'
import { days, defineRowSet, untils } from '../kit/row-set.ts'

const PURCHASE = ['day', 'amount', 'gap'] as const
const [earliest, latest, p] = [elementsOf('purchases[1]', PURCHASE), elementsOf('purchases[-1]', PURCHASE), elementsOf('p', PURCHASE)]

const [REPEATS, LAST, CENTS] = [1e10, 1e5, 1e12]

/**
 * What a history stands for: purchases after the first, days from the first to the last, and until the last day of the period:
 * all are counted from the beginning of a day, as Fader, Hardie and Lee do.
 */
export const historyOf = (key: number): BuyingHistory => ({ repeats: Math.floor(key / REPEATS), last: Math.floor((key % REPEATS) / LAST), age: key % LAST })
export const spendingOf = (key: number): Spending => ({ purchases: Math.floor(key / CENTS), mean: (key % CENTS) / 100 })

/**
 * Only what is bought freely: the bills of a subscription come by themselves. Of an account that never had a subscription all
 * purchases count, of others those that are one-off or by use.
 */
export const purchaseHistories = defineRowSet({
  id: 'purchase_histories',
  says: 'One row per account that had bought without a contract by the end of the period.',
  columns: {
    first_on: { name: 'First purchase', kind: 'day' },
    last_on: { name: 'Last purchase', kind: 'day' },
    repeats: { name: 'Purchases after the first', kind: 'number' },
    spent: { name: 'Spent on these', kind: 'money' },
  },
  unrated: 'unrated',
  consults: [subscriptionDayLedger],
  rows: (frame) => sql`
    SELECT period, account_id, first_on, last_on, repeats, spent, unrated,
      toFloat64(repeats) * ${param('Float64', REPEATS)} + dateDiff('day', first_on, last_on) * ${param('Float64', LAST)}
        + dateDiff('day', first_on, ${untils(frame)}[period + 1]) - 1 AS history,
      toUInt64(greatest(spent, 0) * 100) AS cents,
      toFloat64(repeats) * ${param('Float64', CENTS)} + if(repeats = 0, 0, round(toFloat64(spent) * 100 / repeats)) AS spending
    FROM (
      SELECT period, account_id, arraySort(groupArray((billed_on, amount, gap))) AS purchases, ${earliest.day} AS first_on, ${latest.day} AS last_on,
        toInt64(length(purchases)) - 1 AS repeats, arraySum(arrayMap(p -> ${p.amount}, arraySlice(purchases, 2))) AS spent,
        arrayExists(p -> ${p.gap} = 1, purchases) AS unrated
      FROM (
        SELECT account_id, billed_on, sum(ifNull(bill, 0)) AS amount, max(isNull(bill)) AS gap FROM (
          SELECT account_id, billed_on, charge_id, sum(native) AS whole, if(max(isNull(amount)), NULL, sum(amount)) AS bill
          FROM (${frame.ledger(revenueLedger)})
          WHERE kind IN ('one_off', 'usage')
            OR (kind = 'recurring' AND account_id NOT IN (SELECT account_id FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0))
          GROUP BY account_id, billed_on, charge_id HAVING whole > 0)
        GROUP BY account_id, billed_on)
      ARRAY JOIN arrayFilter(i -> billed_on < ${days(frame.periods.map(({ until }) => until))}[i + 1],
        range(${param('UInt16', frame.periods.length)})) AS period
      GROUP BY period, account_id)`,
})
