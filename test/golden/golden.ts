import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defaultSettings } from '../../src/kernel/settings.ts'
import type { Settings } from '../../src/kernel/settings.ts'
import { noFacts } from '../oracle/company.ts'
import type { Company, Row } from '../oracle/company.ts'
import type { FactId } from '../oracle/fact-tables.ts'

/**
 * The golden company: fourteen accounts, each there for one rule (docs/definitions.md#golden-company). `company/` is what a person
 * imports, `expected.json` every number it must come to, `examples.json` the worked examples of single formulas.
 */
export const GOLDEN_DIRECTORY = fileURLToPath(new URL('company', import.meta.url))
export const GOLDEN_FILES = ['accounts.csv', 'charges.csv', 'costs.csv', 'csms.csv', 'discounts.csv', 'fx_rates.csv', 'subscription_versions.csv'] as const

export const goldenSettings: Settings = { ...defaultSettings, time_zone: 'America/New_York', reporting_currency: 'USD' }

const json = (name: string): unknown => JSON.parse(readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8'))

type Numbers = Record<string, number | null>
export interface Expected {
  readonly ledger: readonly { date: string; account: string; kind: string; amount: number; reason: string }[]
  readonly after_boundary_ledger: Expected['ledger']
  /** By label: months, quarters and the half-year. */
  readonly periods: Record<string, Numbers>
  readonly by_segment: Record<string, Record<string, Numbers>>
  readonly by_csm: Record<string, Record<string, Numbers>>
  readonly compounded_monthly_2024_H1: { grr: number; crr: number; nrr: number }
  readonly csm_load_2024_06_30: {
    by_csm: Record<string, { arr: number; fte: number; effective_fte: number; arr_per_fte: number; loaded_arr_per_csm: number; accounts: number }>
    unassigned_arr: number
    total_arr: number
    arr_per_csm: number
    loaded_arr_per_csm: number
  }
  readonly c2_2024_Q1_60d: Record<
    'renewals_count' | 'new_orders_only',
    { cohort: number; converted: number; c2_conversion: number; accounts: Record<string, boolean> }
  >
  readonly ltv_2024_06: { arpa: number; pooled_monthly_logo_churn: number; lost: number; exposure: number; ltv_revenue: number; ltv_margin_80: number }
  readonly committed_mrr_2024_06_30_plus_31d: number
}
export const expected = json('expected.json') as Expected

export interface Example {
  readonly id: string
  readonly metric: string
  readonly source: string
  readonly input: Readonly<Record<string, unknown>>
  readonly expected: unknown
}
export const examples = json('examples.json') as readonly Example[]

export const GOLDEN_PERIODS: Record<string, { from: string; until: string }> = {
  '2024-01': { from: '2024-01-01', until: '2024-02-01' },
  '2024-02': { from: '2024-02-01', until: '2024-03-01' },
  '2024-03': { from: '2024-03-01', until: '2024-04-01' },
  '2024-04': { from: '2024-04-01', until: '2024-05-01' },
  '2024-05': { from: '2024-05-01', until: '2024-06-01' },
  '2024-06': { from: '2024-06-01', until: '2024-07-01' },
  '2024-Q1': { from: '2024-01-01', until: '2024-04-01' },
  '2024-Q2': { from: '2024-04-01', until: '2024-07-01' },
  '2024-H1': { from: '2024-01-01', until: '2024-07-01' },
}

function rows(file: (typeof GOLDEN_FILES)[number]): Row[] {
  const [header = '', ...lines] = readFileSync(`${GOLDEN_DIRECTORY}/${file}`, 'utf8').trim().split('\n')
  const columns = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return { batch: 1, ...Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])) }
  })
}

const pick = (row: Row, columns: Record<string, string>): Row => ({
  batch: 1,
  ...Object.fromEntries(Object.entries(columns).map(([to, from]) => [to, row[from] ?? ''])),
})

/** The same files as raw fact rows, for the oracle. */
export function goldenCompany(): Company {
  const facts: { [K in FactId]: Row[] } = noFacts()
  for (const row of rows('accounts.csv')) {
    facts.account.push(pick(row, { account_id: 'account_id', name: 'name' }))
    for (const [attribute, column] of [
      ['segment', 'segment'],
      ['acquisition_source', 'source'],
    ] as const)
      facts.account_attribute.push({ ...pick(row, { account_id: 'account_id', value: column }), attribute, effective_at: '' })
    facts.csm_assignment.push({ ...pick(row, { account_id: 'account_id', csm_id: 'csm' }), effective_at: '' })
  }
  for (const row of rows('csms.csv')) facts.csm.push({ ...pick(row, { csm_id: 'csm', fte: 'fte', ramp_factor: 'ramp_factor' }), effective_at: '' })
  for (const row of rows('costs.csv'))
    facts.cost.push({ ...pick(row, { category: 'category', amount: 'amount_usd' }), month: `${row.month}-01`, currency: 'USD', purpose: 'retention' })
  for (const row of rows('fx_rates.csv')) facts.exchange_rate.push({ ...pick(row, { date: 'date', currency: 'currency', rate: 'usd_per_unit' }), per: 'USD' })
  facts.charge.push(...rows('charges.csv'))
  facts.discount.push(...rows('discounts.csv'))
  facts.subscription_version.push(...rows('subscription_versions.csv'))
  return { ...facts, undos: [] }
}
