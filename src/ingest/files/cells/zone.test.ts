import { describe, expect, test } from 'vitest'
import { isZone } from '../../../kernel/period.ts'
import { zoneIndex } from './zone-names.ts'
import { readZone } from './zone.ts'

const reason = (value: unknown): string => (value as { reason: string } | null)?.reason ?? `read as ${String(value)}`

describe('a time zone', () => {
  test.each([
    ['America/New_York', 'America/New_York'],
    ['america/new_york', 'America/New_York'],
    ['America/NewYork', 'America/New_York'],
    ['America / New York', 'America/New_York'],
    ['Eastern Time (US & Canada)', 'America/New_York'],
    ['(GMT-05:00) Eastern Time (US & Canada)', 'America/New_York'],
    ['Eastern Standard Time', 'America/New_York'],
    ['US/Eastern', 'America/New_York'],
    ['Pacific Standard Time (Mexico)', 'America/Tijuana'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', 'Europe/Amsterdam'],
    ['Berlin', 'Europe/Berlin'],
    ['Mexico City', 'America/Mexico_City'],
    ['Mumbai', 'Asia/Kolkata'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Kyiv', 'Europe/Kiev'],
    ['Sao Paulo', 'America/Sao_Paulo'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['UTC', 'UTC'],
    ['Z', 'UTC'],
    ['utc', 'UTC'],
    ['GMT', 'UTC'],
    ['UTC+2', 'Etc/GMT-2'],
    ['GMT-05:00', 'Etc/GMT+5'],
    ['+00:00', 'UTC'],
    ['Etc/GMT-2', 'Etc/GMT-2'],
    ['CET', 'CET'],
    ['none', null],
  ])('"%s" is %s', (cell, zone) => expect(readZone(cell)).toBe(zone))
  test.each([
    ['EST', /abbreviation/],
    ['PST', /abbreviation/],
    ['IST', /abbreviation/],
    ['GMT+5:30', /no zone keeps/],
    ['Moon/Base', /no time zone/],
    ['Europe/Berln', /is it Europe\/Berlin\?/],
    ['Eastern Tmie', /is it America\/New_York\?/],
    ['head office', /no time zone/],
  ])('"%s" is refused', (cell, why) => expect(reason(readZone(cell))).toMatch(why))
  test('is one that exists, by whatever name', () => expect([...new Set(zoneIndex().values())].filter((zone) => !isZone(zone))).toEqual([]))
})
