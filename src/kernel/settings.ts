import { refuse } from './errors.ts'
import { isZone } from './period.ts'
import { bare } from './bare.ts'

/**
 * Settings that move numbers. They belong to the workspace, their history is kept, and the fingerprint of those that
 * applied travels with every result.
 */
export interface SettingDefinition {
  readonly says: string
  readonly fallback: string
  /** `weights`: `count` numbers; `days_by_name`: Enterprise=30, SMB=180. */
  readonly kind: 'choice' | 'number' | 'text' | 'zone' | 'currency' | 'list' | 'weights' | 'days_by_name' | 'tree'
  readonly count?: number
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** An empty value is allowed and means "none". */
  readonly optional?: boolean
  /** Ledgers depend on it: they are derived again when it changes. */
  readonly rebuilds: boolean
  /** Decides only what is shown first: no number depends on it, so it is in no fingerprint. */
  readonly shows?: true
}

/** Net new MRR as the sum of its six movements: a North Star that any company with subscriptions has. */
const NET_NEW_MRR = JSON.stringify({
  name: 'Net new MRR',
  metric: 'net_new_mrr',
  kind: 'additive',
  children: [
    { metric: 'new_mrr', sign: 1 },
    { metric: 'expansion_mrr', sign: 1 },
    { metric: 'reactivation_mrr', sign: 1 },
    { metric: 'contraction_mrr', sign: -1 },
    { metric: 'churned_mrr', sign: -1 },
    { metric: 'fx_mrr', sign: 1 },
  ],
})

const define = <const T extends Record<string, SettingDefinition>>(definitions: T): { readonly [K in keyof T]: SettingDefinition } => bare(definitions)

