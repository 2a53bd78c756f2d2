import type { Explanation, MetricEntry, Result, RowPage } from '../../contract/question.ts'
import { addMonths, cut, periodLabel } from '../../kernel/period.ts'
import type { Grain } from '../../kernel/period.ts'

const base: Omit<MetricEntry, 'id' | 'name' | 'says' | 'kind' | 'unit' | 'formula'> = {
  level: 'financial',
  nature: 'quantitative',
  grain: 'account',
  better: 'up',
  null_when: 'No customers at the start of the period.',
  roll_up: 'Sums over dimensions and time.',
  dimensions: ['segment', 'csm', 'region'],
  interval: null,
  version: '1',
  aliases: [],
  disagreements: [],
  options: [],
  needs: ['account', 'subscription_version', 'discount', 'exchange_rate'],
  settings: ['time_zone', 'reporting_currency', 'churn_date', 'dunning_days'],
}
const entry = (id: string, name: string, kind: string, unit: string, says: string, formula: string, over: Partial<MetricEntry> = {}): MetricEntry => ({
  ...base,
  id,
  name,
  kind,
  unit,
  says,
  formula,
  ...over,
})

export const METRICS: MetricEntry[] = [
  entry('mrr', 'Monthly recurring revenue', 'stock', 'money', 'What all customers pay a month, at the end of the period.', 'sum of the MRR of all accounts', {
    aliases: ['MRR'],
  }),
  entry('arr', 'Annual recurring revenue', 'stock', 'money', 'MRR times twelve.', 'MRR × 12', { aliases: ['ARR', 'run rate'] }),
  entry('churned_mrr', 'Churned MRR', 'flow', 'money', 'MRR of accounts that stopped paying.', 'sum of churn movements', {
    better: 'down',
    aliases: ['lost MRR'],
  }),
  entry(
    'nrr',
    'Net revenue retention',
    'p2p',
    'share',
    'What the customers of the start of the period pay at its end, as a share of what they paid then.',
    'closing MRR of opening customers ÷ opening MRR',
    {
      interval: 'bootstrap over accounts',
      aliases: ['NRR', 'NDR', 'net dollar retention'],
      disagreements: [
        { anchor: 'ChartMogul', says: 'also counts reactivations of customers lost earlier' },
        { anchor: 'Bain', says: 'takes period revenue instead of MRR' },
      ],
    },
  ),
  entry(
    'logo_churn_rate',
    'Customer churn rate',
    'p2p',
    'share',
    'Share of the customers of the start of the period who are gone at its end.',
    'lost ÷ opening customers',
    {
      better: 'down',
      interval: 'Wilson',
      aliases: ['logo churn'],
      disagreements: [{ anchor: 'Stripe', says: 'divides by opening and new customers together' }],
    },
  ),
  entry(
    'annual_revenue_retention_rate',
    'Annual revenue retention rate',
    'p2p',
    'share',
    'Retention in money over twelve months.',
    'closing MRR of opening customers, capped ÷ opening MRR',
    { aliases: ['ARR (retention)'] },
  ),
  entry(
    'c2_conversion',
    'Conversion to second purchase',
    'cohort',
    'share',
    'Share of first buyers who bought again within the horizon.',
    'bought again ÷ matured first buyers',
    {
      interval: 'Wilson',
      needs: ['charge'],
      options: [{ name: 'horizon_days', says: 'Days a first buyer has for the second purchase', fallback: '90' }],
      settings: ['c2_horizon_days', 'renewals_count'],
    },
  ),
  entry('ltv', 'Lifetime value', 'model', 'money', 'Profit expected from an average customer over its life.', 'ARPA × gross margin ÷ churn', {
    settings: ['gross_margin', 'ltv_churn_months'],
  }),
  entry('arr_per_csm', 'ARR per CSM', 'stock', 'money', 'ARR that one full-time CSM looks after.', 'ARR ÷ FTE', {
    level: 'team-performance',
    better: 'context',
    grain: 'CSM',
    needs: ['csm', 'csm_assignment'],
  }),
]

export interface Asked {
  readonly from: string
  readonly until: string
  readonly grain?: Grain | undefined
  readonly by: readonly string[]
}

const wave = (id: string, i: number): number => 1 + 0.06 * Math.sin((id.length * 7 + i) / 2.1) + i * 0.015

function one(metric: MetricEntry, period: { from: string; until: string }, i: number, dims: Record<string, string>): Result {
  const count = metric.unit === 'share'
  const scale = wave(metric.id, i) / (Object.keys(dims).length + 1)
  const empty = metric.id === 'ltv'
  const share = metric.better === 'down' ? 0.06 * scale : 0.94 * scale
  const value = empty ? null : count ? share : 48_250 * scale
  return {
    metric: metric.id,
    version: metric.version,
    period: { ...period, label: periodLabel(period) },
    dims,
    value,
    exact: count || value === null ? null : value.toFixed(2),
    numerator: empty ? null : count ? Math.round(share * 80) : value,
    denominator: count ? 80 : null,
    n: 80,
    ci: metric.interval === null || value === null ? null : [share - 0.05, share + 0.04],
    ci_method: metric.interval,
    unit: metric.unit,
    currency: metric.unit === 'money' ? 'USD' : null,
    null_reason: empty ? 'no_churn' : null,
    flags: [],
    parts: {},
    comparison: null,
    settings_hash: 'a1b2',
  }
}

export function answer(ids: readonly string[], asked: Asked): Result[] {
  const periods = asked.grain === undefined ? [{ from: asked.from, until: asked.until }] : cut(asked, asked.grain)
  const slices: Record<string, string>[] =
    asked.by.length === 0 ? [{}] : ['SMB', 'Mid-market', 'Enterprise', '(none)'].map((value) => ({ [asked.by[0] ?? '']: value }))
  return METRICS.filter((metric) => ids.includes(metric.id)).flatMap((metric) =>
    slices.flatMap((dims, k) => periods.map((period, i) => one(metric, period, i + k, dims))),
  )
}

export function explain(id: string, asked: Asked): Explanation {
  const definition = METRICS.find((metric) => metric.id === id) ?? METRICS[0]
  if (definition === undefined) throw new Error('no metrics')
  const [result] = answer([definition.id], { ...asked, grain: undefined, by: [] })
  if (result === undefined) throw new Error('no answer')
  return {
    result,
    definition,
    settings: definition.settings.map((key) => ({ key, value: '30', says: key })),
    filled_formula: `${definition.formula} = ${result.numerator} ÷ ${result.denominator}`,
    terms: [],
    disagreements: definition.disagreements.map((item) => ({ ...item, value: (result.value ?? 0) * 1.1 })),
    contributions: null,
    freshness: { recorded_until: addMonths(asked.until, 0), state: 1 },
  }
}

export function rows(offset: number, limit: number): RowPage {
  const total = 240
  const list = Array.from({ length: Math.min(limit, total - offset) }, (_, i): (string | number)[] => [
    `A${offset + i}`,
    `Account ${offset + i}`,
    (1000 + (((offset + i) * 37) % 900)).toFixed(2),
    '2024-06-30',
  ])
  return {
    columns: [
      { id: 'account_id', name: 'Account', type: 'text' },
      { id: 'name', name: 'Name', type: 'text' },
      { id: 'mrr', name: 'MRR', type: 'money' },
      { id: 'day', name: 'Day', type: 'day' },
    ],
    rows: list,
    total,
    next: offset + limit < total ? offset + limit : null,
  }
}
