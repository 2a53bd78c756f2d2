import { beforeAll, describe, expect, it } from 'vitest'
import { EFFECTS } from './rates.ts'
import { cell, daysFrom, readCompany, usualCompany } from './read-company.ts'
import type { ReadCompany } from './read-company.ts'

const ENDS = { endMonth: '2025-06' }
const DAY = 86_400_000
let usual: ReadCompany
let large: ReadCompany
beforeAll(async () => {
  usual = await usualCompany()
  large = await readCompany({ ...ENDS, accounts: 6_000, useRate: 0.04 })
})

const adoptersOf = (company: ReadCompany): Map<string, string> => {
  const first = new Map<string, string>()
  for (const row of company.rows('usage_events.csv'))
    if (row.feature === 'scheduled_reports') {
      const account = cell(row, 'account_id').replace('-OLD', '')
      const [at, known] = [cell(row, 'occurred_at'), first.get(account)]
      if (known === undefined || at < known) first.set(account, at)
    }
  return first
}

describe('product use of the sample company', () => {
  it('is modest in size and names only accounts, features and products there are', () => {
    const events = usual.rows('usage_events.csv')
    expect(events.length).toBeGreaterThan(80_000)
    expect(events.length).toBeLessThan(150_000)
    expect(new Set(events.map((row) => row.event_id)).size).toBe(events.length)
    const accounts = new Set(usual.rows('accounts.csv').map((row) => row.account_id))
    const features = new Set(['', ...usual.rows('features.csv').map((row) => cell(row, 'feature_id'))])
    for (const row of events) {
      expect(accounts.has(cell(row, 'account_id')) && features.has(cell(row, 'feature'))).toBe(true)
      expect(cell(row, 'occurred_at') >= usual.truth.first_day && cell(row, 'occurred_at') < usual.truth.last_day).toBe(true)
    }
    expect(new Set(events.map((row) => row.feature))).toEqual(features)
    for (const row of usual.rows('feature_entitlements.csv')) expect(features.has(cell(row, 'feature'))).toBe(true)
  })

  it('has as many users as seats let it, and somebody at about half of the seats in a month', () => {
    const seats = new Map<string, number>()
    for (const versions of usual.subscriptions()) {
      const last = versions.at(-1)
      if (last?.product === 'core' && last.status === 'active') seats.set(cell(last, 'account_id'), Number(last.quantity))
    }
    const users = new Map<string, Set<string>>()
    for (const row of usual.rows('usage_events.csv'))
      if (cell(row, 'occurred_at') >= '2025-06-03')
        users.set(cell(row, 'account_id'), (users.get(cell(row, 'account_id')) ?? new Set()).add(cell(row, 'user_id')))
    const most = new Map<string, number>()
    for (const row of usual.rows('subscription_versions.csv'))
      if (row.product === 'core') most.set(cell(row, 'account_id'), Math.max(Number(row.quantity), most.get(cell(row, 'account_id')) ?? 0))
    for (const [account, found] of users) expect(found.size, account).toBeLessThanOrEqual(most.get(account) ?? 0)
    const sum = (list: Iterable<number>): number => [...list].reduce((total, one) => total + one, 0)
    const share = sum([...seats.keys()].map((account) => users.get(account)?.size ?? 0)) / sum(seats.values())
    expect(share).toBeGreaterThan(0.35)
    expect(share).toBeLessThan(0.65)
  })

  it('begins when an account may use the product', () => {
    const first = new Map<string, string>()
    for (const row of usual.rows('subscription_versions.csv'))
      if (!first.has(cell(row, 'account_id'))) first.set(cell(row, 'account_id'), cell(row, 'effective_at'))
    for (const row of usual.rows('usage_events.csv')) expect(cell(row, 'occurred_at') >= (first.get(cell(row, 'account_id')) ?? '')).toBe(true)
  })

  it('holds customers by one feature, whatever else they are', () => {
    const adopters = adoptersOf(large)
    const planted = large.truth.effects.find(({ id }) => id === 'scheduled_reports')
    const told = EFFECTS.scheduled_reports.factor / EFFECTS.scheduled_reports.without
    expect(planted?.notice_factor).toBeCloseTo(told, 9)
    const plantedFor = new Set(planted?.accounts)
    expect([...adopters.keys()].every((account) => plantedFor.has(account))).toBe(true)
    const accounts = new Map(large.rows('accounts.csv').map((row) => [cell(row, 'account_id'), row]))
    const [with_, without] = [
      { days: 0, notices: 0 },
      { days: 0, notices: 0 },
    ]
    for (const versions of large.subscriptions()) {
      const [first] = versions
      const account = accounts.get(first === undefined ? '' : cell(first, 'account_id'))
      if (first?.product !== 'core' || first.interval_months !== '1' || account?.segment !== 'SMB' || account.region === 'Latin America') continue
      const from = adopters.get(cell(first, 'account_id').replace('-OLD', '')) ?? '9999-01-01T00:00:00Z'
      for (const [i, version] of versions.entries()) {
        const [at, notice, until] = [cell(version, 'effective_at'), cell(version, 'canceled_at'), versions[i + 1]?.effective_at ?? large.truth.last_day]
        if (notice === at) (at >= from ? with_ : without).notices++
        if (version.status !== 'active' || notice !== '') continue
        with_.days += Math.max(0, daysFrom(at > from ? at : from, until))
        without.days += Math.max(0, daysFrom(at, until < from ? until : from))
      }
    }
    const ratio = with_.notices / with_.days / (without.notices / without.days)
    expect(ratio).toBeGreaterThan(told * 0.7)
    expect(ratio).toBeLessThan(told * 1.4)
  })

  it('falls before notice is given', () => {
    const notices = new Map<string, number>()
    for (const row of large.rows('subscription_versions.csv'))
      if (row.product === 'core' && cell(row, 'canceled_at') !== '') notices.set(cell(row, 'account_id'), Date.parse(cell(row, 'canceled_at')))
    const begun = new Map<string, number>()
    for (const row of large.rows('subscription_versions.csv'))
      begun.set(cell(row, 'account_id'), Math.min(Date.parse(cell(row, 'effective_at')), begun.get(cell(row, 'account_id')) ?? Infinity))
    let [before, earlier] = [0, 0]
    for (const row of large.rows('usage_events.csv')) {
      const notice = notices.get(cell(row, 'account_id'))
      if (notice === undefined || notice - (begun.get(cell(row, 'account_id')) ?? 0) < 200 * DAY) continue
      const days = (notice - Date.parse(cell(row, 'occurred_at'))) / DAY
      if (days > 0 && days <= 28) before++
      if (days > 70 && days <= 98) earlier++
    }
    expect(before / earlier).toBeGreaterThan(EFFECTS.usage_drop.factor * 0.75)
    expect(before / earlier).toBeLessThan(EFFECTS.usage_drop.factor * 1.4)
  })

  it('reaches first value late or never for some', () => {
    const paid = new Map<string, string>()
    for (const row of usual.rows('subscription_versions.csv'))
      if (row.status === 'active' && !paid.has(cell(row, 'account_id'))) paid.set(cell(row, 'account_id'), cell(row, 'effective_at'))
    const shared = new Map<string, string>()
    for (const row of usual.rows('usage_events.csv'))
      if (row.event === 'report shared' && !shared.has(cell(row, 'account_id'))) shared.set(cell(row, 'account_id'), cell(row, 'occurred_at'))
    const within = [...paid].filter(([account, from]) => daysFrom(from, shared.get(account) ?? '9999-01-01') <= 60).length / paid.size
    expect(within).toBeGreaterThan(0.3)
    expect(within).toBeLessThan(0.9)
  })
})
