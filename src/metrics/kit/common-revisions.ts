import type { Day } from '../../kernel/period.ts'
import { SETTINGS, SETTING_KEYS } from '../../kernel/settings.ts'
import type { SettingKey } from '../../kernel/settings.ts'
import type { SettingDefinition } from '../../kernel/settings/setting.ts'

/** Of metrics that say how things are at the end of a period. */
const AT_CLOSE = {
  on: '2026-12-01',
  says: 'A breakdown or filter takes the segment, owner and other attributes of an account as they are at the end of the period; before, those of its start.',
}

const ofSetting = ({ revisions = [] }: SettingDefinition) => revisions

/** Changes of what many metrics rest on: each is a version of all of them. */
export const commonRevisions = (settings: readonly SettingKey[], atClose: boolean): { on: Day; says: string }[] => [
  ...SETTING_KEYS.filter((key) => settings.includes(key)).flatMap((key) => ofSetting(SETTINGS[key])),
  ...(atClose ? [AT_CLOSE] : []),
]
