import { referral } from '../facts/referral.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { NEVER, localDay } from './local-day.ts'

export const referralLedger = defineLedger({
  id: 'referral',
  says: 'One recommendation, with the account that made it.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account that referred' },
    day: { type: 'Date32', says: 'Local day of the referral' },
    referral: { type: 'String', says: 'The referral' },
    contact_id: { type: 'String', says: 'Who referred' },
    referred: { type: 'String', says: 'Who was referred' },
    verified: { type: 'UInt8', says: 'Confirmed, or become a customer' },
    converted_on: { type: 'Date32', says: 'Local day on which the referred one became a customer; 2299-12-31 while not' },
  },
  orderBy: ['day', 'account_id'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, ${localDay(from, 'referred_at')} AS day, source_id AS referral, contact_id,
      if(referred_account_id != '', referred_account_id, referred_name) AS referred, verified,
      ifNull(${localDay(from, 'converted_at')}, ${NEVER}) AS converted_on
    FROM (${countedVersions(from, referral)})`,
})
