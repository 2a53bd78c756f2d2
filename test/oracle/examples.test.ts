import { describe, expect, it } from 'vitest'
import type { Settings } from '../../src/kernel/settings.ts'
import { defaultSettings } from '../../src/kernel/settings.ts'
import { examples } from '../golden/golden.ts'
import { emptyCompany } from './company.ts'
import type { Company, Row } from './company.ts'
import { oracle } from './oracle.ts'

const example = (id: string): unknown => examples.find((each) => each.id === id)?.expected
const version = (subscription: string, from: string, terms: Record<string, string>): Row => ({
  batch: 1,
  subscription_id: subscription,
  account_id: subscription.split('/')[0] ?? '',
  effective_at: `${from}T12:00:00.000Z`,
  status: 'active',
  product: 'core',
  plan: '',
  quantity: '1',
  unit_amount: '0',
  currency: 'USD',
  interval_months: '1',
  interval_unit: 'month',
  ...terms,
})
const company = (rows: readonly Row[], more: Partial<Company> = {}): Company => ({ ...emptyCompany(), subscription_version: rows, ...more })
const YEAR = { from: '2024-01-01', until: '2025-01-01' }
const value = (rows: Company, id: string, settings: Partial<Settings> = {}, options?: Record<string, string>) =>
  oracle(rows, { ...defaultSettings, ...settings }).metric(id, options === undefined ? YEAR : { ...YEAR, options }).value
const mrr = (terms: Record<string, string>, more: Partial<Company> = {}, settings: Partial<Settings> = {}) =>
  value(company([version('A', '2023-06-01', terms)], more), 'mrr', settings)
const many = (n: number, of: (i: number) => Row[]): Row[] => Array.from({ length: n }, (_, i) => of(i)).flat()

