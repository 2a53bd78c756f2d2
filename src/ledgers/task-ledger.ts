import { task } from '../facts/task.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

export const taskLedger = defineLedger({
  id: 'task',
  says: 'One task of the team for an account, by local days.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    task_id: { type: 'String', says: 'The task' },
    title: { type: 'String', says: 'What is to be done' },
    assignee: { type: 'LowCardinality(String)', says: 'Who is to do it' },
    playbook: { type: 'LowCardinality(String)', says: 'The playbook it belongs to' },
    created_at: { type: "DateTime64(3, 'UTC')", says: 'When it was set' },
    due_on: { type: 'Nullable(Date32)', says: 'Day by which it is to be done' },
    done_on: { type: 'Nullable(Date32)', says: 'Local day on which it was done' },
    cancelled_on: { type: 'Nullable(Date32)', says: 'Local day on which it was given up' },
  },
  orderBy: ['account_id', 'task_id'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, task_id, title, csm_id AS assignee, playbook, created_at, due_on, ${localDay(from, 'done_at')} AS done_on,
      ${localDay(from, 'cancelled_at')} AS cancelled_on
    FROM (${countedVersions(from, task)})`,
})
