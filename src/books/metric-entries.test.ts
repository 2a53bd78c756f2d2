import { describe, expect, it } from 'vitest'
import { SETTINGS, SETTING_KEYS, defaultSettings } from '../kernel/settings.ts'
import { BUILT_IN } from '../metrics/catalogue/built-in.ts'
import { defineMetric } from '../metrics/kit/metric.ts'
import type { MetricDefinition } from '../metrics/kit/metric.ts'
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

describe('words that name other metrics and settings', () => {
  const entryOf = (metric: MetricDefinition) => toMetricEntry(metric, book, { known: [] })
  /** All that a person reads of a metric, without what may be typed: its own id, and the choices of its options. */
  function wordsOf(metric: MetricDefinition): string[] {
    const { says, null_when, formula, grain, revisions, disagreements, interval, options, packs } = entryOf(metric)
    const labels = [...Object.values(metric.measures).map(({ label }) => label), ...Object.values(metric.besides)]
    const sentences = [...revisions, ...disagreements].map((told) => told.says)
    const chosen = options.map((option) => option.choices.reduce((text, choice) => text.replaceAll(`${choice}: `, ''), option.says))
    return [says, null_when, formula, grain, interval ?? '', ...sentences, ...chosen, ...packs.map(({ reason }) => reason), ...labels]
  }
  /** "mrr" is an id, "stickiness" a word: only ids that are not the name in small letters tell themselves from words. */
  const ids = new Set(BUILT_IN.all.filter(({ id, name }) => id !== name.toLowerCase() || name === name.toUpperCase()).map(({ id }) => id))
  const idsIn = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => text.match(/[a-z][a-z0-9_]*/g) ?? []).filter((word) => word.includes('_') || ids.has(word))
  const nrr = BUILT_IN.byId('nrr')
  const says = (text: string) => defineMetric({ ...nrr, says: text })

  it.each(BUILT_IN.all.map((metric) => [metric.id, metric] as const))('%s is told without an id', (_, metric) => {
    expect(idsIn(wordsOf(metric))).toEqual([])
  })

  it('settings are told without an id', () => {
    expect(idsIn(SETTING_KEYS.flatMap((key) => [SETTINGS[key].name, SETTINGS[key].says]))).toEqual([])
  })

  it('an id in words is caught, and so is a name that nothing has', () => {
    for (const text of ['see gross_mrr_churn_rate.', 'unless churn_date says otherwise', 'not what nrr counts'])
      expect(idsIn(wordsOf(says(text))), text).toHaveLength(1)
    expect(() => entryOf(says('see {gross_mrr_churn}.'))).toThrow('gross_mrr_churn')
  })

  it('have the name of each, and say which metric it is', () => {
    expect(entryOf(says('See {gross_mrr_churn_rate} and {grr}, unless {churn_date} says otherwise.'))).toMatchObject({
      says: `See "${BUILT_IN.byId('gross_mrr_churn_rate').name}" and "${BUILT_IN.byId('grr').name}", unless "${SETTINGS.churn_date.name}" says otherwise.`,
      mentions: ['gross_mrr_churn_rate', 'grr'].map((metric) => ({ metric, name: BUILT_IN.byId(metric).name })),
    })
  })
})
