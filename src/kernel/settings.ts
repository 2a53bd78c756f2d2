import { bare } from './bare.ts'
import { refuse } from './errors.ts'
import { BUSINESS } from './settings/business.ts'
import { DAYS_AND_MONEY } from './settings/days-and-money.ts'
import { RECURRING_REVENUE } from './settings/recurring-revenue.ts'
import { RENEWALS_AND_PURCHASES } from './settings/renewals-and-purchases.ts'
import { VALUE_AND_GROWTH } from './settings/value-and-growth.ts'
import { PRODUCT_USE } from './settings/product-use.ts'
import { VOICE_OF_THE_CUSTOMER } from './settings/voice-of-the-customer.ts'
import { SUPPORT_AND_TEAM } from './settings/support-and-team.ts'
import { WORK_OF_THE_DAY } from './settings/work-of-the-day.ts'
import { checkValue } from './settings/check.ts'
import type { SettingGroup } from './settings/setting.ts'

/**
 * Settings that move numbers. They belong to the workspace, their history is kept, and the fingerprint of those that
 * applied travels with every result. Each stands in the file of its group below `settings/`, with its name and its words.
 */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  BUSINESS,
  DAYS_AND_MONEY,
  RECURRING_REVENUE,
  RENEWALS_AND_PURCHASES,
  VALUE_AND_GROWTH,
  PRODUCT_USE,
  VOICE_OF_THE_CUSTOMER,
  SUPPORT_AND_TEAM,
  WORK_OF_THE_DAY,
]

export const SETTINGS = bare({
  ...BUSINESS.settings,
  ...DAYS_AND_MONEY.settings,
  ...RECURRING_REVENUE.settings,
  ...RENEWALS_AND_PURCHASES.settings,
  ...VALUE_AND_GROWTH.settings,
  ...PRODUCT_USE.settings,
  ...VOICE_OF_THE_CUSTOMER.settings,
  ...SUPPORT_AND_TEAM.settings,
  ...WORK_OF_THE_DAY.settings,
})

/** What is listed among the settings and kept as versions of its own. */
type Versioned = 'north_star'

export type SettingKey = Exclude<keyof typeof SETTINGS, Versioned>
export type Settings = Readonly<Record<SettingKey, string>>
/** Everything that is listed, in order. */
export const LISTED_KEYS = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]
export const SETTING_KEYS = LISTED_KEYS.filter((key): key is SettingKey => SETTINGS[key].kind !== 'tree')
export const isSettingKey = (key: string): key is SettingKey => (SETTING_KEYS as readonly string[]).includes(key)

export const defaultSettings: Settings = Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key].fallback])) as Record<SettingKey, string>

/** The value as it is stored, or an error that says what is allowed. */
export function checkSetting(key: string, value: string): string {
  if (!isSettingKey(key)) throw refuse('unknown_setting', `There is no setting "${key}".`, `Settings are: ${SETTING_KEYS.join(', ')}.`)
  return checkValue(key, SETTINGS[key], value)
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