export const SETTINGS = define({
  business_type: {
    says: 'What the company sells, which decides which metrics are shown first; all others stay one click away',
    fallback: 'all',
    kind: 'choice',
    choices: ['all', 'saas', 'telecom', 'shop', 'services'],
    rebuilds: false,
    shows: true,
  },
  time_zone: { says: 'Zone in which days, months and periods begin', fallback: 'UTC', kind: 'zone', rebuilds: true },
  reporting_currency: { says: 'Currency in which money is reported', fallback: 'USD', kind: 'currency', rebuilds: true },
  churn_date: {
    says: 'When an account that gave notice counts as lost: when paid service ends, or when notice is given',
    fallback: 'service_end',
    kind: 'choice',
    choices: ['service_end', 'cancellation'],
    rebuilds: true,
  },
  dunning_days: { says: 'Days after the due date that a past-due account stays a customer', fallback: '30', kind: 'number', min: 0, max: 365, rebuilds: true },
  mrr_discounts: {
    says: 'Which discounts lower MRR: those that recur, all, only those for ever, or none',
    fallback: 'recurring',
    kind: 'choice',
    choices: ['recurring', 'all', 'forever_only', 'none'],
    rebuilds: true,
  },
  usage_in_mrr: {
    says: 'Whether metered charges count in MRR: not at all, or as the mean of the three months before',
    fallback: 'none',
    kind: 'choice',
    choices: ['none', 'trailing_3_month_mean'],
    rebuilds: true,
  },
  reactivation_window_days: {
    says: 'Days after which a returning account counts as new; empty means never',
    fallback: '',
    kind: 'number',
    min: 1,
    max: 3650,
    optional: true,
    rebuilds: true,
  },
  renewal_min_term_months: {
    says: 'Shortest contract term, in months, that counts as a renewal when it continues',
    fallback: '12',
    kind: 'number',
    min: 1,
    max: 120,
    rebuilds: true,
  },
  renewal_grace_days: {
    says: 'Days after the due date in which a late renewal still counts',
    fallback: '30',
    kind: 'number',
    min: 0,
    max: 365,
    rebuilds: false,
  },
  committed_horizon_days: { says: 'How far ahead known changes count in committed MRR', fallback: '31', kind: 'number', min: 1, max: 730, rebuilds: false },
  c2_horizon_days: { says: 'Days a first buyer has for the second purchase', fallback: '90', kind: 'number', min: 1, max: 730, rebuilds: false },
  renewals_count: {
    says: 'Whether the second paid bill of a subscription is a second purchase',
    fallback: 'yes',
    kind: 'choice',
    choices: ['yes', 'no'],
    rebuilds: false,
  },
  revenue_basis: {
    says: 'When revenue counts: on the day it is billed, or day by day over the service it pays for',
    fallback: 'billed',
    kind: 'choice',
    choices: ['billed', 'recognised'],
    rebuilds: true,
  },
  earned_sources: {
    says: 'Acquisition sources that count as earned growth',
    fallback: 'earned, referral, referred, recommendation, word of mouth',
    kind: 'list',
    rebuilds: false,
  },
  gross_margin: {
    says: 'Share of revenue left after the cost of serving it; used in lifetime value',
    fallback: '0.8',
    kind: 'number',
    min: 0,
    max: 1,
    rebuilds: false,
  },
  ltv_churn_months: { says: 'Full months whose churn is pooled for lifetime value', fallback: '6', kind: 'number', min: 1, max: 36, rebuilds: false },
  session_gap_minutes: {
    says: 'Minutes without an event of a user after which the next one begins a new session',
    fallback: '30',
    kind: 'number',
    min: 1,
    max: 1440,
    rebuilds: true,
  },
  idle_events: {
    says: 'Names of usage events that are no use of the product: heartbeats, opened e-mails ...',
    fallback: '',
    kind: 'list',
    optional: true,
    rebuilds: true,
  },
  value_events: {
    says: 'Names of usage events that are the first value an account gets, such as "report shared"; features can be marked as value too',
    fallback: '',
    kind: 'list',
    optional: true,
    rebuilds: true,
  },
  value_clock: {
    says: 'From when the time to first value runs: the first day an account pays, or the day it signed up',
    fallback: 'first_paid',
    kind: 'choice',
    choices: ['first_paid', 'sign_up'],
    rebuilds: false,
  },
  activation_days: { says: 'Days within which an account should get its first value', fallback: '30', kind: 'number', min: 1, max: 730, rebuilds: false },
  adoption_uses: {
    says: 'Uses of a feature within 28 days from which on an account has adopted it',
    fallback: '3',
    kind: 'number',
    min: 1,
    max: 1000,
    rebuilds: false,
  },
  seat_products: {
    says: 'Products whose quantity is the number of paid seats; empty means the product with the largest quantity',
    fallback: '',
    kind: 'list',
    optional: true,
    rebuilds: false,
  },
  survey_window_days: {
    says: 'Days before the end of a period whose survey answers count in it',
    fallback: '90',
    kind: 'number',
    min: 1,
    max: 730,
    rebuilds: false,
  },
  feedback_max_age_days: {
    says: 'Days for which an answer or an interview still speaks for its account',
    fallback: '180',
    kind: 'number',
    min: 1,
    max: 730,
    rebuilds: false,
  },
  outcome_max_age_days: {
    says: 'Days for which a measured outcome counts as its current value',
    fallback: '90',
    kind: 'number',
    min: 1,
    max: 730,
    rebuilds: false,
  },
  advocacy_horizon_days: {
    says: 'Days a referral has to become a customer, and a promoter to act',
    fallback: '180',
    kind: 'number',
    min: 1,
    max: 730,
    rebuilds: false,
  },
  reference_months: {
    says: 'Months after which consent to act as a reference ends when it names no day',
    fallback: '12',
    kind: 'number',
    min: 1,
    max: 120,
    rebuilds: true,
  },
  invoice_grace_days: { says: 'Days after the due date on which a payment is still on time', fallback: '3', kind: 'number', min: 0, max: 90, rebuilds: true },
  expansion_attribution_days: {
    says: 'Days between a won deal and an expansion within which the one explains the other',
    fallback: '30',
    kind: 'number',
    min: 0,
    max: 365,
    rebuilds: false,
  },
  clv_discount_rate: {
    says: 'Yearly rate at which later payments are discounted in the value of a cohort',
    fallback: '0.1',
    kind: 'number',
    min: 0,
    max: 1,
    rebuilds: false,
  },
  csi_weights: {
    says: 'Weights of satisfaction, expectancy and closeness to ideal in the satisfaction index',
    fallback: '1, 1, 1',
    kind: 'weights',
    count: 3,
    rebuilds: false,
  },
  ce_weights: {
    says: 'Weights of CSAT, effort and satisfaction index in customer experience',
    fallback: '0.4, 0.4, 0.2',
    kind: 'weights',
    count: 3,
    rebuilds: false,
  },
  co_weights: { says: 'Weights of value realization and word of mouth in customer outcomes', fallback: '0.6, 0.4', kind: 'weights', count: 2, rebuilds: false },
  support_calendar: {
    says: 'Business calendar of tickets that name none; empty means the first by its id',
    fallback: '',
    kind: 'text',
    optional: true,
    rebuilds: true,
  },
  support_clock: {
    says: 'In which time support is measured: all hours, or only those of the business calendar of the ticket',
    fallback: 'calendar',
    kind: 'choice',
    choices: ['calendar', 'business'],
    rebuilds: false,
  },
  first_response_target_minutes: {
    says: 'Minutes within which a ticket is to get its first reply',
    fallback: '480',
    kind: 'number',
    min: 1,
    max: 43200,
    rebuilds: false,
  },
  coverage_days: { says: 'Days back in which a two-way touch counts', fallback: '90', kind: 'number', min: 1, max: 730, rebuilds: false },
  coverage_days_by_segment: {
    says: 'The same for some segments: Enterprise=30, SMB=180; empty means the same days for all',
    fallback: '',
    kind: 'days_by_name',
    min: 1,
    max: 730,
    optional: true,
    rebuilds: false,
  },
  north_star: { says: 'The tree of metrics the team steers by, edited on the page of the North Star', fallback: NET_NEW_MRR, kind: 'tree', rebuilds: false },
  churn_history_months: {
    says: 'Months before the period from which the expected churn of a segment is taken',
    fallback: '12',
    kind: 'number',
    min: 1,
    max: 60,
    rebuilds: false,
  },
})

