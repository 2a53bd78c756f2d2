import { opportunity } from '../facts/opportunity.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

export const opportunityLedger = defineLedger({
  id: 'opportunity',
  says: 'One deal with an account that was won.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day on which it was won' },
    opportunity_id: { type: 'String', says: 'The deal' },
    sourced_by: { type: 'LowCardinality(String)', says: 'csm, playbook, sales, product or other' },
    csm_id: { type: 'String', says: 'The CSM who brought it about' },
    name: { type: 'String', says: 'Name of the deal' },
  },
  orderBy: ['account_id', 'day'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, assumeNotNull(${localDay(from, 'won_at')}) AS day, opportunity_id, sourced_by, csm_id, name
    FROM (${countedVersions(from, opportunity)}) WHERE isNotNull(won_at)`,
})
