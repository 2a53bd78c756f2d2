import { describe, expect, test } from 'vitest'
import { factById } from '../../facts/facts.ts'
import { guessFacts, missingColumns, proposeColumns, undecidedFacts } from './guess.ts'
import { headerKey } from './headers.ts'

const GOLDEN: [string, string, string[]][] = [
  ['accounts.csv', 'account', ['account_id', 'name', 'segment', 'csm', 'source', 'note']],
  ['charges.csv', 'charge', ['charge_id', 'account_id', 'charged_at', 'kind', 'amount', 'currency']],
  ['costs.csv', 'cost', ['month', 'category', 'amount_usd']],
  ['csms.csv', 'csm', ['csm', 'fte', 'ramp_factor']],
  ['discounts.csv', 'discount', ['subscription_id', 'percent', 'duration', 'starts_at', 'ends_at']],
  ['fx_rates.csv', 'exchange_rate', ['date', 'currency', 'usd_per_unit']],
  [
    'subscription_versions.csv',
    'subscription_version',
    ['subscription_id', 'account_id', 'effective_at', 'status', 'product', 'plan', 'quantity', 'unit_amount', 'currency', 'interval_months', 'reason'],
  ],
]
/** Headers as they come from elsewhere. */
const STRANGERS: [string, string, string[]][] = [
  ['Kunden 2024.csv', 'account', ['Customer ID', 'Company Name', 'Country', 'Account Manager', 'Signup Date', 'Website']],
  ['invoices-2024-06.csv', 'charge', ['Invoice ID', 'Customer', 'Invoice Date', 'Amount (EUR)', 'Type']],
  ['subs.csv', 'subscription_version', ['Subscription', 'Customer', 'Start Date', 'Status', 'Seats', 'Unit Price', 'Currency', 'Billing Period']],
  ['owners.csv', 'csm_assignment', ['account_id', 'owner', 'since']],
  ['segments.csv', 'account_attribute', ['account_id', 'attribute', 'value', 'valid_from']],
  ['a.csv', 'account', ['account_id', 'name']],
  ['export.csv', 'exchange_rate', ['day', 'from', 'to', 'rate']],
  ['coupons.csv', 'discount', ['Coupon ID', 'Subscription ID', 'Percent Off', 'Applied At']],
]
/** What billing systems call the dates of a subscription. */
const DATES: [string, string][] = [
  ['Current Period Start (UTC)', 'period_started_at'],
  ['current_term_start', 'period_started_at'],
  ['current_period_started_at', 'period_started_at'],
  ['Ended At (UTC)', 'ends_at'],
  ['expires_at', 'ends_at'],
  ['Contract End Date', 'ends_at'],
  ['Trial End (UTC)', 'trial_ends_at'],
  ['trial_ends_at', 'trial_ends_at'],
  ['pause_date', 'paused_at'],
  ['paused_at', 'paused_at'],
  ['Canceled At (UTC)', 'canceled_at'],
  ['past_due_since', 'due_at'],
]
const targets = (fact: string, headers: string[]) =>
  Object.fromEntries(proposeColumns(factById(fact)!, headers).columns.map(({ header, to, constant }) => [header === '' ? `=${constant}` : header, to]))