export type SettingKey = keyof typeof SETTINGS
export type Settings = Readonly<Record<SettingKey, string>>
export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[]
export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(SETTINGS, key)

export const defaultSettings: Settings = Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key].fallback])) as Record<SettingKey, string>

/** The value as it is stored, or an error that says what is allowed. */
export function checkSetting(key: string, value: string): string {
  if (!isSettingKey(key)) throw refuse('unknown_setting', `There is no setting "${key}".`, `Settings are: ${SETTING_KEYS.join(', ')}.`)
  const definition = SETTINGS[key]
  const text = value.trim()
  const bad = (cure: string) => refuse('bad_setting', `"${value}" does not fit the setting ${key}.`, cure)
  if (text === '') {
    if (definition.optional === true) return ''
    throw bad(`It cannot be empty; the usual value is "${definition.fallback}".`)
  }
  switch (definition.kind) {
    case 'choice':
      if (!(definition.choices ?? []).includes(text)) throw bad(`Choose one of ${(definition.choices ?? []).join(', ')}.`)
      return text
    case 'zone':
      if (!isZone(text)) throw bad('Give an IANA zone such as America/New_York or Europe/Berlin.')
      return text
    case 'currency':
      if (!Intl.supportedValuesOf('currency').includes(text.toUpperCase())) throw bad('Give the code of a currency (ISO 4217) such as USD or EUR.')
      return text.toUpperCase()
    case 'number': {
      const number = Number(text)
      const [min, max] = [definition.min ?? -Infinity, definition.max ?? Infinity]
      if (!Number.isFinite(number) || number < min || number > max) throw bad(`Give a number from ${min} to ${max}.`)
      return String(number)
    }
    case 'weights': {
      const weights = text.split(',').map((item) => (item.trim() === '' ? NaN : Number(item)))
      if (weights.length !== definition.count || !weights.every((weight) => weight >= 0 && Number.isFinite(weight)) || !weights.some((weight) => weight > 0))
        throw bad(`Give ${definition.count} numbers, none below 0 and not all 0, with commas between them: ${definition.fallback}.`)
      return text
    }
    case 'days_by_name': {
      const [min, max] = [definition.min ?? 0, definition.max ?? Infinity]
      const days = text.split(',').map((pair) => /^\s*[^=\s][^=]*=\s*(\d+)\s*$/.exec(pair)?.[1])
      if (!days.every((each) => each !== undefined && Number(each) >= min && Number(each) <= max))
        throw bad(`Give names with days from ${min} to ${max}, with commas between them: Enterprise=30, SMB=180.`)
      return text
    }
    case 'list':
    case 'tree':
    case 'text':
      return text
  }
}

export const settingList = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '')

/** A short fingerprint (FNV-1a, 64 bit) of settings and what else counts, stable over processes and machines. */
export function settingsHash(
  settings: Settings,
  keys: readonly SettingKey[] = SETTING_KEYS.filter((key) => SETTINGS[key].shows !== true),
  beside = '',
): string {
  let hash = 0xcbf29ce484222325n
  for (const char of `${keys
    .map((key) => `${key}=${settings[key]}`)
    .sort()
    .join('\n')}${beside}`)
    hash = BigInt.asUintN(64, (hash ^ BigInt(char.codePointAt(0) ?? 0)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}

export const REBUILDING_SETTINGS = SETTING_KEYS.filter((key) => SETTINGS[key].rebuilds)
