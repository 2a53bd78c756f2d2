import { accountAttribute } from '../../facts/account-attribute.ts'
import { referral } from '../../facts/referral.ts'
import { identifier, sql } from '../../kernel/sql.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { referredAccountLedger } from '../../ledgers/referred-account-ledger.ts'
import { defineRowSet, inPeriods } from '../kit/row-set.ts'
import { valueIn, valuesEver } from '../kit/account-attributes.ts'
import { originOf } from './owned-accounts.ts'

const source = identifier('acquisition_source')

export const newCustomers = defineRowSet({
  id: 'new_customers',
  says: 'One row per account that became a customer in the period for the first time, and whether a customer had referred it.',
  columns: {
    day: { name: 'Became a customer', kind: 'day' },
    amount: { name: 'MRR', kind: 'money' },
    referrer: { name: 'Referred by', kind: 'text' },
    acquisition_source: { name: 'Won by', kind: 'text' },
    referred: { name: 'Counts as', kind: 'text' },
  },
  own: { referred: 'referred' },
  attributes: ['acquisition_source'],
  unrated: 'unrated',
  consults: [referredAccountLedger],
  needs: [[referral, accountAttribute]],
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    return sql`
    SELECT m.period AS period, m.account_id AS account_id, m.day AS day, m.amount AS amount, m.unrated AS unrated, m.referrer AS referrer,
      if(m.is_named, 'named', ${originOf(sql`acquisition_source`, frame)}) AS origin, ${valueIn(frame, source)} AS acquisition_source,
      multiIf(origin = 'named', 'named', origin = 'earned', 'source', '') AS referred
    FROM (${valuesEver(frame, 'acquisition_source', source)}) AS h
    RIGHT JOIN (
      SELECT n.period AS period, n.account_id AS account_id, n.day AS day, n.amount AS amount, n.unrated AS unrated, r.referrer AS referrer,
        r.account_id != '' AND r.day <= n.day AS is_named
      FROM (
        SELECT ${period} AS period, account_id, day, amount, unrated
        FROM (SELECT account_id, day, sum(ifNull(change, 0)) AS amount, max(isNull(change)) AS unrated FROM (
            SELECT account_id, day, amount AS change FROM (${frame.ledger(mrrMovementLedger)}) WHERE kind = 'new') GROUP BY account_id, day) ${rest}) AS n
      LEFT JOIN (${frame.ledger(referredAccountLedger)}) AS r ON r.account_id = n.account_id) AS m ON m.account_id = acquisition_source_account`
  },
})
