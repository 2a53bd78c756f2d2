import { expect, test } from 'vitest'
import type { MetricEntry } from '../contract/question.ts'
import { filterMetrics } from './metrics-command.ts'

const entry = (id: string, over: Partial<MetricEntry>) =>
  ({ id, level: 'financial', nature: 'quantitative', group: 'Revenue Metrics', lit_by: [], packs: [], ...over }) as unknown as MetricEntry
const metrics = [
  entry('mrr', { lit_by: [[{ fact: 'subscription_version', files: '' }]], packs: [{ business_type: 'saas', name: 'SaaS', reason: '' }] }),
  entry('backlog', { level: 'team-performance', group: 'Support and response metrics', lit_by: [[{ fact: 'ticket', files: '' }]] }),
  entry('csat', { level: 'customer-health', nature: 'qualitative', group: 'Feedback and Advocacy Metrics' }),
]

test.each([
  [{}, ['mrr', 'backlog', 'csat']],
  [{ level: 'team-performance' }, ['backlog']],
  [{ group: 'support' }, ['backlog']],
  [{ nature: 'qualitative' }, ['csat']],
  [{ needs: 'ticket' }, ['backlog']],
  [{ pack: 'SaaS' }, ['mrr']],
  [{ pack: 'saas', nature: 'qualitative' }, []],
])('%o', (flags, ids) => {
  expect(filterMetrics(metrics, flags).map(({ id }) => id)).toEqual(ids)
})

test('"quantitative" is not taken for its ending, and what is unknown is refused with what there is', () => {
  expect(filterMetrics(metrics, { nature: 'quantitative' }).map(({ id }) => id)).toEqual(['mrr', 'backlog'])
  expect(() => filterMetrics(metrics, { group: 'money' })).toThrow(/No metric has "money" for --group/)
})
