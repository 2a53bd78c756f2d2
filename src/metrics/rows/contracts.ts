import { converted, exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { contractRunLedger } from '../../ledgers/contract-run-ledger.ts'
import { addDays } from '../../kernel/period.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { defineRowSet, inPeriods } from '../kit/row-set.ts'
import type { Frame, RowSet } from '../kit/row-set.ts'

const FAR = trusted("toDate32('2299-12-31')")

/** The earliest renewal by another subscription. */
const first = elementsOf('f.first', ['day', 'arr', 'currency'])

/** What a run says from its so manieth step on: a list of one never changed. */
const said = (list: string, step: string): Sql => trusted(`${list}[least(${step}, length(${list}))]`)

/**
 * Contracts whose term ended inside the window, with how they went on: the same subscription is still paid, under whatever
 * terms, or one of the same product begins to be paid within the days of grace around the due date. A contract that
 * stopped paying before its due date was lost then and is not due.
 */
function dueContracts(frame: Frame, window: { from: string; until: string }): Sql {
  const days = Number(frame.settings.renewal_grace_days)
  const grace = param('Int32', days)
  const [from, until, asOf] = [param('Date32', window.from), param('Date32', window.until), param('Date32', frame.asOf)]
  const runs = frame.ledger(contractRunLedger)
  const term = (day: Sql, spare: string): Sql => sql`toUInt32(greatest(1, intDiv(dateDiff('month', started_on, ${day}), term_months) + ${trusted(spare)}))`
  const due = sql`if(term_months = toInt32(term_months), addMonths(started_on, toInt32(term_months) * k),
    addDays(started_on, toInt32(round(toFloat64(term_months) * k * 365 / 12))))`
  return sql`
    WITH terms AS (
        SELECT *, arrayJoin(range(${term(from, '-1')}, ${term(until, '2')})) AS k, ${due} AS due_on
        FROM (${runs}) WHERE term_months >= ${param('UInt16', Number(frame.settings.renewal_min_term_months))} AND started_on < ${until}),
      due AS (
        SELECT account_id, subscription_id, due_on, term_months, arrayCount(x -> x < due_on, days) AS was, arrayCount(x -> x <= due_on, days) AS is,
          paid_until > due_on AS continues,
          ${said('products', 'was')} AS product, ${said('plans', 'was')} AS plan, ${said('currencies', 'was')} AS old_currency, arrs[was] AS old_arr,
          ${said('currencies', 'is')} AS kept_currency, arrs[is] AS kept_arr
        FROM terms WHERE due_on >= ${from} AND due_on < ${until} AND due_on <= ended_on AND due_on < ${asOf}),
      begun AS (
        SELECT account_id, subscription_id, started_on, paid_until, days, arrs, currencies, products FROM (${runs})
        WHERE starts_paying AND started_on >= ${param('Date32', addDays(window.from, -days))}
          AND started_on < least(${param('Date32', addDays(window.until, days))}, ${asOf})),
      followed AS (
        SELECT account_id, subscription_id, due_on, argMin((renewal, arr, currency), (renewal, successor)) AS first
        FROM (
          SELECT d.account_id AS account_id, d.subscription_id AS subscription_id, d.due_on AS due_on, n.subscription_id AS successor,
            greatest(n.started_on, d.due_on) AS renewal, arrayCount(x -> x <= renewal, n.days) AS is, n.arrs[is] AS arr,
            ${said('n.currencies', 'is')} AS currency
          FROM begun AS n INNER JOIN (SELECT * FROM due WHERE NOT continues) AS d ON d.account_id = n.account_id
          WHERE n.started_on >= addDays(d.due_on, -${grace}) AND n.started_on <= addDays(d.due_on, ${grace}) AND n.paid_until > renewal
            AND ${said('n.products', 'is')} = d.product)
        GROUP BY account_id, subscription_id, due_on)
    SELECT d.account_id AS account_id, d.subscription_id AS subscription_id, d.product AS product, d.plan AS plan,
      d.due_on AS due_on, d.term_months AS term_months,
      d.old_currency AS old_currency, d.old_arr AS old_native, NOT d.continues AND f.account_id != '' AS replaced,
      if(d.continues, d.due_on, if(replaced, ${first.day}, ${FAR})) AS renewed_on,
      if(d.continues, d.kept_arr, if(replaced, ${first.arr}, 0)) AS new_native,
      multiIf(d.continues, d.kept_currency, replaced, ${first.currency}, d.old_currency) AS new_currency,
      multiIf(d.continues OR replaced, 'renewed', addDays(d.due_on, ${grace}) >= ${asOf}, 'undecided', 'lost') AS outcome
    FROM due AS d LEFT JOIN followed AS f ON f.account_id = d.account_id AND f.subscription_id = d.subscription_id AND f.due_on = d.due_on`
}

const windowOf = (frame: Frame): { from: string; until: string } => ({
  from: frame.periods.map(({ from }) => from).sort()[0] ?? '1900-01-01',
  until:
    frame.periods
      .map(({ until }) => until)
      .sort()
      .at(-1) ?? '1900-01-01',
})

const rates = (frame: Frame): Sql => sql`SELECT toString(currency) AS currency, day, rate FROM (${frame.ledger(exchangeRateLedger)})`

const columns: RowSet['columns'] = {
  subscription_id: { name: 'Subscription', kind: 'text' },
  product: { name: 'Product', kind: 'text' },
  term_months: { name: 'Term in months', kind: 'number' },
  due_on: { name: 'Due', kind: 'day' },
  outcome: { name: 'Outcome', kind: 'text' },
  renewed_on: { name: 'Renewed', kind: 'day' },
  old_value: { name: 'Yearly value before', kind: 'money' },
  new_value: { name: 'Yearly value after', kind: 'money' },
}

export const contractsDue = defineRowSet({
  id: 'contracts_due',
  says: 'One row per contract that came to the end of its term in the period.',
  columns,
  fine: ['product', 'plan'],
  unrated: 'unrated',
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`due_on`)
    return sql`
    SELECT ${period} AS period, account_id, subscription_id, product, plan, due_on, term_months, outcome,
      if(outcome = 'renewed', toNullable(renewed_on), NULL) AS renewed_on,
      outcome = 'renewed' AS renewed, outcome != 'undecided' AS decided, renewed AND renewed_on <= due_on AS on_time,
      r.rate AS old_rate, n.rate AS new_rate, (old_native != 0 AND old_rate = 0) OR (new_native != 0 AND new_rate = 0) AS unrated,
      ${converted(sql`old_native`, sql`old_rate`)} AS old_value, ${converted(sql`new_native`, sql`new_rate`)} AS new_value
    FROM (${dueContracts(frame, windowOf(frame))}) AS d
    ASOF LEFT JOIN (${rates(frame)}) AS r ON r.currency = d.old_currency AND r.day <= d.due_on
    ASOF LEFT JOIN (${rates(frame)}) AS n ON n.currency = d.new_currency AND n.day <= d.due_on
    ${rest}`
  },
})

export const contractsRenewed = defineRowSet({
  id: 'contracts_renewed',
  says: 'One row per contract that was renewed in the period: on its due date, or on the day when it came later.',
  columns,
  fine: ['product', 'plan'],
  unrated: 'unrated',
  rows: (frame) => {
    const { from, until } = windowOf(frame)
    const { period, rest } = inPeriods(frame, sql`renewed_on`)
    return sql`
    SELECT ${period} AS period, account_id, subscription_id, product, plan, due_on, term_months, outcome, renewed_on,
      n.rate AS new_rate, new_native != 0 AND new_rate = 0 AS unrated, ${converted(sql`old_native`, sql`o.rate`)} AS old_value,
      ${converted(sql`new_native`, sql`new_rate`)} AS new_value
    FROM (SELECT * FROM (${dueContracts(frame, { from: addDays(from, -Number(frame.settings.renewal_grace_days)), until })}) WHERE outcome = 'renewed') AS d
    ASOF LEFT JOIN (${rates(frame)}) AS o ON o.currency = d.old_currency AND o.day <= d.renewed_on
    ASOF LEFT JOIN (${rates(frame)}) AS n ON n.currency = d.new_currency AND n.day <= d.renewed_on
    ${rest}`
  },
})