describe('the fact of a file', () => {
  test.each([...GOLDEN, ...STRANGERS])('%s holds %s', (name, fact, headers) => {
    const guesses = guessFacts(headers, name)
    expect(guesses[0]?.fact.id).toBe(fact)
    expect(undecidedFacts(guesses)).toEqual([])
  })
  test.each(GOLDEN)('%s is recognised under a name that says nothing, with nothing missing', (_, fact, headers) => {
    const [best, ...rest] = guessFacts(headers, 'export (3).csv')
    expect([best?.fact.id, best?.missing]).toEqual([fact, []])
    expect(undecidedFacts([best!, ...rest])).toEqual([])
  })
  test('is asked when two fit', () => {
    expect(undecidedFacts(guessFacts(['customer', 'owner'], 'export.csv')).map(({ fact }) => fact.id)).toEqual(
      expect.arrayContaining(['account', 'csm_assignment']),
    )
    expect(undecidedFacts(guessFacts(['customer', 'owner'], 'customers.csv'))).toEqual([])
  })
  test('is asked when nothing fits', () => expect(undecidedFacts(guessFacts(['foo', 'bar', 'baz'], 'x.csv')).length).toBeGreaterThan(5))
  test('does not depend on the columns that refused rows bring', () => {
    const [plain, brought] = [
      ['account_id', 'name'],
      ['account_id', 'name', 'refused_file', 'refused_row', 'refused_reason'],
    ].map((headers) => guessFacts(headers, 'x.csv')[0])
    expect(brought?.confidence).toBe(plain?.confidence)
  })
})

describe('the mapping of a file', () => {
  test.each(DATES)('"%s" is %s of a subscription', (header, to) => expect(targets('subscription_version', [header])).toEqual({ [header]: to }))
  test('of accounts carries attributes and the CSM; what is unknown stays out', () => {
    expect(targets('account', ['account_id', 'name', 'segment', 'csm', 'source', 'note'])).toEqual({
      account_id: 'account_id',
      name: 'name',
      segment: 'attribute:segment',
      csm: 'csm',
      source: 'attribute:acquisition_source',
      note: null,
    })
  })
  test('reads currencies out of headers', () => {
    expect(targets('cost', ['month', 'category', 'amount_usd'])).toMatchObject({ amount_usd: 'amount', '=USD': 'currency' })
    expect(targets('charge', ['Amount (EUR)'])).toEqual({ 'Amount (EUR)': 'amount', '=EUR': 'currency' })
    expect(targets('charge', ['usd_amount'])).toEqual({ usd_amount: 'amount', '=USD': 'currency' })
    expect(targets('exchange_rate', ['date', 'currency', 'usd_per_unit'])).toEqual({ date: 'date', currency: 'currency', usd_per_unit: 'rate', '=USD': 'per' })
    expect(targets('exchange_rate', ['rate_to_gbp'])).toEqual({ rate_to_gbp: 'rate', '=GBP': 'per' })
  })
  test('sees no currency in words that only look like one', () =>
    expect(targets('charge', ['amount_all', 'amount_top', 'amount_net'])).toEqual({ amount_all: null, amount_top: null, amount_net: null }))
  test('prefers plain columns to those that name a currency', () => {
    expect(targets('charge', ['amount', 'currency', 'amount_usd'])).toEqual({ amount: 'amount', currency: 'currency', amount_usd: null })
    expect(targets('charge', ['currency', 'amount_usd'])).toEqual({ currency: null, amount_usd: 'amount', '=USD': 'currency' })
  })
  test('gives a target to one column only, the surest', () =>
    expect(targets('charge', ['total', 'amount', 'customer', 'account_id'])).toEqual({
      total: null,
      amount: 'amount',
      customer: null,
      account_id: 'account_id',
    }))
  test('sees through prefixes, spelling and zones', () => {
    expect(targets('charge', ['invoiceAmount', 'Charge Currency', 'created_at_utc'])).toEqual({
      invoiceAmount: 'amount',
      'Charge Currency': 'currency',
      created_at_utc: 'charged_at',
    })
  })
  test('says what is missing', () =>
    expect(missingColumns(factById('charge')!, proposeColumns(factById('charge')!, ['charge_id', 'account_id', 'amount']).columns)).toEqual([
      'charged_at',
      'currency',
    ]))
})

test('spellings of one header are one', () => {
  expect(['Amount (USD)', 'amountUsd', ' amount-usd ', 'AMOUNT_USD', 'Amount  USD'].map(headerKey)).toEqual(Array.from({ length: 5 }, () => 'amount_usd'))
  expect(headerKey('% off')).toBe('percent_off')
})
