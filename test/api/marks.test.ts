import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { openProduct } from '../conformance/product.ts'
import type { NamedFile, Product } from '../conformance/product.ts'

const csv = (name: string, ...lines: string[]): NamedFile => ({ name, text: `${lines.join('\n')}\n` })
const VERSION = BUILT_IN.byId('nrr').version
const FILES = [
  csv(
    'metric_targets.csv',
    'metric,segment,starts_on,months,value,owner',
    'nrr,,2024-01-01,6,1.05,Ada',
    'nrr,SMB,2024-01-01,,0.95,',
    'grr,,2024-01-01,12,0.9,',
    'nrr,,2023-01-01,12,1.01,',
  ),
  csv(
    'benchmarks.csv',
    'metric,statistic,value,segment,publisher,year,n,definition,counted_how',
    `nrr,p50,1.02,B2B,A study,2023,120,${VERSION},`,
    'nrr,median,1.2,B2B,A vendor,2023,40,,with new customers',
    `nrr,mean,0.9,B2B,Four friends,2023,4,${VERSION},`,
    'nrr,mean,1.1,B2B,An old study,2019,80,0.9,',
  ),
  csv(
    'notes.csv',
    'day,text,metric,author',
    '2024-03-05,Prices rose by a tenth,,Ada',
    '2024-04-02,Outage of a day,nrr,',
    '2024-04-03,New forms,ces,',
    '2023-04-03,Long ago,,',
  ),
]

describe('what stands beside a metric', () => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct('private', {})
  })
  afterAll(() => product.close())
  const ask = (more: { reported_on?: string } = {}) =>
    product.client.marks({ params: { id: 'nrr' }, query: { from: '2024-01-01', until: '2024-07-01', ...more } })

  test('is nothing while nothing was recorded', async () => {
    expect(await ask()).toEqual({ targets: [], benchmarks: [], kept_back: [], notes: [] })
  })

  test('comes in by files, says who says so, and only what is comparable has a value', async () => {
    const done = await product.importFiles(FILES)
    const found = await ask()
    expect(found).toEqual({
      targets: [
        { segment: '', from: '2024-01-01', until: '2024-07-01', value: 1.05, owner: 'Ada' },
        { segment: 'SMB', from: '2024-01-01', until: '2025-01-01', value: 0.95, owner: '' },
      ],
      benchmarks: [{ statistic: 'median', value: 1.02, segment: 'B2B', publisher: 'A study', year: 2023, n: 120 }],
      kept_back: [
        { publisher: 'A vendor', year: 2023, segment: 'B2B', reason: 'definition_not_said', counted_how: 'with new customers' },
        { publisher: 'Four friends', year: 2023, segment: 'B2B', reason: 'too_few', counted_how: '' },
        { publisher: 'An old study', year: 2019, segment: 'B2B', reason: 'other_definition', counted_how: '' },
      ],
      notes: [
        { day: '2024-03-05', text: 'Prices rose by a tenth', author: 'Ada' },
        { day: '2024-04-02', text: 'Outage of a day', author: '' },
      ],
    })
    await product.client.undoImport({ params: { id: done.id } })
    expect((await ask()).targets).toEqual([])
    expect((await ask({ reported_on: done.committed_at ?? '' })).targets).toHaveLength(2)
  })

  test('of a metric that is none is refused', async () => {
    await expect(product.client.marks({ params: { id: 'happiness' }, query: { from: '2024-01-01', until: '2024-07-01' } })).rejects.toMatchObject({
      code: 'unknown_metric',
    })
  })
})