describe('worked examples', () => {
  it('normalise every interval to a month', () => {
    expect(mrr({ unit_amount: '1200', interval_unit: 'year' })).toBe(example('mrr_annual'))
    expect(mrr({ unit_amount: '2000', interval_months: '12' })).toBeCloseTo(example('mrr_chartmogul_four_gold') as number, 6)
    expect(mrr({ unit_amount: '20', interval_unit: 'week' })).toBeCloseTo(example('mrr_weekly') as number, 6)
    expect((mrr({ unit_amount: '10', interval_unit: 'day' }) ?? 0) - (mrr({ unit_amount: '70', interval_unit: 'week' }) ?? 0)).toBe(
      example('mrr_daily_equals_weekly'),
    )
    const book = [
      ...many(100, (i) => [version(`m${i}`, '2023-06-01', { unit_amount: '100' })]),
      ...many(50, (i) => [version(`y${i}`, '2023-06-01', { unit_amount: '600', interval_unit: 'year' })]),
    ]
    expect(value(company(book), 'mrr')).toBe(example('mrr_stripe_book'))
  })
  it('take the discounts that the setting names', () => {
    const half = (duration: string) => ({
      discount: [{ batch: 1, discount_id: 'd', subscription_id: 'A', percent: '50', duration, starts_at: '2023-06-01T12:00:00.000Z' }],
    })
    const seats = { unit_amount: '50', quantity: '6' }
    expect(mrr(seats, half('repeating'))).toBe(example('mrr_seats_and_percent_discount'))
    const by = (setting: string) => ['once', 'repeating', 'forever'].map((duration) => mrr(seats, half(duration), { mrr_discounts: setting }))
    expect([by('recurring'), by('all'), by('forever_only'), by('none')]).toEqual([
      [300, 150, 150],
      [150, 150, 150],
      [300, 300, 150],
      [300, 300, 300],
    ])
  })
  it('count retention on the opening set', () => {
    const loyal = many(90, (i) => [version(`s${i}`, '2023-06-01', { unit_amount: '1' })])
    const lost = many(10, (i) => [version(`l${i}`, '2023-06-01', { unit_amount: '1' }), version(`l${i}`, '2024-05-01', { status: 'ended' })])
    const joined = many(8, (i) => [
      version(`j${i}`, '2024-03-01', { unit_amount: '1' }),
      ...(i < 3 ? [version(`j${i}`, '2024-05-01', { status: 'ended' })] : []),
    ])
    const returned = many(2, (i) => [
      version(`r${i}`, '2023-01-01', { unit_amount: '1' }),
      version(`r${i}`, '2023-02-01', { status: 'ended' }),
      version(`r${i}`, '2024-06-01', { unit_amount: '1' }),
    ])
    expect(value(company([...loyal, ...lost]), 'logo_churn_rate')).toBe(example('churn_seed'))
    expect(value(company([...loyal, ...lost, ...joined]), 'customer_retention_rate')).toBe((example('crr_join_and_leave') as { right: number }).right)
    expect(value(company([...loyal, ...lost, ...returned]), 'customer_retention_rate')).toBe((example('crr_returning') as { right: number }).right)
    expect(value(company(joined), 'customer_retention_rate')).toBe(example('crr_zero'))
  })
  it('take rates in money as others print them where nobody moves twice', () => {
    const book = company([
      version('a', '2023-06-01', { unit_amount: '70' }),
      version('a', '2024-06-01', { unit_amount: '80' }),
      version('b', '2023-06-01', { unit_amount: '20' }),
      version('b', '2024-06-01', { unit_amount: '10' }),
      version('c', '2023-06-01', { unit_amount: '10' }),
      version('c', '2024-06-01', { status: 'ended' }),
    ])
    const { gross, net } = example('chartmogul_mrr_churn') as { gross: number; net: number }
    expect(value(book, 'gross_mrr_churn_rate')).toBeCloseTo(gross, 12)
    expect(value(book, 'net_mrr_churn_rate')).toBeCloseTo(net, 12)
  })
  it('count renewals by due date', () => {
    const yearly = (id: string, amount: string) => version(id, '2023-06-15', { unit_amount: amount, interval_unit: 'year' })
    const book = company([
      yearly('a', '100'),
      yearly('b', '200'),
      version('b', '2024-06-15', { status: 'ended' }),
      version('b/2', '2024-06-30', { unit_amount: '240', interval_unit: 'year' }),
      yearly('c', '100'),
      version('c', '2024-06-15', { status: 'ended' }),
    ])
    const wanted = example('renewal_rates') as Record<'logo' | 'gross_arr' | 'net_arr' | 'on_time', number>
    expect(value(book, 'renewal_rate')).toBeCloseTo(wanted.logo, 8)
    expect((['gross', 'net', 'on_time'] as const).map((of) => value(book, 'renewal_rate', {}, { of })?.toFixed(6))).toEqual(
      [wanted.gross_arr, wanted.net_arr, wanted.on_time].map((each) => each.toFixed(6)),
    )
    expect(value(book, 'renewal_revenue')).toBeCloseTo(340, 4)
  })
  it('follow earned growth on revenue through two years', () => {
    const charge = (account: string, day: string, amount: string): Row => ({
      batch: 1,
      charge_id: account + day,
      account_id: account,
      charged_at: `${day}T12:00:00.000Z`,
      kind: 'recurring',
      amount,
      currency: 'USD',
    })
    const source = (account_id: string, from: string): Row => ({ batch: 1, account_id, attribute: 'acquisition_source', value: from, effective_at: '' })
    const book = company([], {
      charge: [
        charge('old', '2022-12-01', '1'),
        charge('old', '2023-05-01', '100'),
        charge('old', '2024-05-01', '85'),
        charge('e', '2024-05-01', '25'),
        charge('b', '2024-05-01', '20'),
      ],
      account_attribute: [source('e', 'Referral'), source('b', 'ads')],
    })
    const wanted = example('egr_book') as { nrr: number; earned_new: number; egr: number }
    const answer = oracle(book, defaultSettings).metric('egr', YEAR)
    expect([answer.value, answer.parts.nrr, answer.parts.earned, answer.parts.growth].map((each) => each?.toFixed(8))).toEqual(
      [wanted.egr, wanted.nrr, wanted.earned_new, 0.3].map((each) => each.toFixed(8)),
    )
  })
})

