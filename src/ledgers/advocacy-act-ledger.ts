import { advocacyAct } from '../facts/advocacy-act.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

export const advocacyActLedger = defineLedger({
  id: 'advocacy_act',
  says: 'One act of advocacy by one account.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day of the act' },
    act: { type: 'String', says: 'The act' },
    contact_id: { type: 'String', says: 'Who did it' },
    kind: { type: 'LowCardinality(String)', says: 'review, case_study, reference, event ...' },
    title: { type: 'String', says: 'Title or link' },
  },
  orderBy: ['day', 'account_id'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, ${localDay(from, 'acted_at')} AS day, source_id AS act, contact_id, kind, title FROM (${countedVersions(from, advocacyAct)})`,
})
