import { featureEntitlement } from '../facts/feature-entitlement.ts'
import { param, sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'

export const featureEntitlementLedger = defineLedger({
  id: 'feature_entitlement',
  says: 'A stretch of days on which an account may use a feature.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    feature: { type: 'LowCardinality(String)', says: 'The feature' },
    day: { type: 'Date32', says: 'Local day from which on' },
    until: { type: 'Date32', says: 'Local day on which it ends; 2299-12-31 while it does not' },
  },
  orderBy: ['account_id', 'feature', 'day'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, feature, toDate32(toTimeZone(entitled_from, ${param('String', from.settings.time_zone)})) AS day,
      max(ifNull(toDate32(toTimeZone(entitled_until, ${param('String', from.settings.time_zone)})), toDate32('2299-12-31'))) AS until
    FROM (${countedVersions(from, featureEntitlement)}) GROUP BY account_id, feature, day HAVING until > day`,
})
