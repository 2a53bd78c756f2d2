import { sql } from '../../kernel/sql.ts'
import { defineRowSet } from '../kit/row-set.ts'
import { customersAtEnd } from './customers.ts'
import { npsAccounts } from './survey-responses.ts'

export const npsAccountsByArr = defineRowSet({
  ...npsAccounts,
  id: 'nps_accounts_by_arr',
  says: 'One row per account of which somebody answered, with its mean answer and its ARR at the end of the period.',
  columns: { ...npsAccounts.columns, arr: { name: 'ARR', kind: 'money' } },
  unrated: 'unrated',
  rows: (frame) => sql`
    SELECT n.*, c.arr AS arr, c.unrated AS unrated
    FROM (${npsAccounts.rows(frame)}) AS n LEFT JOIN (${customersAtEnd(frame)}) AS c ON c.period = n.period AND c.account_id = n.account_id`,
})
