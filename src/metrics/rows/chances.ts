import { identifier, param, sql, table } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { DECISIONS, HORIZON, IS_LIVED, IS_TOLD, PRIOR, saidOnce } from '../../ledgers/health-said.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { defineRowSet } from '../kit/row-set.ts'
import type { Frame, RowSet } from '../kit/row-set.ts'
import { NEEDS_CUSTOMERS, latest, sixDecimals, saidAtClose, toldDays } from './said-of-customers.ts'

const horizon = param('Int32', HORIZON)
const prior = param('Int32', PRIOR)
const NEVER = param('Date32', '2299-12-31')
/** Something that an account did: when, and from when until when it was known. */
const outcome = elementsOf('one', ['on', 'known', 'over'])

/** Decisions to leave all, by account and way of telling. */
const decisions: Sql = sql`
  SELECT account_id, ${IS_LIVED} AS is_lived, groupArray((decided_on, known_on, ifNull(taken_back_on, ${NEVER}))) AS outcomes
  FROM ${table(DECISIONS)} FINAL WHERE is_whole AND ${IS_TOLD} GROUP BY account_id, is_lived`

const expansions = (frame: Frame): Sql => sql`
  SELECT account_id, toUInt8(lived) AS is_lived, groupArray((day, day, ${NEVER})) AS outcomes
  FROM (${frame.ledger(mrrMovementLedger)}) ARRAY JOIN [0, 1] AS lived WHERE kind = 'expansion' AND head = 1 GROUP BY account_id, is_lived`

/**
 * How many customers of each phase there were at the ends of months, by band, and how many of them did it within the horizon, as
 * known at the close that each period is told by. Only months of which the whole horizon has passed count, from one horizon
 * after the first day of which something was said. Days that were lived, else those worked out later: never both.
 */
function counted(frame: Frame, outcomes: Sql): Sql {
  const months = saidOnce(['phase', 'band'], sql`day = toLastDayOfMonth(day) AND day <= ${latest(frame)}`)
  const cells = sql`
    SELECT m.is_lived AS is_lived, m.day AS day, toString(m.phase) AS phase, toString(m.band) AS band,
      arraySort(arrayFilter(one -> ${outcome.on} > m.day AND ${outcome.on} <= addDays(m.day, ${horizon}), o.outcomes)) AS within, count() AS n
    FROM (${months}) AS m LEFT JOIN (${outcomes}) AS o ON o.account_id = m.account_id AND o.is_lived = m.is_lived
    WHERE m.phase != '' GROUP BY is_lived, day, phase, band, within`
  const bands = sql`
    SELECT s.period AS period, s.is_lived AS is_lived, c.phase AS phase, c.band AS band, sum(c.n) AS seen,
      sumIf(c.n, arrayExists(one -> ${outcome.known} <= s.last AND ${outcome.over} > s.last, c.within)) AS did
    FROM ${frame.everyShard(cells)} AS c
    INNER JOIN (SELECT period, is_lived, min(day) AS first, max(day) AS last FROM (${toldDays(frame, sql`1`)}) GROUP BY period, is_lived) AS s
      ON s.is_lived = c.is_lived
    WHERE c.day >= addDays(s.first, ${horizon}) AND c.day <= addDays(s.last, -${horizon})
    GROUP BY period, is_lived, phase, band`
  return sql`
    SELECT *, max(is_lived) OVER (PARTITION BY period) AS best FROM (
      SELECT period, is_lived, phase, sum(seen) AS phase_seen, sum(did) AS phase_did,
        groupArray(band) AS bands, groupArray(seen) AS bands_seen, groupArray(did) AS bands_did
      FROM (${bands}) GROUP BY period, is_lived, phase)
    QUALIFY is_lived = best`
}

/** SQL: the rate of a band, drawn to that of its phase; null where nobody was seen in the phase. */
const chance = (counts: 'own' | 'due'): Sql => {
  const of = (column: string): Sql => sql`${identifier(counts)}.${identifier(column)}`
  const ofBand = (column: string): Sql => sql`${of(column)}[indexOf(${of('bands')}, band)]`
  const phase = sql`(${of('phase_did')} / ${of('phase_seen')})`
  return sql`if(${of('phase_seen')} = 0, NULL, toNullable((${ofBand('bands_did')} + ${prior} * ${phase}) / (${ofBand('bands_seen')} + ${prior})))`
}

