import { describe, expect, test } from 'vitest'
import { FACTS } from '../../facts/facts.ts'
import { SETTINGS, defaultSettings, settingsHash } from '../../kernel/settings.ts'
import { BUILT_IN } from './built-in.ts'
import { METRIC_GROUPS } from '../../kernel/words/metrics.ts'
import { groupOf } from './groups.ts'
import { litBy } from './lit-by.ts'
import { PACKS } from './packs.ts'

describe('groups', () => {
  /** Named in the article under its four headings. */
  test.each([
    ['Revenue Metrics', ['nrr', 'grr', 'arr', 'mrr', 'loaded_arr_per_csm', 'clv', 'logo_churn_rate', 'renewal_quota_attainment', 'billing_regularity']],
    [
      'Customer Engagement & product metrics',
      [
        'product_adoption',
        'feature_adoption_rate',
        'value_realization',
        'visit_frequency',
        'avg_session_time',
        'time_to_first_value',
        'onboarding_on_time_rate',
        'co_index',
      ],
    ],
    ['Feedback and Advocacy Metrics', ['nps', 'csat', 'ces', 'referring_rate', 'advocacy_acts', 'referenceable_rate', 'voc_sentiment', 'csm_csat']],
    [
      'Support and response metrics',
      ['crc', 'first_response_time', 'full_resolution_time', 'backlog', 'support_intensity', 'touches_per_account', 'signal_response_time'],
    ],
  ] as const)('%s', (group, ids) => {
    expect(ids.map((id) => [id, groupOf(BUILT_IN.byId(id), BUILT_IN)])).toEqual(ids.map((id) => [id, group]))
  })

  test('every metric is in exactly one, and none is empty', () => {
    const members = METRIC_GROUPS.map((group) => BUILT_IN.all.filter((metric) => groupOf(metric, BUILT_IN) === group).map(({ id }) => id))
    expect(members.flat().toSorted()).toEqual(BUILT_IN.all.map(({ id }) => id).toSorted())
    for (const ids of members) expect(ids.length).toBeGreaterThan(10)
  })
})

describe('facts that light a metric up', () => {
  test.each([
    ['mrr', [['subscription_version']]],
    ['nps', [['survey_response']]],
    ['first_response_time', [['ticket']]],
    ['support_intensity', [['ticket'], ['usage_event']]],
    ['referring_rate', [['referral'], ['subscription_version']]],
    ['promoter_activation', [['advocacy_act', 'referral'], ['survey_response']]],
    ['renewal_forecast_accuracy', [['forecast'], ['subscription_version']]],
  ])('%s', (id, facts) => {
    const found = litBy(BUILT_IN.byId(id), BUILT_IN).map((kinds) => kinds.toSorted())
    expect(found.toSorted((a, b) => (a.join() < b.join() ? -1 : 1))).toEqual(facts)
  })

  test('each metric needs some, and all of them are kinds of facts', () => {
    const known = new Set(FACTS.map(({ id }) => id))
    for (const metric of BUILT_IN.all) {
      expect(
        litBy(metric, BUILT_IN)
          .flat()
          .filter((fact) => !known.has(fact)),
        metric.id,
      ).toEqual([])
      expect(litBy(metric, BUILT_IN).length, metric.id).toBeGreaterThan(0)
      for (const kinds of litBy(metric, BUILT_IN)) expect(kinds.length, metric.id).toBeGreaterThan(0)
    }
  })
})

describe('packs', () => {
  test('there is one for each business type, beside all', () => {
    expect(SETTINGS.business_type.choices?.toSorted()).toEqual(['all', ...PACKS.map(({ id }) => id)].toSorted())
    expect(SETTINGS.business_type.fallback).toBe('all')
  })

  test.each(PACKS.map((pack) => [pack.id, pack] as const))('every choice of %s is a metric and has a reason', (_, { metrics }) => {
    for (const [id, reason] of Object.entries(metrics)) {
      expect(BUILT_IN.byId(id).id).toBe(id)
      expect(reason.length).toBeGreaterThan(10)
    }
    expect(Object.keys(metrics).length).toBeLessThan(BUILT_IN.all.length / 2)
  })

  test.each([
    ['shop', ['c2_conversion', 'average_check', 'purchase_frequency', 'clv_bgnbd'], ['mrr', 'nrr']],
    ['telecom', ['logo_churn_rate', 'arpu', 'clv_sbg'], ['clv_bgnbd']],
    ['services', ['value_realization', 'onboarding_on_time_rate', 'accounts_per_csm'], ['stickiness']],
    ['saas', ['mrr', 'nrr', 'active_users', 'product_adoption'], ['clv_bgnbd', 'average_check']],
  ])('%s', (id, within, without) => {
    const metrics = Object.keys(PACKS.find((pack) => pack.id === id)?.metrics ?? {})
    expect(metrics).toEqual(expect.arrayContaining(within))
    expect(without.filter((metric) => metrics.includes(metric))).toEqual([])
  })

  test('the business type reaches no number', () => {
    const other = { ...defaultSettings, business_type: 'shop' }
    expect(BUILT_IN.all.filter(({ settings }) => settings.includes('business_type'))).toEqual([])
    expect(settingsHash(other)).toBe(settingsHash(defaultSettings))
    expect(SETTINGS.business_type.rebuilds).toBe(false)
  })
})