describe('rules that the golden company has already applied', () => {
  const at = (rows: readonly Row[], settings: Partial<Settings> = {}) =>
    oracle(company(rows), { ...defaultSettings, time_zone: 'America/New_York', ...settings })
      .ledger()
      .map(({ day, kind, reason }) => `${day} ${kind} ${reason}`)
  it('dates churn after notice at the end of service, or at notice', () => {
    const notice = [
      version('E', '2023-10-20', { unit_amount: '80' }),
      version('E', '2024-02-10', { unit_amount: '80', canceled_at: '2024-02-10T12:00:00.000Z', ends_at: '2024-02-20T05:00:00.000Z' }),
    ]
    expect(at(notice)).toEqual(['2023-10-20 new ', '2024-02-20 churn cancelled'])
    expect(at(notice, { churn_date: 'cancellation' })).toEqual(['2023-10-20 new ', '2024-02-10 churn cancelled'])
    const ended = [version('E', '2023-10-20', { unit_amount: '80' }), version('E', '2024-02-20', { status: 'ended', canceled_at: '2024-02-10T12:00:00.000Z' })]
    expect(at(ended, { churn_date: 'cancellation' })).toEqual(['2023-10-20 new ', '2024-02-10 churn cancelled'])
  })
  it('keeps arrears for 30 local days, over a clock change', () => {
    const rows = [
      version('K', '2023-08-08', { unit_amount: '250' }),
      version('K', '2024-03-09', { unit_amount: '250', status: 'past_due', due_at: '2024-03-09T04:30:00.000Z' }),
      version('K', '2024-04-22', { unit_amount: '250' }),
    ]
    expect(at(rows)).toEqual(['2023-08-08 new ', '2024-04-07 churn delinquent', '2024-04-22 reactivation payment_recovered'])
    expect(at(rows, { reactivation_window_days: '14' })).toEqual(['2023-08-08 new ', '2024-04-07 churn delinquent', '2024-04-22 new payment_recovered'])
  })
  it('nets a swap and a one-day visit to nothing', () => {
    const swap = [
      version('A/1', '2023-06-01', { unit_amount: '100' }),
      version('A/1', '2024-03-10', { status: 'ended' }),
      version('A/2', '2024-03-10', { unit_amount: '100' }),
    ]
    expect(at(swap)).toEqual(['2023-06-01 new '])
    expect(
      at([version('V', '2024-03-10', { unit_amount: '9' }), { ...version('V', '2024-03-10', { status: 'ended' }), effective_at: '2024-03-10T20:00:00.000Z' }]),
    ).toEqual([])
  })
})

