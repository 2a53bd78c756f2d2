import { referenceConsent } from '../facts/reference-consent.ts'
import { param, sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { NEVER, localDay } from './local-day.ts'

export const referenceConsentLedger = defineLedger({
  id: 'reference_consent',
  says: 'One span of days in which an account has agreed to act as a reference.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day from whose close it holds' },
    until: { type: 'Date32', says: 'Local day from whose close it no longer holds' },
    scope: { type: 'String', says: 'What it covers' },
  },
  orderBy: ['account_id', 'day'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, ${localDay(from, 'given_at')} AS day,
      least(ifNull(${localDay(from, 'expires_at')}, addMonths(day, ${param('UInt16', Number(from.settings.reference_months))})),
      ifNull(${localDay(from, 'withdrawn_at')}, ${NEVER})) AS until,
      scope
    FROM (${countedVersions(from, referenceConsent)}) WHERE until > day`,
})
