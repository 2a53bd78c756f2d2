import { describe, expect, it } from 'vitest'
import { metricEntry } from '../../../test/web/metric-entry.ts'
import type { MetricEntry } from '../../contract/question.ts'
import { groupMetrics, searchMetrics } from './metric-search.ts'

const metric = (id: string, name: string, over: Partial<MetricEntry> = {}): MetricEntry => metricEntry(id, { name, ...over })
const catalog = [
  metric('annual_revenue_retention_rate', 'Annual revenue retention rate', { aliases: ['ARR (as annual retention rate)'], kind: 'p2p' }),
  metric('arr', 'Annual recurring revenue', { aliases: ['ARR'] }),
  metric('warranty', 'Warranty carry'),
  metric('nrr', 'Net revenue retention', { says: 'How opening customers grew.', kind: 'p2p' }),
  metric('nps', 'Net promoter score', { level: 'customer-health', kind: 'window' }),
]

describe('searchMetrics', () => {
  it('finds both meanings of ARR, the name itself first, and says by which other name', () => {
    const found = searchMetrics(catalog, 'ARR')
    expect(found.map(({ metric: { id }, by }) => [id, by])).toEqual([
      ['arr', null],
      ['annual_revenue_retention_rate', 'ARR (as annual retention rate)'],
      ['warranty', null],
    ])
  })

  it('reads ids, spaces and case alike and looks into the meaning last', () => {
    expect(searchMetrics(catalog, 'annual_revenue').map(({ metric: { id } }) => id)).toEqual(['annual_revenue_retention_rate'])
    expect(searchMetrics(catalog, 'opening customers').map(({ metric: { id } }) => id)).toEqual(['nrr'])
    expect(searchMetrics(catalog, 'zzz')).toEqual([])
    expect(searchMetrics(catalog, ' ')).toHaveLength(catalog.length)
  })
})

describe('groupMetrics', () => {
  it('keeps the order of levels and kinds', () => {
    const groups = groupMetrics(searchMetrics(catalog, ''))
    expect(groups.map(({ title, kinds }) => [title, kinds.map((kind) => [kind.title, kind.metrics.length])])).toEqual([
      [
        'Financial',
        [
          ['At a moment', 2],
          ['Customers of the start, at the end', 2],
        ],
      ],
      ['Customer health', [['Over a trailing window', 1]]],
    ])
  })
})
