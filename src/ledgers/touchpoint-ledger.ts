import { touchpoint } from '../facts/touchpoint.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

export const touchpointLedger = defineLedger({
  id: 'touchpoint',
  says: 'One contact of the team with an account. Calls and meetings are two-way unless the source says otherwise; an appointment that was not held is none.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day on which it took place' },
    touchpoint_id: { type: 'String', says: 'The touchpoint' },
    happened_at: { type: "DateTime64(3, 'UTC')", says: 'When it took place' },
    kind: { type: 'LowCardinality(String)', says: 'email, call, meeting, message or other' },
    two_way: { type: 'UInt8', says: '1: the customer took part' },
    csm: { type: 'LowCardinality(String)', says: 'Who of the team' },
    contact_id: { type: 'String', says: 'With whom' },
    subject: { type: 'String', says: 'What it was about' },
  },
  orderBy: ['account_id', 'day'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, ${localDay(from, 'happened_at')} AS day, touchpoint_id, happened_at, kind,
      two_way = 'yes' OR (two_way = '' AND kind IN ('call', 'meeting')) AS two_way, csm_id AS csm, contact_id, subject
    FROM (SELECT account_id, touchpoint_id, happened_at, kind, toString(two_way) AS two_way, csm_id, contact_id, subject
      FROM (${countedVersions(from, touchpoint)}) WHERE state IN ('', 'held'))`,
})
