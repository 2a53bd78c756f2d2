import { param, sql } from '../../../kernel/sql.ts'
import { onboardingLedger } from '../../../ledgers/onboarding-ledger.ts'
import { defineObject } from '../object-kind.ts'

export const onboardings = defineObject({
  id: 'onboardings',
  name: 'Onboardings',
  columns: [
    { id: 'onboarding_id', name: 'Onboarding', type: 'text' },
    { id: 'path', name: 'Path', type: 'text' },
    { id: 'led_by', name: 'Led by', type: 'text' },
    { id: 'started_on', name: 'Started', type: 'day' },
    { id: 'agreed_end', name: 'Agreed end', type: 'day' },
    { id: 'finished_on', name: 'Finished', type: 'day' },
    { id: 'days_over', name: 'Days over', type: 'number' },
  ],
  states: {
    open: { name: 'Under way', where: sql`isNull(finished_on)` },
    overdue: { name: 'Overdue', where: sql`isNull(finished_on) AND days_over > 0` },
    all: { name: 'All', where: sql`1` },
  },
  order: sql`days_over DESC, started_on DESC, onboarding_id`,
  rows: ({ ledger }, day) => sql`
    SELECT account_id, onboarding_id, toString(path) AS path, toString(led_by) AS led_by, started_on, agreed_end,
      if(o.finished_on <= ${param('Date32', day)}, o.finished_on, NULL) AS finished_on,
      greatest(0, ifNull(dateDiff('day', agreed_end, ifNull(o.finished_on, ${param('Date32', day)})), 0)) AS days_over
    FROM (${ledger(onboardingLedger)}) AS o WHERE started_on <= ${param('Date32', day)}`,
})