describe('one row per subscription, as a billing system exports it', () => {
  const at = (rows: readonly Row[], settings: Partial<Settings> = {}) =>
    oracle(company(rows), { ...defaultSettings, ...settings })
      .ledger()
      .map(({ day, kind, reason }) => `${day} ${kind} ${reason}`)
  const one = (terms: Record<string, string>, settings: Partial<Settings> = {}) => at([version('A', '2024-01-10', { unit_amount: '30', ...terms })], settings)
  const NEW = '2024-01-10 new '
  it('was paid until its end, else until its notice, else never', () => {
    expect(one({ status: 'ended', canceled_at: '2024-02-15T12:00:00.000Z', ends_at: '2024-03-01T12:00:00.000Z' })).toEqual([NEW, '2024-03-01 churn cancelled'])
    expect(one({ status: 'ended', canceled_at: '2024-02-15T12:00:00.000Z' })).toEqual([NEW, '2024-02-15 churn cancelled'])
    expect(one({ status: 'ended' })).toEqual([])
  })
  it('ends at once where its end is not after its start', () => {
    for (const ends_at of ['2024-01-10T12:00:00.000Z', '2023-12-01T00:00:00.000Z'])
      for (const status of ['active', 'ended', 'past_due']) expect(one({ status, ends_at }), `${status} ${ends_at}`).toEqual([])
  })
  it('takes a day as the last one that is paid for, so a renewal of the next day is none', () => {
    expect(one({ ends_at: '2024-06-30' })).toEqual([NEW, '2024-07-01 churn cancelled'])
    expect(
      at([
        version('A/1', '2024-01-10', { unit_amount: '30', ends_at: '2024-06-30' }),
        { ...version('A/2', '2024-07-01', { unit_amount: '30' }), effective_at: '2024-07-01T00:00:00.000Z' },
      ]),
    ).toEqual([NEW])
  })
  it('owes since the bill was due, else since the period began, else nobody knows since when', () => {
    expect(one({ status: 'past_due', due_at: '2024-05-20T12:00:00.000Z', period_started_at: '2024-05-01T12:00:00.000Z' })).toEqual([
      NEW,
      '2024-06-19 churn delinquent',
    ])
    expect(one({ status: 'past_due', period_started_at: '2024-05-01T12:00:00.000Z' })).toEqual([NEW, '2024-05-31 churn delinquent'])
    expect(one({ status: 'past_due' })).toEqual([NEW])
  })
  it('was paid until its pause', () => {
    expect(one({ status: 'paused', paused_at: '2024-04-02T12:00:00.000Z' })).toEqual([NEW, '2024-04-02 churn pause'])
    expect(one({ status: 'paused' })).toEqual([])
  })
  it('was never paid by whoever did not get past the trial or the first bill', () => {
    expect(one({ status: 'never_paid', ends_at: '2024-01-11T12:00:00.000Z' })).toEqual([])
    expect(one({ status: 'ended', trial_ends_at: '2024-01-24T12:00:00.000Z', ends_at: '2024-01-24T12:00:00.000Z' })).toEqual([])
    expect(one({ status: 'past_due', trial_ends_at: '2024-01-24T12:00:00.000Z', period_started_at: '2024-01-24T12:00:00.000Z' })).toEqual([])
    expect(one({ status: 'past_due', trial_ends_at: '2024-01-24T12:00:00.000Z', period_started_at: '2024-04-24T12:00:00.000Z' })).toEqual([
      '2024-01-24 new trial_converted',
      '2024-05-24 churn delinquent',
    ])
    const trial = version('A', '2024-01-10', { unit_amount: '30', status: 'trialing' })
    const owing = version('A', '2024-01-24', { unit_amount: '30', status: 'past_due', due_at: '2024-01-24T12:00:00.000Z' })
    expect(at([trial, owing, version('A', '2024-02-24', { status: 'ended' })])).toEqual([])
    expect(at([trial, owing, version('A', '2024-02-02', { unit_amount: '30' })])).toEqual(['2024-02-02 new '])
    expect(at([trial, version('A', '2024-01-24', { unit_amount: '30', status: 'ended', ends_at: '2024-02-10T12:00:00.000Z' })])).toEqual([])
  })
  it('keeps the price it returns to through a free month', () => {
    const paid = version('A', '2024-01-10', { unit_amount: '30' })
    const free = version('A', '2024-03-10', { unit_amount: '0', status: 'trialing' })
    expect(at([paid, free, version('A', '2024-04-10', { unit_amount: '30' })])).toEqual([NEW])
    expect(at([paid, free, version('A', '2024-04-10', { unit_amount: '40' })])).toEqual([NEW, '2024-03-10 expansion price'])
    expect(at([paid, { ...free, unit_amount: '30' }, version('A', '2024-04-10', { status: 'ended' })])).toEqual([NEW, '2024-04-10 churn cancelled'])
    expect(at([paid, version('A', '2024-02-10', { status: 'ended' }), { ...free, unit_amount: '30' }])).toEqual([NEW, '2024-02-10 churn cancelled'])
  })
  it('gives the reason of its end to its end', () => {
    expect(one({ status: 'ended', ends_at: '2024-03-01T12:00:00.000Z', reason: 'too expensive' })).toEqual([NEW, '2024-03-01 churn too expensive'])
    expect(one({ canceled_at: '2024-02-15T12:00:00.000Z', ends_at: '2024-03-01T12:00:00.000Z', reason: 'too expensive' })).toEqual([
      NEW,
      '2024-03-01 churn too expensive',
    ])
  })
})
