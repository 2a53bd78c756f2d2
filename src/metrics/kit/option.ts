import { bare } from '../../kernel/bare.ts'
import { SETTINGS } from '../../kernel/settings.ts'
import type { SettingKey, Settings } from '../../kernel/settings.ts'

/** What a question may choose of a metric. */
export interface Option {
  readonly says: string
  readonly fallback: string
  /** Allowed values; any when not given. */
  readonly choices?: readonly string[]
  /** The setting that gives the value when the option is not named. */
  readonly setting?: SettingKey
}

export type Options = Readonly<Record<string, Option>>

/** An option that a setting decides where it is not named: what is usual and what may be chosen is the setting's. */
export function bySetting(setting: SettingKey, says: string): Option {
  const { fallback, choices } = SETTINGS[setting]
  return { says, fallback, setting, ...(choices === undefined ? {} : { choices }) }
}

/** The value of each option: as the question names it, else as the setting has it, else the usual one. */
export const settled = (options: Options, settings: Settings, given: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  bare(
    Object.fromEntries(
      Object.entries(options).map(([name, { fallback, setting }]) => [name, given[name] ?? (setting === undefined ? fallback : settings[setting])]),
    ),
  )
