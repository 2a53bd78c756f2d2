import type { FactDefinition } from '../facts/fact.ts'
import { sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import type { Derivation } from './ledger.ts'

/** Facts of accounts that count: a merged account is replaced by the account that remains, internal accounts are left out. */
export function countedVersions(from: Derivation, fact: FactDefinition): Sql {
  const own = Object.keys(fact.columns).filter((name) => name !== 'account_id')
  const columns = trusted([...own, 'source', 'source_id', 'recorded_at', 'import_id', 'row_number'].join(', '))
  const accounts = from.ledger(accountLedger)
  return sql`
    SELECT if(a.counted_as = '', f.account_id, a.counted_as) AS account_id, ${columns}
    FROM (${from.facts(fact)}) AS f
    LEFT JOIN (SELECT account_id, counted_as FROM (${accounts}) WHERE counted_as != account_id) AS a ON a.account_id = f.account_id
    WHERE account_id NOT IN (SELECT counted_as FROM (${accounts}) WHERE is_internal = 1 AND account_id = counted_as) AND ${from.here(sql`account_id`)}`
}
