import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { defineLedger } from './ledger.ts'

export const signUpLedger = defineLedger({
  id: 'sign_up',
  says: 'When an account came to be, where that is known.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day' },
  },
  orderBy: ['account_id'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, created_on AS day FROM (${from.ledger(accountLedger)})
    WHERE counted_as = account_id AND is_internal = 0 AND created_on > toDate32('1970-01-01') AND ${from.here(sql`account_id`)}`,
})
