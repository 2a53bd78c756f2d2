import { playRun } from '../facts/play-run.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

export const playRunLedger = defineLedger({
  id: 'play_run',
  says: 'One run of a playbook on an account, or an account it is compared with, by local days.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    playbook: { type: 'LowCardinality(String)', says: 'The playbook' },
    run_id: { type: 'String', says: 'The run' },
    arm: { type: 'LowCardinality(String)', says: 'treated, holdout (by chance) or control (compared with)' },
    started_on: { type: 'Date32', says: 'Local day on which it started' },
    deadline_on: { type: 'Nullable(Date32)', says: 'Day by which it is to be finished' },
    finished_on: { type: 'Nullable(Date32)', says: 'Local day on which its last step was done' },
    success: { type: 'LowCardinality(String)', says: 'yes, no, or empty while nobody knows' },
    success_before: { type: 'LowCardinality(String)', says: 'Whether it already was so before' },
  },
  orderBy: ['account_id', 'started_on'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, playbook, run_id, arm, ${localDay(from, 'started_at')} AS started_on, deadline_on, ${localDay(from, 'finished_at')} AS finished_on,
      success, success_before
    FROM (${countedVersions(from, playRun)})`,
})
