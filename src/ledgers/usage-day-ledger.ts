import { usageEvent } from '../facts/usage-event.ts'
import type { Settings } from '../kernel/settings.ts'
import { sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { defineLedger } from './ledger.ts'
import { eventsOfUse, isNamed } from './use-events.ts'

/**
 * The rows of the local days that the events lie on. Each day is derived from its own events alone, so giving all events
 * of some days, and no others, gives the rows of these days.
 */
export const usageDays = (events: Sql, settings: Settings): Sql => sql`
  SELECT account_id, user_id, day, product, feature, platform, user_role, events, value_events,
    row_number() OVER w = 1 AS opens_account, opens_account OR lagInFrame(user_id, 1) OVER w != user_id AS opens_user
  FROM (
    SELECT account_id, user_id, day, product, feature, platform, user_role, count() AS events, countIf(${isNamed(settings.value_events)}) AS value_events
    FROM (${events}) GROUP BY account_id, user_id, day, product, feature, platform, user_role)
  WINDOW w AS (PARTITION BY account_id, day ORDER BY user_id, product, feature, platform, user_role ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`

/**
 * Raw accounts, to be resolved by who reads (src/metrics/rows/use.ts). In the order of users, so that distinct users are
 * counted as the rows go by, without a table of all users in memory.
 */
export const usageDayLedger = defineLedger({
  id: 'usage_day',
  says: 'What one user of one account did with one feature on one platform in one role on a local day.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account as sources name it' },
    user_id: { type: 'String', says: 'The user' },
    day: { type: 'Date32', says: 'Local day' },
    product: { type: 'LowCardinality(String)', says: 'Product; empty where the events name none' },
    feature: { type: 'LowCardinality(String)', says: 'Feature; empty where the events name none' },
    platform: { type: 'LowCardinality(String)', says: 'Platform' },
    user_role: { type: 'LowCardinality(String)', says: 'Role of the user' },
    events: { type: 'UInt32', says: 'Events' },
    value_events: { type: 'UInt32', says: 'Of them events named as value' },
    opens_account: { type: 'UInt8', says: '1 on one row of each account and day: adding them up counts days' },
    opens_user: { type: 'UInt8', says: '1 on one row of each account, user and day: adding them up counts days of users' },
  },
  orderBy: ['account_id', 'user_id', 'day', 'product', 'feature', 'platform', 'user_role'],
  after: [accountLedger],
  accountDays: { fact: usageEvent, day: 'day', reached: (changed) => changed, needed: (reached) => reached },
  derive: (from) => usageDays(eventsOfUse(from), from.settings),
})
