import { expect, it } from 'vitest'
import { defaultSettings } from '../kernel/settings.ts'
import { BUILT_IN } from '../metrics/catalogue/built-in.ts'
import { defineMetric } from '../metrics/kit/metric.ts'
import { toMetricEntry } from './metric-entries.ts'

const book = { catalogue: BUILT_IN, settings: defaultSettings }

it('tells what made each version of a definition another, the newest first', () => {
  const plain = defineMetric({ ...BUILT_IN.byId('nrr'), settings: [], revisions: [] })
  expect(toMetricEntry(plain, book, { known: [] })).toMatchObject({ version: '1', revisions: [] })
  const revised = defineMetric({
    ...plain,
    revisions: [
      { on: '2027-01-10', says: 'Leaves out trials.' },
      { on: '2027-03-02', says: 'Counts returned customers.' },
    ],
  })
  expect(toMetricEntry(revised, book, { known: [] })).toMatchObject({
    version: '3',
    revisions: [
      { version: '3', on: '2027-03-02', says: 'Counts returned customers.' },
      { version: '2', on: '2027-01-10', says: 'Leaves out trials.' },
    ],
  })
})

it('counts a change of what metrics rest on as a version of each of them', () => {
  const own = { on: '2000-01-01', says: 'Its own, before.' }
  const revised = defineMetric({ ...BUILT_IN.byId('nrr'), revisions: [own] })
  expect(revised.settings).toContain('dunning_days')
  expect(revised.revisions.length).toBeGreaterThan(1)
  expect(revised.revisions[0]).toEqual(own)
  expect(revised.version).toBe(String(revised.revisions.length + 1))
})
