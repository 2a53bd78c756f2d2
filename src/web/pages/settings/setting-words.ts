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
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).replaceAll('_', ' ')
export const settingName = (key: string): string => NAMES[key] ?? sentence(key)

/** A value as a person reads it: the unit that the key carries, words for choices, "none" for nothing. */
export function valueWords(setting: { key: string; kind: string }, value: string): string {
  if (value === '') return 'none'
  if (setting.kind === 'number') {
    const unit = /_(days|months)$/.exec(setting.key)?.[1]
    return unit === undefined ? value : `${value} ${value === '1' ? unit.slice(0, -1) : unit}`
  }
  return setting.kind === 'choice' ? value.replaceAll('_', ' ') : value
}

/** Unit written behind the field while a number is edited. */
export const unitOf = (setting: { key: string; kind: string }): string => (setting.kind === 'number' ? (/_(days|months)$/.exec(setting.key)?.[1] ?? '') : '')

export interface SettingGroup {
  readonly title: string
  readonly keys: readonly string[]
}

/** What belongs together on the page; a setting that no group names comes last. */
export const GROUPS: readonly SettingGroup[] = [
  { title: 'Days and money', keys: ['time_zone', 'reporting_currency', 'revenue_basis'] },
  {
    title: 'Monthly recurring revenue',
    keys: ['churn_date', 'dunning_days', 'reactivation_window_days', 'mrr_discounts', 'usage_in_mrr', 'committed_horizon_days'],
  },
  { title: 'Renewals and purchases', keys: ['renewal_min_term_months', 'renewal_grace_days', 'c2_horizon_days', 'renewals_count'] },
  { title: 'Value and growth', keys: ['earned_sources', 'gross_margin', 'ltv_churn_months'] },
]

export function groupSettings<T extends { key: string }>(settings: readonly T[]): { title: string; settings: T[] }[] {
  const named = new Set(GROUPS.flatMap((group) => group.keys))
  const groups = GROUPS.map(({ title, keys }) => ({ title, settings: keys.flatMap((key) => settings.filter((setting) => setting.key === key)) }))
  return [...groups, { title: 'More', settings: settings.filter((setting) => !named.has(setting.key)) }].filter((group) => group.settings.length > 0)
}
