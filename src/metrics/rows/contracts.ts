import { converted, exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { contractRunLedger } from '../../ledgers/contract-run-ledger.ts'
import { addDays } from '../../kernel/period.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { defineRowSet, inPeriods } from '../row-set.ts'
import type { Frame, RowSet } from '../row-set.ts'

const FAR = trusted("toDate32('2299-12-31')")

/** What a run says at the close of a day: `mrrs`, `currencies`, `products` or `plans`. */
const at = (run: string, what: string, day: string): Sql => trusted(`${run}.${what}[arrayCount(x -> x <= ${day}, ${run}.days)]`)

/**
 * Contracts whose term ended inside the window, with how they went on: the same subscription is still paid, under whatever
 * terms, or one of the same product begins to be paid within the days of grace around the due date. A contract that
 * stopped paying before its due date was lost then and is not due.
 */
function dueContracts(frame: Frame, window: { from: string; until: string }): Sql {
  const grace = param('Int32', Number(frame.settings.renewal_grace_days))
  const asOf = param('Date32', frame.asOf)
  const runs = frame.ledger(contractRunLedger)
  const terms = (until: string, spare: number): Sql => sql`toUInt32(greatest(1, intDiv(dateDiff('month', started_on, ${param('Date32', until)}), term_months) + ${trusted(String(spare))}))`
  const due = sql`if(term_months = toInt32(term_months), addMonths(started_on, toInt32(term_months) * k), addDays(started_on, toInt32(round(toFloat64(term_months) * k * 365 / 12))))`
  return sql`
    WITH runs AS (${runs}),
      terms AS (
        SELECT account_id, subscription_id, started_on, ended_on, paid_until, term_months, days, mrrs, currencies, products, plans,
          arrayJoin(range(${terms(window.from, -1)}, ${terms(window.until, 2)})) AS k, ${due} AS due_on
        FROM runs
        WHERE term_months >= ${param('UInt16', Number(frame.settings.renewal_min_term_months))} AND started_on < ${param('Date32', window.until)}),
      due AS (SELECT * FROM terms WHERE due_on >= ${param('Date32', window.from)} AND due_on < ${param('Date32', window.until)} AND due_on <= ended_on AND due_on < ${asOf}),
      followed AS (
        SELECT d.account_id AS account_id, d.subscription_id AS subscription_id, d.due_on AS due_on,
          argMin((renewal, ${at('n', 'mrrs', 'renewal')}, ${at('n', 'currencies', 'renewal')}), (renewal, n.subscription_id)) AS successor
        FROM due AS d INNER JOIN (SELECT * FROM runs WHERE starts_paying = 1) AS n ON n.account_id = d.account_id
        WHERE n.started_on >= addDays(d.due_on, -${grace}) AND n.started_on <= addDays(d.due_on, ${grace}) AND n.started_on < ${asOf}
          AND n.paid_until > (greatest(n.started_on, d.due_on) AS renewal) AND ${at('n', 'products', 'renewal')} = ${at('d', 'products', 'd.due_on - 1')}
        GROUP BY account_id, subscription_id, due_on)
    SELECT d.account_id AS account_id, d.subscription_id AS subscription_id, ${at('d', 'products', 'd.due_on - 1')} AS product, ${at('d', 'plans', 'd.due_on - 1')} AS plan,
      d.due_on AS due_on, d.term_months AS term_months, ${at('d', 'currencies', 'd.due_on - 1')} AS old_currency, ${at('d', 'mrrs', 'd.due_on - 1')} * 12 AS old_native,
      d.paid_until > d.due_on AS continues, NOT continues AND f.account_id != '' AS replaced,
      if(continues, d.due_on, if(replaced, f.successor.1, ${FAR})) AS renewed_on,
      if(continues, ${at('d', 'mrrs', 'd.due_on')}, if(replaced, f.successor.2, 0)) * 12 AS new_native,
      multiIf(continues, ${at('d', 'currencies', 'd.due_on')}, replaced, f.successor.3, old_currency) AS new_currency,
      multiIf(continues OR replaced, 'renewed', addDays(d.due_on, ${grace}) >= ${asOf}, 'undecided', 'lost') AS outcome
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
  slices: ['product', 'plan'],
  unrated: 'unrated',
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`due_on`)
    return sql`
    SELECT ${period} AS period, account_id, subscription_id, product, plan, due_on, term_months, outcome, if(outcome = 'renewed', toNullable(renewed_on), NULL) AS renewed_on,
      outcome = 'renewed' AS renewed, outcome != 'undecided' AS decided, renewed AND renewed_on <= due_on AS on_time,
      r.rate AS old_rate, n.rate AS new_rate, (old_native != 0 AND old_rate = 0) OR (new_native != 0 AND new_rate = 0) AS unrated,
      ${trusted(converted('old_native', 'old_rate'))} AS old_value, ${trusted(converted('new_native', 'new_rate'))} AS new_value
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
  slices: ['product', 'plan'],
  unrated: 'unrated',
  rows: (frame) => {
    const { from, until } = windowOf(frame)
    const { period, rest } = inPeriods(frame, sql`renewed_on`)
    return sql`
    SELECT ${period} AS period, account_id, subscription_id, product, plan, due_on, term_months, outcome, renewed_on,
      n.rate AS new_rate, new_native != 0 AND new_rate = 0 AS unrated, toDecimal128(0, 6) AS old_value, ${trusted(converted('new_native', 'new_rate'))} AS new_value
    FROM (SELECT * FROM (${dueContracts(frame, { from: addDays(from, -Number(frame.settings.renewal_grace_days)), until })}) WHERE outcome = 'renewed') AS d
    ASOF LEFT JOIN (${rates(frame)}) AS n ON n.currency = d.new_currency AND n.day <= d.renewed_on
    ${rest}`
  },
})
