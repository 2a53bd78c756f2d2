import { expect, test } from 'vitest'
import { SETTINGS, isSettingKey } from '../src/kernel/settings.ts'
import { BUILT_IN } from '../src/metrics/catalogue/built-in.ts'
import { carries } from '../src/metrics/ask/dimensions.ts'
import { measuresOfValue } from '../src/metrics/kit/metric.ts'
import { FACTS } from '../src/facts/facts.ts'

/** What every object answers to, whatever was put in it. */
const INHERITED = [...Object.getOwnPropertyNames(Object.prototype), 'prototype']

test('definitions that are looked up by what somebody typed answer to their own names alone', () => {
  const records = [SETTINGS, ...FACTS.flatMap(({ columns, carries: carried }) => [columns, carried]), ...BUILT_IN.all.map(({ options }) => options)] as Record<
    string,
    unknown
  >[]
  for (const record of records) for (const name of INHERITED) expect(record[name]).toBeUndefined()
  expect(INHERITED.filter((name) => isSettingKey(name))).toEqual([])
  const everywhere = BUILT_IN.all
    .flatMap(measuresOfValue)
    .map(({ of }) => of)
    .filter(({ placement }) => placement === 'everywhere')
  for (const rows of everywhere) expect(INHERITED.filter((name) => carries(rows, name))).toEqual([])
})
