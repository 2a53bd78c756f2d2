import { describe, expect, test } from 'vitest'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LISTED_KEYS, SETTINGS, SETTING_GROUPS, SETTING_KEYS, checkSetting, defaultSettings } from './settings.ts'
import { settingWords } from './words/setting-values.ts'

describe('a setting', () => {
  test.each(SETTING_KEYS.filter((key) => SETTINGS[key].fallback !== ''))('%s may be what it usually is', (key) =>
    expect(checkSetting(key, defaultSettings[key])).toBe(defaultSettings[key]),
  )
  test.each([
    ['reporting_currency', 'XXQ', /ISO 4217/],
    ['time_zone', 'Mars/Base', /Europe\/Berlin/],
    ['csi_weights', '1, 1', /Give 3 numbers/],
    ['ce_weights', '0.4, 0.4, much', /Give 3 numbers/],
    ['ce_weights', '0.4, , 0.2', /Give 3 numbers/],
    ['co_weights', '0, 0', /not all 0/],
    ['co_weights', '1, -1', /none below 0/],
    ['coverage_days_by_segment', 'Enterprise', /Enterprise=30/],
    ['coverage_days_by_segment', 'Enterprise=soon', /Enterprise=30/],
    ['coverage_days_by_segment', 'Enterprise=30, SMB=0', /from 1 to 730/],
    ['gross_margin', '80', /from 0 % to 100 %/],
    ['gross_margin', '%', /from 0 % to 100 %/],
    ['dunning_days', '30 %', /from 0 to 365/],
  ])('%s is never %s', (key, value, cure) =>
    expect(() => checkSetting(key, value)).toThrow(expect.objectContaining({ code: 'bad_setting', cure: expect.stringMatching(cure) })),
  )
  test.each([
    ['80 %', '0.8'],
    ['12.5%', '0.125'],
    ['7 %', '0.07'],
    ['0.8', '0.8'],
  ])('that is a share may be typed as %s', (typed, stored) => expect(checkSetting('gross_margin', typed)).toBe(stored))
  test('of days by name takes some names', () =>
    expect(checkSetting('coverage_days_by_segment', ' Enterprise=30, Mid market = 90')).toBe('Enterprise=30, Mid market = 90'))
})

test('a setting reads in one line of a terminal, as it can be typed again', () => {
  const words = Object.fromEntries(LISTED_KEYS.map((key) => [key, settingWords('terminal', SETTINGS[key], SETTINGS[key].fallback)]))
  expect(words).toMatchObject({ north_star: 'Net new MRR', gross_margin: '80 %', churn_date: 'service_end', reactivation_window_days: '(empty)' })
  expect(Object.values(words).filter((text) => text.length > 80)).toEqual([])
  for (const key of SETTING_KEYS.filter((one) => SETTINGS[one].fallback !== '')) expect(checkSetting(key, words[key] ?? '')).toBe(SETTINGS[key].fallback)
})

describe('the groups of settings', () => {
  test('hold every file of their folder', () => {
    const folder = join(import.meta.dirname, 'settings')
    const titles = readdirSync(folder).flatMap((name) => /defineSettings\('([^']+)'/.exec(readFileSync(join(folder, name), 'utf8'))?.[1] ?? [])
    expect(SETTING_GROUPS.map(({ title }) => title).toSorted()).toEqual(titles.toSorted())
  })
  test('name no setting twice', () => expect(SETTING_GROUPS.flatMap(({ settings }) => Object.keys(settings))).toEqual(LISTED_KEYS))
})
