import { asc, desc, eq, lte } from 'drizzle-orm'
import type { Clock } from '../kernel/clock.ts'
import { SETTINGS, SETTING_KEYS, checkSetting, isSettingKey } from '../kernel/settings.ts'
import type { SettingKey, Settings } from '../kernel/settings.ts'
import type { SettingDefinition } from '../kernel/settings/setting.ts'
import { notFound } from '../kernel/errors.ts'
import { settingVersion } from '../stores/schema/setting-versions.ts'
import type { WorkspaceDatabase } from '../stores/workspace.ts'

/** A setting with the value in force. `changed_at` is null while it has its usual value because nobody set it. */
export interface PresentSetting extends SettingDefinition {
  readonly key: SettingKey
  readonly value: string
  readonly changed_at: string | null
}

const toIso = (instant: string): string => new Date(instant).toISOString()

/** Every setting with the value in force, in the order in which they are defined. */
export async function readSettingList(db: WorkspaceDatabase): Promise<PresentSetting[]> {
  const rows = await db.selectDistinctOn([settingVersion.key]).from(settingVersion).orderBy(settingVersion.key, desc(settingVersion.id))
  const newest = new Map(rows.map((row) => [row.key, row]))
  return SETTING_KEYS.map((key) => {
    const row = newest.get(key)
    return { ...SETTINGS[key], key, value: row?.value ?? SETTINGS[key].fallback, changed_at: row === undefined ? null : toIso(row.changed_at) }
  })
}

/** The values in force, for computing. */
export async function readSettings(db: WorkspaceDatabase): Promise<Settings> {
  return Object.fromEntries((await readSettingList(db)).map(({ key, value }) => [key, value])) as Record<SettingKey, string>
}

/** The values that were in force on an instant (ISO, UTC): of each setting the one it was given last up to then, else the usual one. */
export async function readSettingsAt(db: WorkspaceDatabase, instant: string): Promise<Settings> {
  const rows = await db
    .selectDistinctOn([settingVersion.key], { key: settingVersion.key, value: settingVersion.value })
    .from(settingVersion)
    .where(lte(settingVersion.changed_at, instant))
    .orderBy(settingVersion.key, desc(settingVersion.id))
  const given = new Map(rows.map(({ key, value }) => [key, value]))
  return Object.fromEntries(SETTING_KEYS.map((key) => [key, given.get(key) ?? SETTINGS[key].fallback])) as Record<SettingKey, string>
}

/** Every value the setting was given, the oldest first. */
export async function readSettingHistory(db: WorkspaceDatabase, key: SettingKey): Promise<{ value: string; changed_at: string }[]> {
  const rows = await db.select().from(settingVersion).where(eq(settingVersion.key, key)).orderBy(asc(settingVersion.id))
  return rows.map((row) => ({ value: row.value, changed_at: toIso(row.changed_at) }))
}

/**
 * Gives a setting a new value; the old one stays in its history. The same value again changes nothing.
 * Throws `not_found` for a key that is none, `bad_setting` with what is allowed.
 */
export async function changeSetting(db: WorkspaceDatabase, clock: Clock, key: string, value: string): Promise<PresentSetting> {
  if (!isSettingKey(key)) throw notFound('setting', key, `Settings are: ${SETTING_KEYS.join(', ')}.`)
  const text = checkSetting(key, value)
  const find = async (): Promise<PresentSetting> => {
    const found = (await readSettingList(db)).find((setting) => setting.key === key)
    if (found === undefined) throw new Error(`the setting ${key} was not read`)
    return found
  }
  if ((await find()).value !== text) await db.insert(settingVersion).values({ key, value: text, changed_at: clock.now().toISOString() })
  return find()
}
