import { signal } from '../facts/signal.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'
import { mrrMovementLedger } from './mrr-movement-ledger.ts'
import { taskLedger } from './task-ledger.ts'
import { touchpointLedger } from './touchpoint-ledger.ts'
import { elementsOf } from './tuple.ts'

const MOVEMENT = ['day', 'kind'] as const
const [m, event] = [elementsOf('m', MOVEMENT), elementsOf('came[1]', MOVEMENT)]

/**
 * Signals with what was done about them and what became of the account. What a source does not say is taken from the
 * account's own touchpoints, tasks and MRR movements.
 */
export const signalLedger = defineLedger({
  id: 'signal',
  says: 'One signal of an account, with the first action after it and the event it foretold, if that came within its horizon.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    signal_id: { type: 'String', says: 'The signal' },
    rule: { type: 'LowCardinality(String)', says: 'The rule that raised it' },
    predicts: { type: 'LowCardinality(String)', says: 'What it foretells' },
    raised_at: { type: "DateTime64(3, 'UTC')", says: 'When it was raised' },
    raised_on: { type: 'Date32', says: 'Local day on which it was raised' },
    horizon_ends_on: { type: 'Date32', says: 'Last day on which the event counts' },
    acted_at: { type: "Nullable(DateTime64(3, 'UTC'))", says: 'First action after it' },
    acted_on: { type: 'Nullable(Date32)', says: 'Its local day' },
    event_on: { type: 'Nullable(Date32)', says: 'Local day of the event within the horizon' },
  },
  orderBy: ['account_id', 'raised_on'],
  after: [accountLedger, mrrMovementLedger, taskLedger, touchpointLedger],
  derive: (from) => {
    const signals = countedVersions(from, signal)
    const warned = sql`account_id IN (SELECT account_id FROM (${signals}))`
    return sql`
    SELECT s.account_id AS account_id, s.signal_id AS signal_id, s.rule AS rule, s.predicts AS predicts, s.raised_at AS raised_at,
      ${localDay(from, 's.raised_at')} AS raised_on,
      addDays(raised_on, toInt32(ifNull(s.horizon_days, 90))) AS horizon_ends_on,
      arrayFirstOrNull(x -> x >= s.raised_at, a.actions) AS found_action,
      if(isNull(s.first_action_at), found_action, greatest(s.first_action_at, s.raised_at)) AS acted_at, ${localDay(from, 'acted_at')} AS acted_on,
      arrayFilter(m -> ${m.kind} = s.predicts AND ${m.day} > raised_on AND ${m.day} <= horizon_ends_on, e.movements) AS came,
      if(length(came) > 0, toNullable(${event.day}), NULL) AS found_event,
      if(isNull(s.event_at), found_event, if(${localDay(from, 's.event_at')} >= raised_on AND ${localDay(from, 's.event_at')} <= horizon_ends_on,
        ${localDay(from, 's.event_at')}, NULL)) AS event_on
    FROM (${signals}) AS s
    LEFT JOIN (
      SELECT account_id, arraySort(groupArray(at)) AS actions FROM (
        SELECT account_id, happened_at AS at FROM (${from.ledger(touchpointLedger)}) WHERE ${warned}
        UNION ALL SELECT account_id, created_at AS at FROM (${from.ledger(taskLedger)}) WHERE ${warned})
      GROUP BY account_id) AS a ON a.account_id = s.account_id
    LEFT JOIN (
      SELECT account_id, arraySort(groupArray((day, toString(kind)))) AS movements FROM (${from.ledger(mrrMovementLedger)})
      WHERE head = 1 AND kind IN ('churn', 'contraction', 'expansion') AND ${warned}
      GROUP BY account_id) AS e ON e.account_id = s.account_id`
  },
})
