import { expect, it } from 'vitest'
import { defaultSettings } from '../kernel/settings.ts'
import { metricById } from '../metrics/catalog.ts'
import { defineMetric } from '../metrics/metric.ts'
import { toMetricEntry } from './metric-entries.ts'

it('tells what made each version of a definition another, the newest first', () => {
  const nrr = metricById('nrr')
  expect(toMetricEntry(nrr, [], defaultSettings)).toMatchObject({ version: '1', revisions: [] })
  const revised = defineMetric({
    ...nrr,
    revisions: [
      { on: '2027-01-10', says: 'Leaves out trials.' },
      { on: '2027-03-02', says: 'Counts returned customers.' },
    ],
  })
  expect(toMetricEntry(revised, [], defaultSettings)).toMatchObject({
    version: '3',
    revisions: [
      { version: '3', on: '2027-03-02', says: 'Counts returned customers.' },
      { version: '2', on: '2027-01-10', says: 'Leaves out trials.' },
    ],
  })
})
