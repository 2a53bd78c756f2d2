import type { AnyOf } from '../facts/fact.ts'
import { outcomeMeasurement } from '../facts/outcome-measurement.ts'
import { outcome } from '../facts/outcome.ts'
import { sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { countedVersions } from './counted.ts'
import type { Derivation } from './ledger.ts'
import { outcomeLedger } from './outcome-ledger.ts'

/** The facts without which nothing tells how far an outcome has got. */
export const MEASURED_OUTCOME: readonly AnyOf[] = [[outcome], [outcomeMeasurement]]

/** How far a reading lies on the way from baseline to target, cut at both ends: right for targets that fall, too. */
const COVERED = trusted(`least(greatest(if(target > baseline, reading - baseline, baseline - reading), toDecimal128(0, 6)), abs(target - baseline))`)

/** Measurements of outcomes whose target differs from their baseline, with the share of that way that was covered: 0 to 1, to twelve places. */
export const attainments = (from: Derivation): Sql => sql`
  SELECT m.account_id AS account_id, m.outcome_id AS outcome_id, o.name AS name, o.type AS type, o.weight AS weight, o.until AS closed_on,
    o.money_value AS money_value, o.currency AS currency, m.measured_at AS measured_at, m.confirmed_at AS confirmed_at, m.reading AS reading,
    m.source_id AS source_id,
    CAST(roundBankers(divideDecimal(toDecimal256(${COVERED}, 6), toDecimal256(abs(target - baseline), 6), 30), 12), 'Decimal(38, 12)') AS attainment
  FROM (SELECT account_id, outcome_id, measured_at, confirmed_at, assumeNotNull(value) AS reading, source_id
    FROM (${countedVersions(from, outcomeMeasurement)}) WHERE isNotNull(value)) AS m
  INNER JOIN (SELECT * FROM (${from.ledger(outcomeLedger)}) WHERE baseline != target) AS o ON o.account_id = m.account_id AND o.outcome_id = m.outcome_id`
