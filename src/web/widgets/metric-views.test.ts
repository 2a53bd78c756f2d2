import { describe, expect, it } from 'vitest'
import { metricEntry } from '../../../test/web/metric-entry.ts'
import type { MetricEntry } from '../../contract/question.ts'
import { reasonFor, shelvesOf, viewOf } from './metric-views.ts'

const tickets = { fact: 'ticket', files: 'tickets' }
const use = { fact: 'usage_event', files: 'usage events' }
const terms = { fact: 'subscription_version', files: 'subscription versions' }

const metric = (id: string, over: Partial<MetricEntry>): MetricEntry => metricEntry(id, { lit_by: [[terms]], ...over })
const found = [
  metric('mrr', { packs: [{ business_type: 'saas', name: 'SaaS', reason: 'it comes again' }] }),
  metric('nrr', {}),
  metric('nps', {
    level: 'customer-health',
    nature: 'qualitative',
    group: 'Feedback and Advocacy Metrics',
    lit_by: [[{ fact: 'survey_response', files: 'survey responses' }]],
  }),
  metric('support_intensity', { level: 'customer-health', group: 'Support and response metrics', lit_by: [[tickets], [use]], missing: [[tickets]] }),
].map((entry) => ({ metric: entry, by: null }))

const told = (view: Parameters<typeof shelvesOf>[0]) =>
  shelvesOf(view, found).map(({ title, kinds }) => [title, kinds.flatMap(({ metrics }) => metrics.map((item) => item.metric.id))])

describe('views of the catalog', () => {
  it('stands by level, group or kind of data', () => {
    expect(told('level')).toEqual([
      ['Looked at first', ['mrr', 'nrr']],
      ['Customer health', ['nps', 'support_intensity']],
    ])
    expect(told('group')).toEqual([
      ['Revenue Metrics', ['mrr', 'nrr']],
      ['Feedback and Advocacy Metrics', ['nps']],
      ['Support and response metrics', ['support_intensity']],
    ])
    expect(told('nature')).toEqual([
      ['Qualitative', ['nps']],
      ['Quantitative', ['mrr', 'nrr', 'support_intensity']],
    ])
  })

  it('stands by the data needed, a metric with each kind it needs, and what is not there yet last', () => {
    expect(told('data')).toEqual([
      ['Subscription versions', ['mrr', 'nrr']],
      ['Survey responses', ['nps']],
      ['Usage events', ['support_intensity']],
      ['Tickets', ['support_intensity']],
    ])
    expect(shelvesOf('data', found).map(({ missing }) => missing)).toEqual([undefined, undefined, undefined, [[tickets]]])
  })

  it('reads the view of an address, and levels where it is none', () => {
    expect([viewOf('data'), viewOf('colour')]).toEqual(['data', 'level'])
  })

  it('knows why a business looks at a metric first', () => {
    expect(found.map((item) => reasonFor(item.metric, 'saas'))).toEqual(['it comes again', null, null, null])
  })
})
