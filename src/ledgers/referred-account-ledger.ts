import { referral } from '../facts/referral.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

/** Small and held everywhere: the account that was referred may lie on another shard than the one that referred it. */
export const referredAccountLedger = defineLedger({
  id: 'referred_account',
  says: 'One account that a customer referred, with the first day on which one did.',
  placement: 'everywhere',
  columns: {
    account_id: { type: 'String', says: 'The account that was referred' },
    day: { type: 'Date32', says: 'Local day of the first referral' },
    referrer: { type: 'String', says: 'Who referred it then' },
  },
  orderBy: ['account_id'],
  after: [accountLedger],
  derive: (from) => sql`
    WITH counted AS (SELECT account_id, counted_as FROM (${from.ledger(accountLedger)})),
      internal AS (SELECT counted_as FROM (${from.ledger(accountLedger)}) WHERE is_internal = 1 AND account_id = counted_as)
    SELECT if(a.counted_as = '', f.referred_account_id, a.counted_as) AS account_id,
      min(${localDay(from, 'f.referred_at')}) AS day, argMin(if(b.counted_as = '', f.account_id, b.counted_as), (f.referred_at, f.source_id)) AS referrer
    FROM (${from.facts(referral)}) AS f
    LEFT JOIN counted AS a ON a.account_id = f.referred_account_id
    LEFT JOIN counted AS b ON b.account_id = f.account_id
    WHERE f.referred_account_id != '' AND if(b.counted_as = '', f.account_id, b.counted_as) NOT IN (SELECT counted_as FROM internal)
    GROUP BY account_id`,
})
