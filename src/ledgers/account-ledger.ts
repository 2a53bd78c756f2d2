import { account } from '../facts/account.ts'
import { param, sql } from '../kernel/sql.ts'
import { defineLedger } from './ledger.ts'

/**
 * Accounts with the one they are counted as. A merged account counts as its successor for all history (C3);
 * chains of up to four merges are followed. Everything else resolves accounts through this ledger.
 */
export const accountLedger = defineLedger({
  id: 'account',
  says: 'One row per account that was ever recorded, with the account it is counted as.',
  placement: 'everywhere',
  isLookup: true,
  columns: {
    account_id: { type: 'String', says: 'The account as sources name it' },
    counted_as: { type: 'String', says: 'The account that its history is counted under' },
    name: { type: 'String', says: 'Display name of the account' },
    is_internal: { type: 'UInt8', says: '1: internal or test account, left out of every number' },
    created_on: { type: 'Date32', says: 'Local day on which the account came to be; around 1970-01-01 where that is not known' },
  },
  orderBy: ['account_id'],
  after: [],
  derive: ({ facts, settings }) => sql`
    WITH known AS (SELECT account_id, name, is_internal, merged_into, created_at FROM (${facts(account)}) ORDER BY recorded_at DESC LIMIT 1 BY account_id),
      moved AS (SELECT account_id, merged_into FROM known WHERE merged_into != '' AND merged_into != account_id)
    SELECT k.account_id AS account_id,
      multiIf(d.merged_into != '', d.merged_into, c.merged_into != '', c.merged_into, b.merged_into != '', b.merged_into,
        a.merged_into != '', a.merged_into, k.account_id) AS counted_as,
      k.name AS name,
      k.is_internal AS is_internal,
      toDate32(toTimeZone(k.created_at, ${param('String', settings.time_zone)})) AS created_on
    FROM known AS k
    LEFT JOIN moved AS a ON a.account_id = k.account_id
    LEFT JOIN moved AS b ON b.account_id = a.merged_into
    LEFT JOIN moved AS c ON c.account_id = b.merged_into
    LEFT JOIN moved AS d ON d.account_id = c.merged_into`,
})
