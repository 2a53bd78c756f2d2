import { quota } from '../../facts/quota.ts'
import { csmCapacityLedger } from '../../ledgers/csm-capacity-ledger.ts'
import { forecast } from '../../facts/forecast.ts'
import { csmTargetLedger } from '../../ledgers/csm-target-ledger.ts'
import { identifier, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { defineRowSet, froms, untils } from '../kit/row-set.ts'
import type { Frame, RowSet } from '../kit/row-set.ts'
import { contractsRenewed } from './contracts.ts'
import { mrrMovements } from './mrr-movements.ts'
import { valueIn, valuesEver, withTeam } from '../kit/account-attributes.ts'
import { elementsOf } from '../../ledgers/tuple.ts'

const targets = (frame: Frame, kind: string): Sql => sql`SELECT * FROM (${frame.ledger(csmTargetLedger)}) WHERE kind = ${param('String', kind)}`

/** Places of the periods (from 0) for which a condition over `i` (from 1) holds. */
const periodsWhere = (frame: Frame, holds: Sql): Sql =>
  sql`arrayFilter(i -> ${holds}, arrayMap(x -> toUInt16(x), range(1, ${trusted(String(frame.periods.length + 1))})))`

const columns: RowSet['columns'] = {
  csm: { name: 'CSM', kind: 'text' },
  starts_on: { name: 'First day', kind: 'day' },
  ends_on: { name: 'Day after the last', kind: 'day' },
  native: { name: 'Whole amount, as given', kind: 'money' },
  currency: { name: 'Currency', kind: 'text' },
  amount: { name: 'Counted here', kind: 'money' },
}

/** What of a target belongs to its days before one, rounded. */
const before = (day: string): Sql =>
  trusted(
    `roundBankers(toDecimal256(assumeNotNull(whole), 20) * greatest(0, least(dateDiff('day', starts_on, ends_on), dateDiff('day', starts_on, ${day}))) / dateDiff('day', starts_on, ends_on), 6)`,
  )

/** A quota's part in a period, by days; the parts of adjoining periods add up to it. */
const quotas = (kind: 'renewal' | 'expansion'): RowSet =>
  defineRowSet({
    id: `${kind}_quotas`,
    says: 'One row per quota of a CSM that reaches into the period, with the part of it that falls there.',
    placement: 'everywhere',
    columns,
    own: { csm: 'csm', team: 'team' },
    attributes: ['team'],
    unrated: 'isNull(whole)',
    consults: [csmTargetLedger, csmCapacityLedger],
    needs: [[quota]],
    rows: (frame) =>
      withTeam(
        frame,
        sql`
      SELECT place - 1 AS period, csm, starts_on, ends_on, native, currency, whole,
        if(isNull(whole), 0, CAST(${before('cut_until')} - ${before('cut_from')}, 'Decimal(38, 6)')) AS amount
      FROM (
        SELECT place, csm, starts_on, ends_on, native, currency, amount AS whole, ${froms(frame)}[place] AS cut_from, ${untils(frame)}[place] AS cut_until
        FROM (${targets(frame, kind)}) ARRAY JOIN ${periodsWhere(frame, sql`starts_on < ${untils(frame)}[i] AND ends_on > ${froms(frame)}[i]`)} AS place)`,
      ),
  })

export const renewalQuotas = quotas('renewal')
export const expansionQuotas = quotas('expansion')

/** Forecasts of months that lie wholly inside the period: of others what really came is not known in full. */
export const renewalForecasts = defineRowSet({
  id: 'renewal_forecasts',
  says: 'One row per renewal forecast of a CSM for months that lie inside the period.',
  placement: 'everywhere',
  columns,
  own: { csm: 'csm', team: 'team' },
  attributes: ['team'],
  unrated: 'isNull(amount)',
  consults: [csmTargetLedger, csmCapacityLedger],
  needs: [[forecast]],
  rows: (frame) =>
    withTeam(
      frame,
      sql`
    SELECT place - 1 AS period, csm, starts_on, ends_on, native, currency, amount
    FROM (${targets(frame, 'forecast')}) ARRAY JOIN ${periodsWhere(frame, sql`starts_on >= ${froms(frame)}[i] AND ends_on <= ${untils(frame)}[i]`)} AS place`,
    ),
})

/** The days of one target. */
const span = elementsOf('span', ['from', 'until'])

/** Rows of accounts with their owner at the opening, and whether the day lies in months for which that CSM has a target. */
function owned(frame: Frame, rows: Sql, day: string, kept: string, kinds: readonly string[]): Sql {
  const spans = (kind: string): Sql => sql`
    SELECT csm AS ${identifier(`${kind}_csm`)}, groupArray((starts_on, ends_on)) AS ${identifier(`${kind}_spans`)} FROM (${targets(frame, kind)}) GROUP BY csm`
  const joins = kinds
    .map((kind) => sql`LEFT JOIN (${spans(kind)}) AS ${identifier(`t_${kind}`)} ON ${identifier(`${kind}_csm`)} = o.csm`)
    .reduce((a, b) => sql`${a} ${b}`)
  const inside = (kind: string): Sql => {
    const whole = kind === 'forecast' ? sql`AND ${span.from} >= ${froms(frame)}[period + 1] AND ${span.until} <= ${untils(frame)}[period + 1]` : sql``
    const holds = sql`${trusted(day)} >= ${span.from} AND ${trusted(day)} < ${span.until} ${whole}`
    return sql`csm != '' AND arrayExists(span -> ${holds}, ${identifier(`${kind}_spans`)}) AS ${identifier(`has_${kind}`)}`
  }
  return sql`
    SELECT period, account_id, csm, ${trusted(kept)}, ${kinds.map(inside).reduce((a, b) => sql`${a}, ${b}`)}
    FROM (
      SELECT period, account_id, ${valueIn(frame, identifier('csm'))} AS csm, ${trusted(kept)}
      FROM (${rows}) AS w LEFT JOIN (${valuesEver(frame, 'csm', identifier('csm'))}) AS h ON csm_account = account_id
    ) AS o ${joins}`
}

export const renewalsByOwner = defineRowSet({
  id: 'renewals_by_owner',
  says: 'One row per contract renewed in the period, with the CSM who owned the account when the period opened.',
  columns: {
    csm: { name: 'CSM', kind: 'text' },
    ...contractsRenewed.columns,
    has_renewal: { name: 'Has a quota', kind: 'boolean' },
    has_forecast: { name: 'Has a forecast', kind: 'boolean' },
  },
  attributes: ['csm'],
  unrated: 'unrated',
  consults: [csmTargetLedger],
  rows: (frame) =>
    owned(
      frame,
      contractsRenewed.rows(frame),
      'renewed_on',
      'subscription_id, product, term_months, due_on, outcome, renewed_on, old_value, new_value, unrated',
      ['renewal', 'forecast'],
    ),
})

export const expansionsByOwner = defineRowSet({
  id: 'expansions_by_owner',
  says: 'One row per component of an expansion in the period, with the CSM who owned the account when the period opened.',
  columns: {
    csm: { name: 'CSM', kind: 'text' },
    day: { name: 'Day', kind: 'day' },
    subscription_id: { name: 'Subscription', kind: 'text' },
    cause: { name: 'Cause', kind: 'text' },
    amount: { name: 'Change of MRR', kind: 'money' },
    yearly: { name: 'Change of yearly value', kind: 'money' },
    has_expansion: { name: 'Has a quota', kind: 'boolean' },
  },
  attributes: ['csm'],
  unrated: 'isNull(amount)',
  consults: [csmTargetLedger],
  rows: (frame) =>
    owned(frame, sql`SELECT * FROM (${mrrMovements.rows(frame)}) WHERE kind = 'expansion'`, 'day', 'day, subscription_id, cause, amount, yearly', [
      'expansion',
    ]),
})
