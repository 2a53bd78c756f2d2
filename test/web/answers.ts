import { addMonths } from '../../src/kernel/period.ts'

/** One result of a metric as the API gives it. */
function resultOf(metric: string, from: string, until: string, dims: Record<string, string>, unit: string) {
  return {
    metric,
    version: '1',
    period: { from, until, label: from.slice(0, 7) },
    dims,
    value: unit === 'share' ? 0.9 : 120,
    exact: null,
    numerator: 9,
    denominator: 10,
    n: 10,
    ci: null,
    ci_method: null,
    ci_says: null,
    missing_rates: [],
    unit,
    currency: unit === 'money' ? 'USD' : null,
    null_reason: null,
    flags: [],
    parts: {},
    settings_hash: '',
    comparison: { period: { from, until, label: from }, value: 100, numerator: 9, denominator: 10, n: 10, change: 20, alike: true, change_ci: null },
  }
}

const unitOf = (metric: string): string => (metric.includes('mrr') ? 'money' : 'share')

function resultsOf(query: URLSearchParams) {
  const [from, until] = [query.get('from') ?? '', query.get('until') ?? '']
  const starts = query.has('grain') ? [from, addMonths(from, 1)] : [from]
  const values = query.getAll('by').length === 0 ? [{}] : ['SMB', 'ENT'].map((segment) => ({ segment }))
  return query
    .getAll('metric')
    .flatMap((metric) =>
      starts.flatMap((start) => values.map((dims) => resultOf(metric, start, query.has('grain') ? addMonths(start, 1) : until, dims, unitOf(metric)))),
    )
}

const cohortsOf = (query: URLSearchParams) => [
  {
    period: { from: query.get('from') ?? '', until: query.get('until') ?? '', label: '2024-01' },
    base: 10,
    cells: [
      { age: 0, kept: 10, share: 1, null_reason: null },
      { age: 1, kept: 9, share: 0.9, null_reason: null },
    ],
  },
]

const ROWS = {
  columns: [
    { id: 'account_id', name: 'Account', type: 'text' },
    { id: 'amount', name: 'Amount', type: 'money' },
  ],
  rows: [
    ['A1', '10'],
    ['A2', '20'],
  ],
  total: 2,
  next: null,
}

function changeOf(query: URLSearchParams) {
  const side = { ...resultOf('nrr', query.get('from') ?? '', query.get('until') ?? '', {}, 'share') }
  const before = { ...side, value: 0.8, period: { ...side.period, label: 'before' } }
  return {
    metric: 'nrr',
    unit: 'share',
    currency: null,
    better: 'up',
    from: before,
    to: side,
    change: 0.1,
    sentence: 'It rose.',
    reported_on: null,
    by: null,
    dimensions: ['segment'],
    steps: [{ kinds: ['rate'], label: 'Within', says: '', amount: 0.1 }],
    parts: [],
    others: null,
    indivisible: null,
    settings: [],
    imports: [],
    freshness: { recorded_until: null, state: 1 },
  }
}

const ENTRY = { dimensions: ['segment'], unit: 'share', better: 'up', says: '', aliases: [], packs: [], missing: [], lit_by: [] }
const KNOWN = [
  'mrr',
  'new_mrr',
  'expansion_mrr',
  'reactivation_mrr',
  'contraction_mrr',
  'churned_mrr',
  'fx_mrr',
  'net_new_mrr',
  'nrr',
  'grr',
  'customer_retention_rate',
]

/** What a server with a few facts would answer. */
export function answerTo({ pathname, searchParams: query }: URL): unknown {
  const path = pathname.replace('/api/v1/', '')
  if (path === 'overview')
    return {
      empty: false,
      invented: false,
      today: '2024-08-01',
      first_day: '2022-01-01',
      last_day: '2024-07-31',
      reporting_currency: 'USD',
      time_zone: 'UTC',
      accounts: 2,
      facts: [],
      ledgers: { state: 1, refreshing: false, recorded_until: null, error: null },
      reconciliation: { breaks: 0 },
    }
  if (path === 'metrics') return KNOWN.map((id) => ({ ...ENTRY, id, name: id, unit: unitOf(id) }))
  if (path === 'dimensions') return [{ id: 'segment', name: 'Segment', of: 'account', values: ['SMB', 'ENT'] }]
  if (path === 'answers') return { results: resultsOf(query), freshness: { recorded_until: null, state: 1 } }
  if (path === 'cohorts') return { grain: 'month', of: 'mrr', cohorts: cohortsOf(query) }
  if (path.endsWith('/cohorts')) return { unit: 'months', cohorts: cohortsOf(query) }
  if (path.endsWith('/change')) return changeOf(query)
  if (path.endsWith('/marks')) return { targets: [], benchmarks: [], kept_back: [], notes: [] }
  if (path.endsWith('/rows') || path === 'movements') return ROWS
  return []
}