const columns: RowSet['columns'] = {
  day: { name: 'Said at the close of', kind: 'day' },
  phase: { name: 'Phase', kind: 'text' },
  band: { name: 'Band', kind: 'text' },
  chance: { name: 'Chance', kind: 'number' },
  arr: { name: 'ARR', kind: 'money' },
  expected: { name: 'Chance x ARR', kind: 'money' },
  decided_on: { name: 'Decided on', kind: 'day' },
  is_lived: { name: 'Told by days that were lived', kind: 'boolean' },
}

function withChances(frame: Frame, outcomes: Sql): Sql {
  const said = saidAtClose(frame, ['phase', 'band', 'arr', 'decided_on', 'next_deadline', 'deadline_arr'])
  return sql`
    SELECT *, ${sixDecimals(sql`toFloat64(arr) * ifNull(chance, 0)`)} AS expected, ${sixDecimals(sql`toFloat64(due_arr) * ifNull(stays, 0)`)} AS renewed,
      ${sixDecimals(sql`ifNull(pow(toFloat64(arr), 2) * chance * (1 - chance), 0)`)} AS variance,
      ${sixDecimals(sql`ifNull(chance, 0)`)} AS exact_chance, ${sixDecimals(sql`ifNull(stays, 0)`)} AS exact_stays
    FROM (
      SELECT p.period AS period, p.account_id AS account_id, p.day AS day, toString(p.said_phase) AS phase, toString(p.said_band) AS band,
        ${sixDecimals(sql`p.said_arr`)} AS arr, p.decided_on AS decided_on, p.next_deadline AS next_deadline,
        if(isNull(p.next_deadline), arr, ${sixDecimals(sql`p.deadline_arr`)}) AS due_arr,
        p.is_lived AND (own.phase_seen = 0 OR own.is_lived) AS is_lived,
        ${chance('own')} AS chance, ${chance('due')} AS chance_when_due,
        intDiv(greatest(dateDiff('day', p.day, ifNull(p.next_deadline, p.day)) - ${horizon}, 0) + ${horizon} - 1, ${horizon}) AS spells,
        multiIf(phase = '', NULL, phase = 'later', pow(1 - chance, spells) * (1 - chance_when_due), 1 - chance) AS stays
      FROM (SELECT * EXCEPT (arr, phase, band), arr AS said_arr, phase AS said_phase, band AS said_band FROM (${said})) AS p
      LEFT JOIN (${counted(frame, outcomes)}) AS own ON own.period = p.period AND own.phase = p.said_phase
      LEFT JOIN (SELECT * FROM (${counted(frame, outcomes)}) WHERE phase = 'in_window') AS due ON due.period = p.period)`
}

const SAYS = 'by what became of customers of its phase and band at the ends of months before'

export const chancesToLeave = defineRowSet({
  id: 'chances_to_leave',
  says: `One row per customer of whom something was said at the last close at or before the end of the period, with its chance to decide to leave within ${HORIZON} days, ${SAYS}.`,
  columns: {
    ...columns,
    next_deadline: { name: 'Must decide by', kind: 'day' },
    due_arr: { name: 'ARR by then', kind: 'money' },
    stays: { name: 'Chance to renew', kind: 'number' },
  },
  own: { band: 'band' },
  needs: NEEDS_CUSTOMERS,
  rows: (frame) => withChances(frame, decisions),
})

export const chancesToExpand = defineRowSet({
  id: 'chances_to_expand',
  says: `One row per customer of whom something was said at the last close at or before the end of the period, with its chance to expand within ${HORIZON} days, ${SAYS}.`,
  columns,
  own: { band: 'band' },
  needs: NEEDS_CUSTOMERS,
  consults: [mrrMovementLedger],
  rows: (frame) => withChances(frame, expansions(frame)),
})
