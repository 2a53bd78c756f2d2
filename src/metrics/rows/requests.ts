import { sql } from '../../kernel/sql.ts'
import { requestLedger } from '../../ledgers/request-ledger.ts'
import { atEnds, defineRowSet, optionOf } from '../kit/row-set.ts'
import { customersAtEnd } from './customers.ts'
import { apartOf } from './survey-responses.ts'

const own = { request: 'request_id', request_kind: 'kind' }

export const requesters = defineRowSet({
  id: 'requesters',
  says: 'One row per customer behind an open request at the end of the period; looked at by request, one for each of them.',
  columns: {
    requests: { name: 'Open requests', kind: 'text' },
    blocked: { name: 'Cannot do without', kind: 'boolean' },
    arr: { name: 'ARR', kind: 'money' },
  },
  own,
  unrated: 'unrated',
  options: { blocking: { says: 'yes: only requests that the customer cannot do without', fallback: 'any', choices: ['any', 'yes'] } },
  rows(frame) {
    const { period, rest } = atEnds(frame)
    const blocking = optionOf(frame, 'blocking') === 'yes' ? sql`WHERE blocking = 1` : sql``
    return sql`
    SELECT r.*, c.arr AS arr, c.unrated AS unrated
    FROM (
      SELECT toInt32(place_of) AS period, account_id, ${apartOf(frame, own)}
        arrayStringConcat(arraySort(groupUniqArray(if(title = '', request_id, title))), ', ') AS requests, max(blocking) AS blocked
      FROM (SELECT ${period} AS place_of, account_id, request_id, toString(kind) AS kind, title, blocking
        FROM (SELECT * FROM (${frame.ledger(requestLedger)}) ${blocking}) ${rest})
      GROUP BY ${apartOf(frame, own)} period, account_id) AS r
    INNER JOIN (${customersAtEnd(frame)}) AS c ON c.period = r.period AND c.account_id = r.account_id`
  },
})
