import { bare } from '../bare.ts'
/** The words of health, warnings and decisions: the one place for rules, API, web, command line and mail. */

/** How an account is, the worst first. Colour is never alone: a shape and the word stand beside it. */
export const BANDS = {
  red: { label: 'Red', says: 'Below 40: likely to leave' },
  amber: { label: 'Amber', says: 'From 40 to 70, or something is not known that green would need' },
  green: { label: 'Green', says: '70 and more, with every family of the model known' },
  unknown: { label: 'Unknown', says: 'Less than half of what counts is known: no score' },
} as const satisfies Readonly<Record<string, { label: string; says: string }>>
export type BandId = keyof typeof BANDS
export const BAND_IDS = Object.keys(BANDS) as [BandId, ...BandId[]]

/** A CSM's own view beside the score. */
export const PULSES = { green: 'Green', amber: 'Amber', red: 'Red', purple: 'No view' } as const

/** How one line of what was looked at stands. */
export const CHECK_STATES = {
  fired: { label: 'Fired', says: 'It speaks against the account' },
  clear: { label: 'Checked and clear', says: 'It was looked at and is in order' },
  not_checkable: { label: 'Not checkable', says: 'Nothing is known by which it could be checked' },
} as const
export type CheckState = keyof typeof CHECK_STATES
export const CHECK_STATE_IDS = Object.keys(CHECK_STATES) as [CheckState, ...CheckState[]]

/** Caps of the product by id: what they are called, and what they say while they hold and while they do not. */
const CAPS = bare<Readonly<Record<string, { label: string; clear: string }>>>({
  notice_given: { label: 'Notice given', clear: 'No notice was given' },
  auto_renew_off: { label: 'Auto-renewal off', clear: 'Auto-renewal was not switched off' },
  past_due_60: { label: 'Invoice 60 days late', clear: 'No invoice is more than 60 days late' },
  critical_ticket_7: { label: 'Urgent ticket open', clear: 'No urgent ticket is open for more than 7 days' },
  champion_left: { label: 'Champion left', clear: 'The champion is there' },
  licence_use_low: { label: 'Seats not used', clear: 'At least half of the seats are used' },
})
/** Own caps of a model are called by their id. */
export const capWords = (id: string): { readonly label: string; readonly clear: string } =>
  Object.hasOwn(CAPS, id) ? (CAPS[id] as { label: string; clear: string }) : { label: inWords(id), clear: 'Its condition does not hold' }

/** Why an input of a model cannot be checked. */
const MISSING = bare<Readonly<Record<string, string>>>({
  not_connected: 'No source of it is connected',
  never_seen: 'Nobody of this account was ever seen',
  stale: 'What is known is too old',
  no_seats: 'No seats are known',
  silent: 'No ticket and no use: silence is not clear',
  no_answers: 'Nobody of this account ever answered',
  none_due: 'No invoice was due yet',
})
/** A reason of a metric's own comes with its own words. */
export const missingWords = (reason: string): string => MISSING[Object.hasOwn(MISSING, reason) ? reason : ''] ?? inWords(reason)

/** What a warning is about. */
export const SIGNAL_CLASSES = {
  risk: { label: 'Risk', says: 'Foretells a decision to leave' },
  opportunity: { label: 'Opportunity', says: 'Foretells growth, or a story to tell' },
  data: { label: 'Data', says: 'Too little is known' },
  decided: { label: 'Decided', says: 'Reports a decision to leave' },
} as const
export type SignalClass = keyof typeof SIGNAL_CLASSES
export const SIGNAL_CLASS_IDS = Object.keys(SIGNAL_CLASSES) as [SignalClass, ...SignalClass[]]

/** Why a warning was closed. */
export const CLOSE_REASONS = {
  left: { label: 'Left', says: 'The account is no longer a customer' },
  decided: { label: 'Decided', says: 'The account has decided' },
  corrected: { label: 'Corrected', says: 'Withdrawn: the fact behind it was late, wrong or deleted' },
  ended: { label: 'Ended', says: 'Withdrawn: its condition no longer holds' },
  expired: { label: 'Expired', says: 'It stood for its whole time' },
  done: { label: 'Done', says: 'Somebody dealt with it' },
  not_so: { label: 'Not so', says: 'Somebody said it was a false alarm' },
} as const
export type CloseReasonId = keyof typeof CLOSE_REASONS
export const CLOSE_REASON_IDS = Object.keys(CLOSE_REASONS) as [CloseReasonId, ...CloseReasonId[]]

/** What is to be known of a deadline. */
export const DEADLINE_FLAGS = {
  must_sign: { label: 'Must be signed', says: 'It ends unless it is signed again' },
  overdue: { label: 'Overdue', says: 'Its renewal has passed and nobody signed' },
  locked_in: { label: 'Locked in', says: 'The window to leave has passed: it renews once more before the next' },
  rolled: { label: 'Rolled over', says: 'Its renewal has passed and no newer terms came: it is taken to have renewed' },
  notice_unknown: { label: 'At the latest', says: 'The days of notice are not known: the deadline may be earlier' },
  auto_renew_unknown: { label: 'Renewal unknown', says: 'Whether it renews by itself is not known: it is taken to' },
} as const
export const DEADLINE_FLAG_IDS = Object.keys(DEADLINE_FLAGS) as [keyof typeof DEADLINE_FLAGS, ...(keyof typeof DEADLINE_FLAGS)[]]

/** How a contract goes on. */
export const CONTRACT_TYPES = { month_to_month: 'Month to month', auto_renew: 'Renews by itself', must_sign: 'Must be signed' } as const
export const CONTRACT_TYPE_IDS = Object.keys(CONTRACT_TYPES) as [keyof typeof CONTRACT_TYPES, ...(keyof typeof CONTRACT_TYPES)[]]

/** By what a decision to leave is known. */
export const DECISION_SOURCES = {
  notice: 'Notice given',
  auto_renew_off: 'Auto-renewal switched off',
  non_renewal: 'Known not to renew',
  end_without_notice: 'Ended without notice',
} as const
export const DECISION_SOURCE_IDS = Object.keys(DECISION_SOURCES) as [keyof typeof DECISION_SOURCES, ...(keyof typeof DECISION_SOURCES)[]]

/** Why a score moved. */
export const MOVER_STEPS = {
  corrected: { label: 'Learnt', says: 'Facts of before that were recorded, corrected or withdrawn since' },
  model: { label: 'Model', says: 'Another model, or another version of it' },
  happened: { label: 'Happened', says: 'What happened since' },
} as const
export const MOVER_STEP_IDS = Object.keys(MOVER_STEPS) as [keyof typeof MOVER_STEPS, ...(keyof typeof MOVER_STEPS)[]]

function inWords(id: string): string {
  const text = id.replaceAll('_', ' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
