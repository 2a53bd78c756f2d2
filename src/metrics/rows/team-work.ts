import { onboardingLedger } from '../../ledgers/onboarding-ledger.ts'
import { playRunLedger } from '../../ledgers/play-run-ledger.ts'
import { signalLedger } from '../../ledgers/signal-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { taskLedger } from '../../ledgers/task-ledger.ts'
import { touchpointLedger } from '../../ledgers/touchpoint-ledger.ts'
import { addDays, startOfDay } from '../../kernel/period.ts'
import { settingList } from '../../kernel/settings.ts'
import { identifier, param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { bySetting } from '../kit/option.ts'
import { optionOf, atEnds, defineRowSet, inPeriods, untils } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'
import { valueIn, valuesEver } from '../kit/account-attributes.ts'

const asOf = (frame: Frame): Sql => param('Date32', frame.asOf)

/** Days back in which a touch counts: of the segment where the setting names it, else of all. */
function windows(frame: Frame): { readonly usual: number; readonly segments: readonly string[]; readonly days: readonly number[] } {
  const usual = Number(optionOf(frame, 'window_days'))
  const named = frame.named.has('window_days') ? [] : settingList(frame.settings.coverage_days_by_segment)
  const tiers = named.map((text) => text.split('=').map((part) => part.trim())).filter(([segment, days]) => segment !== '' && Number(days) > 0)
  return { usual, segments: tiers.map(([segment = '']) => segment), days: tiers.map(([, days]) => Math.floor(Number(days))) }
}

export const touchedCustomers = defineRowSet({
  id: 'touched_customers',
  says: 'One row per customer at the end of the period, with its two-way touches in the days before.',
  columns: {
    window_days: { name: 'Days looked at', kind: 'number' },
    touches: { name: 'Two-way touches', kind: 'number' },
    last_touch_on: { name: 'Last of them', kind: 'day' },
  },
  attributes: ['segment'],
  options: { window_days: bySetting('coverage_days', 'Days back in which a touch counts') },
  rows(frame) {
    const { usual, segments, days } = windows(frame)
    const longest = Math.max(usual, ...days)
    const customers = atEnds(frame)
    const touches = inPeriods({ ...frame, periods: frame.periods.map(({ until }) => ({ from: addDays(until, -longest), until })) }, sql`day`)
    const window =
      segments.length === 0
        ? param('UInt16', usual)
        : sql`transform(lower(${valueIn(frame, identifier('segment'))}), ${param('Array(String)', segments)},
          ${param('Array(UInt16)', days)}, ${param('UInt16', usual)})`
    const tiered = segments.length === 0 ? sql`` : sql`LEFT JOIN (${valuesEver(frame, 'segment', identifier('segment'))}) AS h ON segment_account = account_id`
    const paying = sql`SELECT account_id, day, until FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0`
    return sql`
    SELECT c.period AS period, c.account_id AS account_id, any(c.window_days) AS window_days,
      countIf(t.account_id != '' AND t.day >= addDays(${untils(frame)}[c.period + 1], -toInt32(c.window_days))) AS touches,
      if(touches > 0, toNullable(max(t.day)), NULL) AS last_touch_on
    FROM (SELECT toUInt16(${touches.period}) AS period, account_id, day
      FROM (SELECT account_id, day FROM (${frame.ledger(touchpointLedger)}) WHERE two_way = 1) ${touches.rest}) AS t
    RIGHT JOIN (
      SELECT period, account_id, ${window} AS window_days
      FROM (SELECT DISTINCT toUInt16(period) AS period, account_id
        FROM (SELECT ${customers.period} AS period, account_id FROM (${paying}) ${customers.rest})) AS e ${tiered}
    ) AS c ON c.period = t.period AND c.account_id = t.account_id
    GROUP BY period, account_id`
  },
})

export const tasksDue = defineRowSet({
  id: 'tasks_due',
  says: 'One row per task whose due day lies in the period and which was not given up.',
  columns: {
    task_id: { name: 'Task', kind: 'text' },
    title: { name: 'What', kind: 'text' },
    assignee: { name: 'Who', kind: 'text' },
    playbook: { name: 'Playbook', kind: 'text' },
    due_on: { name: 'Due', kind: 'day' },
    done_on: { name: 'Done', kind: 'day' },
    on_time: { name: 'On time', kind: 'boolean' },
  },
  own: { playbook: 'playbook', assignee: 'assignee' },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`assumeNotNull(due_on)`)
    return sql`
    SELECT ${period} AS period, account_id, task_id, title, assignee, playbook, due_on, if(done_on < ${asOf(frame)}, done_on, NULL) AS done_on,
      ifNull(done_on <= due_on, 0) AS on_time
    FROM (SELECT * FROM (${frame.ledger(taskLedger)}) WHERE isNotNull(due_on) AND (isNull(cancelled_on) OR cancelled_on >= ${asOf(frame)})) ${rest}`
  },
})

