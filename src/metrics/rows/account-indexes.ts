import { MEASURED_OUTCOME } from '../../ledgers/attainment.ts'
import { indexResponseLedger } from '../../ledgers/index-response-ledger.ts'
import { outcomeValueLedger } from '../../ledgers/outcome-value-ledger.ts'
import { surveyResponseLedger } from '../../ledgers/survey-response-ledger.ts'
import { surveyResponse } from '../../facts/survey-response.ts'
import { sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { advocacyActLedger } from '../../ledgers/advocacy-act-ledger.ts'
import { referralLedger } from '../../ledgers/referral-ledger.ts'
import type { Measure } from '../kit/metric.ts'
import { ratio, withBeside, withheld } from '../kit/value.ts'
import { days, defineRowSet, inPeriods } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'
import { customersAtEnd } from './customers.ts'
import { indexedResponses, sharesOf } from './index-responses.ts'
import { accountValues } from './outcomes.ts'
import { scoredResponses, trailing } from './survey-responses.ts'

/** Below this share of the weights an index says nothing (docs/definitions.md#indexes). */
const LEAST_COVERAGE = '0.499999999'
const WORD_OF_MOUTH_DAYS = 365

const feedback = (frame: Frame): Frame => trailing(frame, Number(frame.settings.feedback_max_age_days))

/** The mean of sorted values, so that the order in which rows are read cannot show. */
const meanIf = (column: string, when: string): Sql =>
  trusted(`if(countIf(${when}) = 0, NULL, toNullable(arrayAvg(arraySort(groupArrayIf(${column}, ${when})))))`)

function answerMeans(frame: Frame): Sql {
  const { period, rest } = inPeriods(feedback(frame), sql`day`)
  return sql`
  SELECT toInt32(place_of) AS period, account_id, ${meanIf('rescaled', "kind = 'csat'")} AS csat, ${meanIf('rescaled', "kind = 'ces'")} AS ces,
    ${meanIf('rescaled', "kind = 'nps' AND relation = 'relationship'")} AS likelihood
  FROM (SELECT ${period} AS place_of, account_id, kind, relation, toFloat64(score - lowest) / toFloat64(highest - lowest) AS rescaled
    FROM (${scoredResponses(frame)}) ${rest})
  GROUP BY period, account_id`
}

function indexMeans(frame: Frame): Sql {
  const { period, rest } = inPeriods(feedback(frame), sql`day`)
  return sql`
  SELECT toInt32(place_of) AS period, account_id, ${meanIf('satisfaction_index', '1')} AS csi
  FROM (SELECT ${period} AS place_of, account_id, satisfaction_index FROM (${indexedResponses(frame, 'items', frame.settings.csi_weights)}) ${rest})
  GROUP BY period, account_id`
}

/** Accounts that made a verified referral or served as a reference within a year. */
function vouching(frame: Frame): Sql {
  const { period, rest } = inPeriods(trailing(frame, WORD_OF_MOUTH_DAYS), sql`day`)
  const until = days(frame.periods.map((one) => one.until))
  return sql`
  SELECT DISTINCT toInt32(place_of) AS period, account_id FROM (
    SELECT ${period} AS place_of, account_id, since FROM (
      SELECT account_id, day, if(verified, day, converted_on) AS since FROM (${frame.ledger(referralLedger)})
      UNION ALL SELECT account_id, day, day AS since FROM (${frame.ledger(advocacyActLedger)}) WHERE kind = 'reference') ${rest})
  WHERE since < ${until}[place_of + 1]`
}

/** What is there of weighted parts, the weights made to fit: 0 to 100, null where too little is. */
function weightedIndex(parts: readonly string[], shares: readonly number[]): { index: Sql; coverage: Sql } {
  const present = parts.map((part, i) => `if(isNull(${part}), 0, ${shares[i]})`).join(' + ')
  const sum = parts.map((part, i) => `${shares[i]} * ifNull(${part}, 0)`).join(' + ')
  return { coverage: trusted(`(${present})`), index: trusted(`if((${present}) < ${LEAST_COVERAGE}, NULL, toNullable(100 * (${sum}) / (${present})))`) }
}

const money = (index: string): Sql => trusted(`CAST(roundBankers(toDecimal256(arr, 6) * toDecimal256(ifNull(${index}, 0), 12), 6), 'Decimal(38, 6)')`)

export const accountIndexes = defineRowSet({
  id: 'account_indexes',
  says: 'One row per customer at the end of the period, with its experience, its outcomes and what they are made of.',
  columns: {
    arr: { name: 'ARR', kind: 'money' },
    csat: { name: 'Satisfaction, 0 to 1', kind: 'number' },
    ces: { name: 'Ease, 0 to 1', kind: 'number' },
    csi: { name: 'Satisfaction index, 0 to 1', kind: 'number' },
    attained: { name: 'Value realized, 0 to 1', kind: 'number' },
    word_of_mouth: { name: 'Word of mouth, 0 to 1', kind: 'number' },
    ce: { name: 'Experience', kind: 'number', needs: [[surveyResponse]] },
    co: { name: 'Outcomes', kind: 'number', needs: MEASURED_OUTCOME },
    cs: { name: 'Experience x outcomes', kind: 'number', needs: [[surveyResponse], ...MEASURED_OUTCOME] },
  },
  unrated: 'unrated',
  consults: [referralLedger, advocacyActLedger, surveyResponseLedger, indexResponseLedger, outcomeValueLedger],
  rows(frame) {
    const ce = weightedIndex(['csat', 'ces', 'csi'], sharesOf(frame.settings.ce_weights, 3))
    const co = weightedIndex(['attained', 'word_of_mouth'], sharesOf(frame.settings.co_weights, 2))
    return sql`
    SELECT *, ${money('ce')} AS weighted_ce, ${money('co')} AS weighted_co, ${money('cs')} AS weighted_cs
    FROM (
      SELECT *, ${ce.index} AS ce, ${ce.coverage} AS ce_coverage, ${co.index} AS co, ${co.coverage} AS co_coverage, ce * co / 100 AS cs
      FROM (
        SELECT p.period AS period, p.account_id AS account_id, p.arr AS arr, p.unrated AS unrated, a.csat AS csat, a.ces AS ces, i.csi AS csi,
          if(v.measured_weight > 0, toNullable(v.attained), NULL) AS attained,
          if((p.period, p.account_id) IN (${vouching(frame)}), toNullable(toFloat64(1)), a.likelihood) AS word_of_mouth
        FROM (${customersAtEnd(frame)}) AS p
        LEFT JOIN (${answerMeans(frame)}) AS a ON a.period = p.period AND a.account_id = p.account_id
        LEFT JOIN (${indexMeans(frame)}) AS i ON i.period = p.period AND i.account_id = p.account_id
        LEFT JOIN (${accountValues(frame, sql``)}) AS v ON v.period = p.period AND v.account_id = p.account_id))`
  },
})

/** The measures of an index of accounts, weighted by ARR. */
export const indexMeasures = (index: 'ce' | 'co' | 'cs') =>
  ({
    weighted: { of: accountIndexes, each: `weighted_${index}`, when: `isNotNull(${index})`, label: 'ARR x index', kind: 'money' },
    arr: { of: accountIndexes, each: 'arr', when: `isNotNull(${index})`, label: 'ARR of the accounts with an index', kind: 'money' },
    indexed: { of: accountIndexes, each: '1', when: `isNotNull(${index})`, label: 'Accounts with an index', kind: 'count' },
    customers: { of: accountIndexes, each: '1', label: 'Customers', kind: 'count' },
    arr_of_all: { of: accountIndexes, each: 'arr', label: 'ARR', kind: 'money' },
  }) as const satisfies Record<string, Measure>

export const INDEX_BESIDES = { covered: 'Share of ARR with an index' } as const

/** The mean of the accounts' indexes, each weighing as much as its ARR. */
export const byArr = withBeside(
  withheld(ratio('weighted', 'arr', 'low_coverage'), 'no_customers', ['customers', '=', 0]),
  ({ number: { customers = 0, arr = 0, arr_of_all = 0 } }) => (customers === 0 ? {} : { beside: { covered: arr_of_all === 0 ? null : arr / arr_of_all } }),
)
