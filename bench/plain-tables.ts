import { copyInto } from './copy-into.ts'
import { askEngine } from './house.ts'
import type { House } from './house.ts'

/** The same movements, rates and segments as the product derived, in tables and indexes as one would make them in Postgres. */
const TABLES = `
  CREATE TABLE movement (account_id text NOT NULL, subscription_id text NOT NULL, day date NOT NULL, kind text NOT NULL, currency text NOT NULL, native numeric NOT NULL, amount numeric);
  CREATE TABLE rate (currency text NOT NULL, day date NOT NULL, until date NOT NULL, rate numeric NOT NULL, PRIMARY KEY (currency, day));
  CREATE TABLE segment (account_id text NOT NULL, day date NOT NULL, until date NOT NULL, value text NOT NULL, PRIMARY KEY (account_id, day));`

const INDEXES = [
  'CREATE INDEX ON movement (day) INCLUDE (kind, amount)',
  'CREATE INDEX ON movement (account_id, day) INCLUDE (currency, native)',
  "CREATE INDEX ON movement (account_id, day) WHERE kind IN ('new', 'churn', 'reactivation')",
  'VACUUM ANALYZE',
]

export async function loadPlainTables(house: House, state: number): Promise<void> {
  const copy = async (table: string, query: string): Promise<void> => {
    const { body } = await askEngine(house, `${query} FORMAT TSV`)
    await copyInto(house.plain, `COPY ${table} FROM STDIN`, body as unknown as AsyncIterable<Uint8Array>)
  }
  await house.plain.query(TABLES)
  await copy('movement', `SELECT account_id, subscription_id, day, kind, currency, native, amount FROM ledger_mrr_movement WHERE state = ${state}`)
  await copy('rate', `SELECT currency, day, until, rate FROM ledger_exchange_rate WHERE state = ${state}`)
  // An account counts in its first segment before it was told (METRICS.md C22).
  await copy('segment', `
    SELECT account_id, if(row_number() OVER (PARTITION BY account_id ORDER BY day) = 1, toDate32('1970-01-01'), day), leadInFrame(day, 1, toDate32('2299-12-31')) OVER (PARTITION BY account_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), value
    FROM ledger_account_dimension WHERE state = ${state} AND dimension = 'segment'`)
  for (const statement of INDEXES) await house.plain.query(statement)
}
