import { MEASURED_OUTCOME } from '../../ledgers/attainment.ts'
import { conversation } from '../../facts/conversation.ts'
import { outcome } from '../../facts/outcome.ts'
import { referenceConsent } from '../../facts/reference-consent.ts'
import { referral } from '../../facts/referral.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { advocacyActLedger } from '../../ledgers/advocacy-act-ledger.ts'
import { confirmedOutcomeLedger } from '../../ledgers/confirmed-outcome-ledger.ts'
import { conversationLedger } from '../../ledgers/conversation-ledger.ts'
import { outcomeLedger } from '../../ledgers/outcome-ledger.ts'
import { referenceConsentLedger } from '../../ledgers/reference-consent-ledger.ts'
import { referralLedger } from '../../ledgers/referral-ledger.ts'
import { requestLedger } from '../../ledgers/request-ledger.ts'
import { bySetting } from '../kit/option.ts'
import type { Options } from '../kit/option.ts'
import { atEnds, defineRowSet, inPeriods, optionOf } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'
import { accountArr } from './subscription-balances.ts'
import { trailing } from './survey-responses.ts'

/** Accounts that pay when the period ends, with their ARR then. */
export const customersAtEnd = accountArr

/** Accounts and periods in which a ledger has a row that happened in the period. */
const happened = (frame: Frame, rows: Sql): Sql => {
  const { period, rest } = inPeriods(frame, sql`day`)
  return sql`SELECT DISTINCT toInt32(${period}) AS period, account_id FROM (${rows}) ${rest}`
}

/** ... or one that holds at its end. */
const holds = (frame: Frame, rows: Sql): Sql => {
  const { period, rest } = atEnds(frame)
  return sql`SELECT DISTINCT toInt32(${period}) AS period, account_id FROM (${rows}) ${rest}`
}

const isIn = (rows: Sql): Sql => sql`(period, account_id) IN (${rows})`

export const customers = defineRowSet({
  id: 'customers',
  says: 'One row per customer at the end of the period, with what it has said, proved and given back.',
  columns: {
    arr: { name: 'ARR', kind: 'money' },
    interviewed: { name: 'Interviewed lately', kind: 'boolean', needs: [[conversation]] },
    consents: { name: 'Consents to be a reference', kind: 'boolean', needs: [[referenceConsent]] },
    blocked: { name: 'Has an open blocking bug', kind: 'boolean' },
    refers: { name: 'Referred somebody in the period', kind: 'boolean', needs: [[referral]] },
    has_outcomes: { name: 'Has outcomes', kind: 'boolean', needs: [[outcome]] },
    proved: { name: 'Confirmed an outcome as reached', kind: 'boolean', needs: MEASURED_OUTCOME },
  },
  consults: [conversationLedger, referenceConsentLedger, requestLedger, referralLedger, outcomeLedger, confirmedOutcomeLedger],
  options: { window_days: bySetting('feedback_max_age_days', 'Days before the end of the period in which it was') },
  rows: (frame) => {
    const lately = trailing(frame, Number(optionOf(frame, 'window_days')))
    const interviews = sql`SELECT account_id, day FROM (${frame.ledger(conversationLedger)}) WHERE kind IN ('interview', 'focus_group')`
    const proofs = sql`
      SELECT account_id, min(day) AS day, toDate32('2299-12-31') AS until FROM (${frame.ledger(confirmedOutcomeLedger)})
      WHERE attainment = 1 GROUP BY account_id`
    return sql`
    SELECT period, account_id, arr,
      ${isIn(happened(lately, interviews))} AS interviewed,
      ${isIn(holds(frame, sql`SELECT account_id, day, until FROM (${frame.ledger(referenceConsentLedger)})`))} AS consents,
      ${isIn(holds(frame, sql`SELECT account_id, day, until FROM (${frame.ledger(requestLedger)}) WHERE kind = 'bug' AND blocking = 1`))} AS blocked,
      ${isIn(happened(frame, sql`SELECT account_id, day FROM (${frame.ledger(referralLedger)})`))} AS refers,
      ${isIn(holds(frame, sql`SELECT account_id, day, until FROM (${frame.ledger(outcomeLedger)})`))} AS has_outcomes,
      ${isIn(holds(frame, proofs))} AS proved
    FROM (${customersAtEnd(frame)})`
  },
})

/** How long a referral or a promoter is followed. */
export const horizonDays = (frame: Frame): Sql => param('Int32', Number(optionOf(frame, 'horizon_days')))
export const asOf = (frame: Frame): Sql => param('Date32', frame.asOf)

export const HORIZON_OPTION = {
  horizon_days: bySetting('advocacy_horizon_days', 'Days that are followed; only what has had them all counts'),
} satisfies Options

export const referrals = defineRowSet({
  id: 'referrals',
  says: 'One row per referral in the period.',
  columns: {
    day: { name: 'Day', kind: 'day' },
    referral: { name: 'Referral', kind: 'text' },
    contact_id: { name: 'Contact', kind: 'text' },
    referred: { name: 'Referred', kind: 'text' },
    matured: { name: 'Has had its time', kind: 'boolean' },
    converted: { name: 'Became a customer in time', kind: 'boolean' },
  },
  options: HORIZON_OPTION,
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    const horizon = sql`addDays(day, ${horizonDays(frame)})`
    return sql`
    SELECT ${period} AS period, account_id, day, referral, contact_id, referred, ${horizon} < ${asOf(frame)} AS matured,
      converted_on >= day AND converted_on <= ${horizon} AS converted
    FROM (${frame.ledger(referralLedger)}) ${rest}`
  },
})

export const acts = defineRowSet({
  id: 'advocacy_acts',
  says: 'One row per act of advocacy in the period.',
  columns: {
    day: { name: 'Day', kind: 'day' },
    kind: { name: 'Kind', kind: 'text' },
    contact_id: { name: 'Contact', kind: 'text' },
    title: { name: 'Title', kind: 'text' },
  },
  own: { kind: 'kind' },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    return sql`SELECT ${period} AS period, account_id, day, kind, contact_id, title FROM (${frame.ledger(advocacyActLedger)}) ${rest}`
  },
})
