import { GOOD, counted } from './catalogue-by-hand.ts'
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

async function copy(house: House, table: string, query: string): Promise<void> {
  const { body } = await askEngine(house, `${query} FORMAT TSV`)
  await copyInto(house.plain, `COPY ${table} FROM STDIN`, body as unknown as AsyncIterable<Uint8Array>)
}

export async function loadPlainTables(house: House, state: number): Promise<void> {
  await house.plain.query(TABLES)
  await copy(house, 'movement', `SELECT account_id, subscription_id, day, kind, currency, native, amount FROM ledger_mrr_movement WHERE state = ${state}`)
  await copy(house, 'rate', `SELECT currency, day, until, rate FROM ledger_exchange_rate WHERE state = ${state}`)
  // An account counts in its first segment before it was told (C22).
  await copy(
    house,
    'segment',
    `
    SELECT account_id, if(row_number() OVER (PARTITION BY account_id ORDER BY day) = 1, toDate32('1970-01-01'), day), leadInFrame(day, 1, toDate32('2299-12-31')) OVER (PARTITION BY account_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), value
    FROM ledger_account_dimension WHERE state = ${state} AND dimension = 'segment'`,
  )
  for (const statement of INDEXES) await house.plain.query(statement)
}

const CATALOGUE_TABLES = `
  CREATE TABLE usage_day (account_id text NOT NULL, user_id text NOT NULL, day date NOT NULL, feature text NOT NULL, events int NOT NULL);
  CREATE TABLE paid (account_id text NOT NULL, day date NOT NULL, until date NOT NULL);
  CREATE TABLE open_feature (feature text PRIMARY KEY, released_on date NOT NULL);
  CREATE TABLE entitlement (account_id text NOT NULL, feature text NOT NULL, day date NOT NULL, until date NOT NULL);
  CREATE TABLE survey_answer (account_id text NOT NULL, respondent text NOT NULL, response text NOT NULL, answered_at timestamptz NOT NULL, day date NOT NULL, kind text NOT NULL, score numeric NOT NULL, good boolean NOT NULL);
  CREATE TABLE ticket (account_id text NOT NULL, solved_first date, solved_last date, hours float8, is_solved boolean NOT NULL, reopened boolean NOT NULL);`

const CATALOGUE_INDEXES = [
  'CREATE INDEX ON usage_day (day) INCLUDE (account_id, user_id, feature, events)',
  'CREATE INDEX ON paid (day)',
  'CREATE INDEX ON entitlement (account_id)',
  'CREATE INDEX ON survey_answer (kind, day)',
  'CREATE INDEX ON ticket (solved_first)',
  'CREATE INDEX ON ticket (solved_last)',
  'VACUUM ANALYZE',
]

/** Use, surveys and tickets by the accounts they are counted as, internal ones left out. */
export async function loadCatalogueTables(house: House, state: number): Promise<void> {
  await house.plain.query(CATALOGUE_TABLES)
  await copy(house, 'usage_day', counted({ state }, 'usage_day', 'user_id, day, feature, events', '1'))
  await copy(house, 'paid', `SELECT account_id, day, until FROM ledger_subscription_day WHERE state = ${state} AND mrr > 0`)
  await copy(house, 'open_feature', `SELECT feature, released_on FROM ledger_feature WHERE state = ${state} AND is_open = 1`)
  await copy(house, 'entitlement', `SELECT account_id, feature, day, until FROM ledger_feature_entitlement WHERE state = ${state}`)
  await copy(
    house,
    'survey_answer',
    `
    SELECT account_id, respondent, response, answered_at, day, if(kind = 'nps' AND relation = 'transactional', 'other', toString(kind)), score, ${GOOD}
    FROM (SELECT * FROM ledger_survey_answer WHERE state = ${state}) AS a INNER JOIN (SELECT survey_id, kind, relation, threshold, scale_min, scale_max FROM ledger_survey WHERE state = ${state}) AS s USING (survey_id)`,
  )
  await copy(
    house,
    'ticket',
    `
    SELECT account_id, if(empty(solved_on), NULL, toNullable(solved_on[1])), if(empty(solved_on), NULL, toNullable(solved_on[-1])), if(empty(solve_minutes), NULL, toNullable(solve_minutes[-1] / 60)), length(solved_on) > length(reopened_on), notEmpty(reopened_on)
    FROM ledger_ticket WHERE state = ${state}`,
  )
  for (const statement of CATALOGUE_INDEXES) await house.plain.query(statement)
}
