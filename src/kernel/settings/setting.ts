import { bare } from '../bare.ts'
import type { Day } from '../period.ts'
import type { Unit } from '../words/units.ts'

export const SETTING_KINDS = ['choice', 'number', 'text', 'zone', 'currency', 'list', 'weights', 'days_by_name', 'tree'] as const

/** A setting that moves numbers, with its words. */
export interface SettingDefinition {
  /** What people call it. */
  readonly name: string
  readonly says: string
  readonly fallback: string
  /** `weights`: `count` numbers; `days_by_name`: Enterprise=30, SMB=180. */
  readonly kind: (typeof SETTING_KINDS)[number]
  /** Of a number. */
  readonly unit?: Unit
  readonly count?: number
  readonly choices?: readonly string[]
  /** Choices that people call otherwise than their key. */
  readonly choiceNames?: Readonly<Record<string, string>>
  readonly min?: number
  readonly max?: number
  /** An empty value is allowed and means "none". */
  readonly optional?: boolean
  /** Ledgers depend on it: they are derived again when it changes. */
  readonly rebuilds: boolean
  /** Kinds of money all of whose numbers it moves. */
  readonly moves?: readonly ('mrr' | 'revenue')[]
  /** Changes of what the numbers that it moves rest on: each is a version of all of them, with the day and the words. */
  readonly revisions?: readonly { readonly on: Day; readonly says: string }[]
  /** Decides only what is shown first: no number depends on it, so it is in no fingerprint. */
  readonly shows?: true
}

/** Settings that belong together on the page, under a title. */
export interface SettingGroup<T extends Readonly<Record<string, SettingDefinition>> = Readonly<Record<string, SettingDefinition>>> {
  readonly title: string
  readonly settings: { readonly [K in keyof T]: SettingDefinition }
}

export const defineSettings = <const T extends Readonly<Record<string, SettingDefinition>>>(title: string, settings: T): SettingGroup<T> => ({
  title,
  settings: bare(settings),
})
