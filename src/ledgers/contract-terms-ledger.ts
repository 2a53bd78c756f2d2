import { subscriptionVersion } from '../facts/subscription-version.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { NEVER, localDay } from './local-day.ts'

/** Months of one billing interval, whatever its unit: 7 days are 84/365 of a month (C5). */
const INTERVAL = sql`toFloat64(ifNull(interval_months, 1)) * multiIf(interval_unit = 'quarter', 3, interval_unit = 'year', 12,
  interval_unit = 'week', 84 / 365, interval_unit = 'day', 12 / 365, 1)`

/** What a contract says of its renewal and of leaving it; what is paid under it stands in the ledger of subscriptions. */
export const contractTermsLedger = defineLedger({
  id: 'contract_terms',
  says: 'The terms of one contract as they were told, from a local day until that of the next terms.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'Account it counts for, merges followed' },
    subscription_id: { type: 'String', says: 'The contract' },
    day: { type: 'Date32', says: 'Local day from which these terms hold' },
    until: { type: 'Date32', says: 'Local day of the next terms; the same day where several were told for it' },
    started_on: { type: 'Date32', says: 'Local day of its first terms' },
    told: { type: 'LowCardinality(String)', says: 'Status as the terms say it' },
    interval_months: { type: 'Float64', says: 'Months of one billing interval' },
    term_months: { type: 'Nullable(Float64)', says: 'Committed months; null where none are told' },
    canceled_on: { type: 'Nullable(Date32)', says: 'Local day on which notice was given' },
    ends_on: { type: 'Nullable(Date32)', says: 'Local day on which paid service ends' },
    notice_days: { type: 'Nullable(Float64)', says: 'Days before the renewal by which notice must be given' },
    auto_renew: { type: 'LowCardinality(String)', says: 'yes, no, or empty where it is not known' },
    renews_on: { type: 'Nullable(Date32)', says: 'Local day on which the next term begins' },
    is_open: {
      type: 'UInt8',
      says: '1: nothing that was told up to these terms says that anybody leaves; 0: what was told must be read one after the other',
    },
  },
  orderBy: ['account_id', 'subscription_id', 'day'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, subscription_id, day, leadInFrame(day, 1, ${NEVER}) OVER w AS until, min(day) OVER w AS started_on, told, interval_of AS interval_months,
      term_months, canceled_on, ends_on, notice_days, auto_renew, renews_on,
      told = 'active' AND isNull(canceled_on) AND isNull(ends_on) AND auto_renew != 'no'
        AND ifNull(max(canceled_on) OVER so_far < day, 1) AND (row_number() OVER so_far = 1 OR lagInFrame(day) OVER so_far < day) AS is_open
    FROM (
      SELECT account_id, subscription_id, effective_at AS at, recorded_at, source_id, ${localDay(from, 'effective_at')} AS day, toString(status) AS told,
        ${INTERVAL} AS interval_of, toFloat64(f.term_months) AS term_months, ${localDay(from, 'canceled_at')} AS canceled_on,
        ${localDay(from, 'ends_at')} AS ends_on, toFloat64(f.notice_days) AS notice_days, toString(f.auto_renew) AS auto_renew,
        ${localDay(from, 'renews_at')} AS renews_on
      FROM (${countedVersions(from, subscriptionVersion)}) AS f)
    WINDOW w AS (PARTITION BY account_id, subscription_id ORDER BY at, recorded_at, source_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
      so_far AS (PARTITION BY account_id, subscription_id ORDER BY at, recorded_at, source_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`,
})
