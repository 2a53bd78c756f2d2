import { request } from '../facts/request.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { NEVER, localDay } from './local-day.ts'

export const requestLedger = defineLedger({
  id: 'request',
  says: 'One account behind one request, from the day it asked until the request is closed for it.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    request_id: { type: 'String', says: 'The request' },
    day: { type: 'Date32', says: 'Local day on which it asked' },
    until: { type: 'Date32', says: 'Local day on which it was closed; 2299-12-31 while open' },
    kind: { type: 'LowCardinality(String)', says: 'feature or bug' },
    title: { type: 'String', says: 'What is asked for' },
    blocking: { type: 'UInt8', says: 'The account cannot do without' },
  },
  orderBy: ['account_id', 'request_id'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, request_id, min(asked) AS day, max(closed) AS until, argMax(kind, recorded_at) AS kind, argMax(title, recorded_at) AS title,
      max(blocks) AS blocking
    FROM (
      SELECT account_id, request_id, ${localDay(from, 'requested_at')} AS asked, ifNull(${localDay(from, 'closed_at')}, ${NEVER}) AS closed,
        toString(kind) AS kind, title, blocking AS blocks, recorded_at
      FROM (${countedVersions(from, request)}))
    GROUP BY account_id, request_id HAVING until > day`,
})
