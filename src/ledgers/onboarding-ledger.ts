import { onboarding } from '../facts/onboarding.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

export const onboardingLedger = defineLedger({
  id: 'onboarding',
  says: 'One onboarding of an account, by local days.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    onboarding_id: { type: 'String', says: 'The onboarding' },
    path: { type: 'LowCardinality(String)', says: 'Kind of onboarding' },
    led_by: { type: 'LowCardinality(String)', says: 'Who leads it' },
    started_on: { type: 'Date32', says: 'Local day on which it started' },
    agreed_end: { type: 'Nullable(Date32)', says: 'Day by which it was agreed to be finished' },
    finished_on: { type: 'Nullable(Date32)', says: 'Local day on which it was finished' },
  },
  orderBy: ['account_id', 'started_on'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, onboarding_id, path, csm_id AS led_by, ${localDay(from, 'started_at')} AS started_on, agreed_end,
      ${localDay(from, 'finished_at')} AS finished_on
    FROM (${countedVersions(from, onboarding)})`,
})
