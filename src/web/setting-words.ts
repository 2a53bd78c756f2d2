import { LISTED_KEYS, SETTINGS, SETTING_GROUPS } from '../kernel/settings.ts'
import type { SettingDefinition } from '../kernel/settings/setting.ts'
import { settingWords, typedValue } from '../kernel/words/setting-values.ts'
import { humanise } from './format.ts'

const isListed = (key: string): key is (typeof LISTED_KEYS)[number] => (LISTED_KEYS as readonly string[]).includes(key)
const definitionOf = (key: string): SettingDefinition | null => (isListed(key) ? SETTINGS[key] : null)
export const settingName = (key: string): string => definitionOf(key)?.name ?? humanise(key)

/** A value as a person reads it: a number with its unit, words for choices, "none" for nothing. */
export function valueWords({ key }: { key: string }, value: string): string {
  const definition = definitionOf(key)
  return definition === null ? value || 'none' : settingWords('screen', definition, value)
}

/** A value as it is edited. */
export const valueTyped = (key: string, value: string): string => typedValue(definitionOf(key) ?? {}, value)

/** Unit written behind the field while a number is edited; the sign of a share stands in the field. */
export function unitOf(key: string): string {
  const unit = definitionOf(key)?.unit
  return unit === undefined || unit === 'share' ? '' : unit
}

/** What belongs together on the page; a setting that no group holds comes last. */
export function groupSettings<T extends { key: string }>(settings: readonly T[]): { title: string; settings: T[] }[] {
  const groups = SETTING_GROUPS.map(({ title, settings: held }) => ({ title, settings: settings.filter(({ key }) => Object.hasOwn(held, key)) }))
  return [...groups, { title: 'More', settings: settings.filter(({ key }) => !isListed(key)) }].filter((group) => group.settings.length > 0)
}