const runColumns = {
  playbook: { name: 'Playbook', kind: 'text' },
  run_id: { name: 'Run', kind: 'text' },
  started_on: { name: 'Started', kind: 'day' },
  deadline_on: { name: 'Deadline', kind: 'day' },
  finished_on: { name: 'Finished', kind: 'day' },
} as const

export const runsDue = defineRowSet({
  id: 'runs_due',
  says: 'One row per run of a playbook that started in the period and whose deadline has passed. Accounts held out are no runs.',
  columns: { ...runColumns, in_time: { name: 'Finished in time', kind: 'boolean' } },
  own: { playbook: 'playbook' },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`started_on`)
    return sql`
    SELECT ${period} AS period, account_id, playbook, run_id, started_on, deadline_on, finished_on, ifNull(finished_on <= deadline_on, 0) AS in_time
    FROM (SELECT * FROM (${frame.ledger(playRunLedger)}) WHERE arm = 'treated' AND deadline_on < ${asOf(frame)}) ${rest}`
  },
})

export const runsJudged = defineRowSet({
  id: 'runs_judged',
  says: 'One row per account that was treated by a playbook or compared with, its run begun in the period and its success known.',
  columns: { ...runColumns, arm: { name: 'Arm', kind: 'text' }, success: { name: 'Success', kind: 'text' }, success_before: { name: 'Before', kind: 'text' } },
  own: { playbook: 'playbook' },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`started_on`)
    return sql`
    SELECT ${period} AS period, account_id, playbook, run_id, started_on, deadline_on, finished_on, arm, success, success_before
    FROM (SELECT * FROM (${frame.ledger(playRunLedger)}) WHERE success != '') ${rest}`
  },
})

const signalColumns = {
  rule: { name: 'Rule', kind: 'text' },
  signal_id: { name: 'Signal', kind: 'text' },
  raised_on: { name: 'Raised', kind: 'day' },
} as const

export const signalsRaised = defineRowSet({
  id: 'signals_raised',
  says: 'One row per signal raised in the period, with the hours to the first action, or its age where nobody acted.',
  columns: { ...signalColumns, acted: { name: 'Acted on', kind: 'boolean' }, hours: { name: 'Hours', kind: 'number' } },
  own: { rule: 'rule' },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`raised_on`)
    const end = param("DateTime64(3, 'UTC')", startOfDay(frame.asOf, frame.settings.time_zone).toISOString().slice(0, -1))
    return sql`
    SELECT ${period} AS period, account_id, rule, signal_id, raised_on, ifNull(acted_on < ${asOf(frame)}, 0) AS acted,
      (toUnixTimestamp64Milli(if(acted, assumeNotNull(acted_at), ${end})) - toUnixTimestamp64Milli(raised_at)) / 3600000 AS hours
    FROM (${frame.ledger(signalLedger)}) ${rest}`
  },
})

export const signalsMatured = defineRowSet({
  id: 'signals_matured',
  says: 'One row per signal raised in the period whose horizon is over, with whether the event came.',
  columns: {
    ...signalColumns,
    horizon_ends_on: { name: 'Horizon', kind: 'day' },
    event_on: { name: 'Event', kind: 'day' },
    followed: { name: 'Event came', kind: 'boolean' },
    acted: { name: 'Acted on in time', kind: 'boolean' },
  },
  own: { rule: 'rule' },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`raised_on`)
    return sql`
    SELECT ${period} AS period, account_id, rule, signal_id, raised_on, horizon_ends_on, event_on, isNotNull(event_on) AS followed,
      ifNull(acted_on <= ifNull(event_on, horizon_ends_on), 0) AS acted
    FROM (SELECT * FROM (${frame.ledger(signalLedger)}) WHERE horizon_ends_on < ${asOf(frame)}) ${rest}`
  },
})

export const onboardingsDue = defineRowSet({
  id: 'onboardings_due',
  says: 'One row per onboarding whose agreed end lies in the period.',
  columns: {
    onboarding_id: { name: 'Onboarding', kind: 'text' },
    path: { name: 'Kind', kind: 'text' },
    led_by: { name: 'Led by', kind: 'text' },
    started_on: { name: 'Started', kind: 'day' },
    agreed_end: { name: 'Agreed end', kind: 'day' },
    finished_on: { name: 'Finished', kind: 'day' },
    on_time: { name: 'On time', kind: 'boolean' },
  },
  own: { path: 'path', led_by: 'led_by' },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`assumeNotNull(agreed_end)`)
    return sql`
    SELECT ${period} AS period, account_id, onboarding_id, path, led_by, started_on, agreed_end, finished_on, ifNull(finished_on <= agreed_end, 0) AS on_time
    FROM (SELECT * FROM (${frame.ledger(onboardingLedger)}) WHERE isNotNull(agreed_end)) ${rest}`
  },
})
