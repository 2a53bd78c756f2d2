/** Names of settings where the key does not read well by itself. */
const NAMES: Readonly<Record<string, string>> = {
  mrr_discounts: 'Discounts in MRR',
  usage_in_mrr: 'Usage in MRR',
  renewal_min_term_months: 'Shortest renewal term',
  renewal_grace_days: 'Renewal grace',
  committed_horizon_days: 'Committed MRR horizon',
  c2_horizon_days: 'Second purchase horizon',
  renewals_count: 'Renewals count as purchases',
  ltv_churn_months: 'Months of churn in lifetime value',
  dunning_days: 'Dunning time',
  reactivation_window_days: 'Reactivation window',
  session_gap_minutes: 'Gap between sessions',
  idle_events: 'Events that are no use',
  value_events: 'Events that are value',
  value_clock: 'Time to value runs from',
  activation_days: 'Activation within',
  adoption_uses: 'Uses that make adoption',
  seat_products: 'Products counted in seats',
  survey_window_days: 'Survey window',
  feedback_max_age_days: 'Feedback speaks for',
  outcome_max_age_days: 'Measured outcomes last',
  advocacy_horizon_days: 'Advocacy horizon',
  reference_months: 'Reference consent lasts',
  invoice_grace_days: 'Grace of a payment',
  expansion_attribution_days: 'Deal explains expansion within',
  clv_discount_rate: 'Discount rate of lifetime value',
  csi_weights: 'Weights of satisfaction index',
  ce_weights: 'Weights of customer experience',
  co_weights: 'Weights of customer outcomes',
  support_clock: 'Support time counts',
  first_response_target_minutes: 'First response target',
  coverage_days: 'Coverage window',
  coverage_days_by_segment: 'Coverage window by segment',
  churn_history_months: 'History of expected churn',
}

/** Choices whose words are not their key. */
const CHOICES: Readonly<Record<string, string>> = { saas: 'SaaS' }

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ')
export const settingName = (key: string): string => NAMES[key] ?? sentence(key)

/** What a stored tree is called. */
export const treeName = (stored: string): string => {
  try {
    return (JSON.parse(stored) as { name?: string }).name ?? ''
  } catch {
    return stored
  }
}

/** A value as a person reads it: the unit that the key carries, words for choices, "none" for nothing. */
export function valueWords(setting: { key: string; kind: string }, value: string): string {
  if (value === '') return 'none'
  if (setting.kind === 'tree') return treeName(value)
  if (setting.kind === 'number') {
    const unit = unitOf(setting)
    return unit === '' ? value : `${value} ${value === '1' ? unit.slice(0, -1) : unit}`
  }
  return setting.kind === 'choice' ? (CHOICES[value] ?? value.replaceAll('_', ' ')) : value
}

/** Unit written behind the field while a number is edited. */
export const unitOf = (setting: { key: string; kind: string }): string =>
  setting.kind === 'number' ? (/_(days|months|minutes)$/.exec(setting.key)?.[1] ?? '') : ''

export interface SettingGroup {
  readonly title: string
  readonly keys: readonly string[]
}

/** What belongs together on the page; a setting that no group names comes last. */
export const GROUPS: readonly SettingGroup[] = [
  { title: 'Your business', keys: ['business_type', 'north_star'] },
  { title: 'Days and money', keys: ['time_zone', 'reporting_currency', 'revenue_basis'] },
  {
    title: 'Monthly recurring revenue',
    keys: ['churn_date', 'dunning_days', 'reactivation_window_days', 'mrr_discounts', 'usage_in_mrr', 'committed_horizon_days'],
  },
  { title: 'Renewals and purchases', keys: ['renewal_min_term_months', 'renewal_grace_days', 'c2_horizon_days', 'renewals_count'] },
  {
    title: 'Value and growth',
    keys: ['earned_sources', 'gross_margin', 'ltv_churn_months', 'clv_discount_rate', 'expansion_attribution_days', 'invoice_grace_days'],
  },
  { title: 'Product use', keys: ['session_gap_minutes', 'idle_events', 'value_events', 'value_clock', 'activation_days', 'adoption_uses', 'seat_products'] },
  {
    title: 'Voice of the customer',
    keys: [
      'survey_window_days',
      'feedback_max_age_days',
      'outcome_max_age_days',
      'csi_weights',
      'ce_weights',
      'co_weights',
      'advocacy_horizon_days',
      'reference_months',
    ],
  },
  {
    title: 'Support and team',
    keys: ['support_calendar', 'support_clock', 'first_response_target_minutes', 'coverage_days', 'coverage_days_by_segment', 'churn_history_months'],
  },
]

export function groupSettings<T extends { key: string }>(settings: readonly T[]): { title: string; settings: T[] }[] {
  const named = new Set(GROUPS.flatMap((group) => group.keys))
  const groups = GROUPS.map(({ title, keys }) => ({ title, settings: keys.flatMap((key) => settings.filter((setting) => setting.key === key)) }))
  return [...groups, { title: 'More', settings: settings.filter((setting) => !named.has(setting.key)) }].filter((group) => group.settings.length > 0)
}
