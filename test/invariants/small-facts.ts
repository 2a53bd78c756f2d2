import type { Row } from '../oracle/company.ts'

/** Rows of small companies, written in one line: what a case is not about has its usual value. */
type Cells = Record<string, string>

export const version = (subscription_id: string, day: string, unit_amount: string, more: Cells = {}): Row => ({
  batch: 1,
  subscription_id,
  account_id: subscription_id.slice(0, 1),
  effective_at: `${day}T12:00:00.000Z`,
  status: unit_amount === '0' ? 'ended' : 'active',
  product: 'core',
  unit_amount,
  currency: 'USD',
  ...more,
})
export const yearly = (subscription_id: string, day: string, unit_amount: string, more: Cells = {}): Row =>
  version(subscription_id, day, unit_amount, { interval_unit: 'year', ...more })
export const rate = (date: string, currency: string, worth: string): Row => ({ batch: 1, date, currency, per: 'USD', rate: worth })
export const bill = (day: string, more: Cells): Row => ({
  batch: 1,
  charge_id: day,
  account_id: 'A',
  charged_at: `${day}T12:00:00.000Z`,
  kind: 'recurring',
  amount: '310',
  currency: 'USD',
  ...more,
})
export const owner = (day: string, csm_id: string, account_id = 'A'): Row => ({ batch: 1, account_id, csm_id, effective_at: `${day}T12:00:00.000Z` })
export const attribute = (day: string, name: string, value: string): Row => ({
  batch: 1,
  account_id: 'A',
  attribute: name,
  value,
  effective_at: `${day}T12:00:00.000Z`,
})
export const csm = (csm_id: string, day: string, team: string, fte = '1'): Row => ({
  batch: 1,
  csm_id,
  name: '',
  team,
  fte,
  ramp_factor: '1',
  time_share: '1',
  effective_at: `${day}T12:00:00.000Z`,
})
