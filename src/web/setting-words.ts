import { LISTED_KEYS, SETTINGS, SETTING_GROUPS } from '../kernel/settings.ts'
import type { SettingDefinition } from '../kernel/settings/setting.ts'
import { unitWords } from '../kernel/words/units.ts'
import { humanise } from './format.ts'

const isListed = (key: string): key is (typeof LISTED_KEYS)[number] => (LISTED_KEYS as readonly string[]).includes(key)
const definitionOf = (key: string): SettingDefinition | null => (isListed(key) ? SETTINGS[key] : null)
export const settingName = (key: string): string => definitionOf(key)?.name ?? humanise(key)

/** What a stored tree is called. */
export const treeName = (stored: string): string => {
  try {
    return (JSON.parse(stored) as { name?: string }).name ?? ''
  } catch {
    return stored
  }
}

/** A value as a person reads it: a number with its unit, words for choices, "none" for nothing. */
export function valueWords({ key }: { key: string }, value: string): string {
  if (value === '') return 'none'
  const definition = definitionOf(key)
  const kind = definition?.kind
  if (kind === 'tree') return treeName(value)
  if (definition?.unit !== undefined) return `${value}${unitWords(definition.unit).after[value === '1' ? 0 : 1]}`
  return kind === 'choice' ? (definition?.choiceNames?.[value] ?? value.replaceAll('_', ' ')) : value
}

/** Unit written behind the field while a number is edited. */
export const unitOf = (key: string): string => definitionOf(key)?.unit ?? ''

/** What belongs together on the page; a setting that no group holds comes last. */
export function groupSettings<T extends { key: string }>(settings: readonly T[]): { title: string; settings: T[] }[] {
  const groups = SETTING_GROUPS.map(({ title, settings: held }) => ({ title, settings: settings.filter(({ key }) => Object.hasOwn(held, key)) }))
  return [...groups, { title: 'More', settings: settings.filter(({ key }) => !isListed(key)) }].filter((group) => group.settings.length > 0)
}
