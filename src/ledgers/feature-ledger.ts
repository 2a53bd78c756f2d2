import { feature } from '../facts/feature.ts'
import { param, sql } from '../kernel/sql.ts'
import { defineLedger } from './ledger.ts'

export const featureLedger = defineLedger({
  id: 'feature',
  says: 'The features as they are described now.',
  placement: 'everywhere',
  columns: {
    feature: { type: 'String', says: 'The feature' },
    name: { type: 'String', says: 'Display name' },
    product: { type: 'LowCardinality(String)', says: 'Product it belongs to' },
    is_core: { type: 'UInt8', says: '1: counts in product adoption' },
    is_value: { type: 'UInt8', says: '1: using it is the first value an account gets' },
    is_open: { type: 'UInt8', says: '1: every customer may use it; 0: those with a feature entitlement' },
    released_on: { type: 'Date32', says: 'Local day of its release; 1970-01-01 where none is known' },
  },
  orderBy: ['feature'],
  after: [],
  derive: ({ facts, settings }) => sql`
    SELECT feature_id AS feature, name, product, is_core, is_value, entitlement != 'recorded' AS is_open,
      toDate32(toTimeZone(released_at, ${param('String', settings.time_zone)})) AS released_on
    FROM (${facts(feature)}) ORDER BY recorded_at DESC, source LIMIT 1 BY feature_id`,
})
