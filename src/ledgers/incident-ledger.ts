import { incident } from '../facts/incident.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

export const incidentLedger = defineLedger({
  id: 'incident',
  says: 'One account that one incident reached.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    incident_id: { type: 'String', says: 'The incident' },
    day: { type: 'Date32', says: 'Local day on which it began' },
    name: { type: 'String', says: 'What happened' },
  },
  orderBy: ['account_id', 'incident_id'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, incident_id, min(${localDay(from, 'started_at')}) AS day, argMax(name, recorded_at) AS name
    FROM (${countedVersions(from, incident)}) GROUP BY account_id, incident_id`,
})
