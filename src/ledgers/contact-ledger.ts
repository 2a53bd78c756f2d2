import { contact } from '../facts/contact.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { NEVER, localDay } from './local-day.ts'

export const contactLedger = defineLedger({
  id: 'contact',
  says: 'A stretch of days on which a person is a contact of an account.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    contact_id: { type: 'String', says: 'The person' },
    day: { type: 'Date32', says: 'Local day from whose close on' },
    until: { type: 'Date32', says: 'Local day from whose close no longer; 2299-12-31 while there is none' },
  },
  orderBy: ['account_id', 'contact_id', 'day'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, contact_id, day, least(left_on, next) AS until
    FROM (
      SELECT account_id, contact_id, day, left_on, leadInFrame(day, 1, ${NEVER}) OVER w AS next
      FROM (
        SELECT account_id, contact_id, ${localDay(from, 'effective_at')} AS day,
          argMax(ifNull(${localDay(from, 'left_at')}, ${NEVER}), (effective_at, recorded_at, source_id)) AS left_on
        FROM (${countedVersions(from, contact)}) GROUP BY account_id, contact_id, day)
      WINDOW w AS (PARTITION BY account_id, contact_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))
    WHERE until > day`,
})
