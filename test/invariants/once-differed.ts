import type { Company } from '../oracle/company.ts'
import type { Case } from './small-companies.ts'
import { attribute, bill, csm, owner, rate, version, yearly } from './small-facts.ts'

const MARCH = { from: '2024-03-01', until: '2024-04-01' }
const H1 = { from: '2024-01-01', until: '2024-07-01' }
/** A went from one stage, owner and team to another in the middle of March. */
const moved: Partial<Company> = {
  subscription_version: [version('A', '2023-06-01', '100'), version('B', '2023-06-01', '7')],
  account_attribute: [attribute('2023-06-01', 'lifecycle_stage', 'adopting'), attribute('2024-03-20', 'lifecycle_stage', 'renewing')],
  csm_assignment: [owner('2023-06-01', 'mira'), owner('2024-03-20', 'noor'), owner('2023-06-01', 'noor', 'B')],
  csm: [csm('mira', '2023-01-01', 'north'), csm('noor', '2023-01-01', 'west'), csm('noor', '2024-03-10', 'south', '0.5')],
  touchpoint: [
    {
      batch: 1,
      touchpoint_id: 't',
      account_id: 'A',
      happened_at: '2024-03-25T12:00:00.000Z',
      kind: 'call',
      two_way: '',
      csm_id: '',
      contact_id: '',
      minutes: '',
      subject: '',
    },
  ],
  quota: [{ batch: 1, csm_id: 'mira', kind: 'expansion', starts_on: '2024-03-01', months: '1', amount: '500', currency: 'USD' }],
}
const twice = [version('A', '2024-01-05', '10'), version('A', '2024-01-20', '0'), version('A', '2024-03-25', '10'), version('B', '2024-01-06', '10')]

/** Small companies on which the engine and the oracle once differed. */
export const ONCE_DIFFERED: readonly Case[] = [
  {
    says: 'as of a day, committed MRR looks ahead from the close of that day',
    facts: {
      subscription_version: [
        version('A', '2023-06-01', '100'),
        version('A', '2024-03-20', '0'),
        version('B', '2024-04-10', '7'),
        version('C', '2024-04-11', '1000'),
      ],
    },
    metric: 'mrr_committed',
    ask: { ...H1, as_of: '2024-03-10' },
    expected: { '': 7 },
  },
  {
    says: '... so naming the last day of a period changes nothing in it',
    facts: { subscription_version: [version('A', '2023-06-01', '100'), version('A', '2024-04-01', '0')] },
    metric: 'mrr_committed',
    ask: { ...MARCH, as_of: '2024-03-31' },
    expected: { '': 0 },
  },
  {
    says: 'a contract whose currency changed within its term is renewed in the new one',
    facts: {
      subscription_version: [yearly('A', '2023-03-10', '1200'), yearly('A', '2023-09-10', '1200', { currency: 'EUR' })],
      exchange_rate: [rate('2023-01-01', 'EUR', '1.5')],
    },
    metric: 'renewal_revenue',
    ask: MARCH,
    expected: { '': 1800 },
  },
  {
    says: 'a contract renewed under another term and product is renewed on its due date',
    facts: { subscription_version: [yearly('A', '2023-03-10', '1200'), yearly('A', '2024-03-10', '3000', { product: 'insights', term_months: '24' })] },
    metric: 'renewal_revenue',
    ask: MARCH,
    expected: { '': 3000 },
  },
  {
    says: 'a subscription that was paid all along renews no other, although its term changed just then',
    facts: {
      subscription_version: [
        yearly('A1', '2023-03-10', '1200'),
        yearly('A1', '2024-03-10', '0'),
        version('A2', '2023-07-01', '50'),
        yearly('A2', '2024-03-12', '600'),
      ],
    },
    metric: 'renewal_rate',
    ask: MARCH,
    expected: { '': 0 },
  },
  {
    says: 'a successor is of the product that the contract had when it was due',
    facts: {
      subscription_version: [
        yearly('A1', '2023-03-10', '1200'),
        yearly('A1', '2023-09-10', '1200', { product: 'insights' }),
        yearly('A1', '2024-03-10', '0'),
        yearly('A2', '2024-03-12', '600', { product: 'insights' }),
      ],
    },
    metric: 'renewal_rate',
    ask: MARCH,
    expected: { '': 1 },
  },
  {
    says: 'an account that joined twice in the period is one member of the cohort, since its first day',
    facts: { subscription_version: twice },
    settings: { reactivation_window_days: '30' },
    metric: 'cohort_retention',
    ask: { from: '2024-01-01', until: '2024-04-01' },
    expected: { '': 0.5 },
  },
  {
    says: 'a member whose money has no rate is a customer all the same',
    facts: { subscription_version: [version('A', '2024-03-05', '10', { currency: 'EUR' })] },
    metric: 'cohort_retention',
    ask: MARCH,
    expected: { '': 1 },
  },
  {
    says: '... but what it pays is not known',
    facts: {
      subscription_version: [version('A', '2024-03-05', '10'), version('A', '2024-03-20', '10', { currency: 'EUR' })],
      exchange_rate: [rate('2024-03-15', 'EUR', '1.5')],
    },
    metric: 'cohort_retention',
    ask: { ...MARCH, options: { of: 'mrr' } },
    expected: { '': 'fx_missing' },
  },
  {
    says: 'revenue that is recognised over months has no value in any of them when its bill had no rate',
    facts: { charge: [bill('2024-02-20', { currency: 'EUR', service_from: '2024-02-20', service_until: '2024-05-20' })] },
    settings: { revenue_basis: 'recognised' },
    metric: 'net_revenue',
    ask: MARCH,
    expected: { '': 'fx_missing' },
  },
  {
    says: 'what is divided by is not rounded',
    facts: {
      subscription_version: [version('A', '2023-06-01', '0.000001')],
      cost: [{ batch: 1, month: '2024-03', category: 'tools', amount: '0.000012', currency: 'USD', purpose: 'retention', share: '1' }],
    },
    metric: 'crc_ratio',
    ask: { from: '2024-03-01', until: '2024-03-11' },
    expected: { '': (12 * 365) / 120 },
  },
  {
    says: 'a subscription told in one row, ended, was paid until it ended',
    facts: { subscription_version: [version('A', '2023-06-01', '100', { status: 'ended', ends_at: '2024-03-20T12:00:00.000Z' })] },
    metric: 'churned_mrr',
    ask: MARCH,
    expected: { '': 100 },
  },
  {
    says: 'where churn is dated at notice, nothing between the notice and the end counts',
    facts: {
      subscription_version: [
        version('A', '2023-06-01', '100'),
        version('A', '2024-04-05', '300'),
        version('A', '2024-04-20', '0', { canceled_at: '2024-03-28T12:00:00.000Z' }),
      ],
    },
    settings: { churn_date: 'cancellation' },
    metric: 'churned_mrr',
    ask: MARCH,
    expected: { '': 100 },
  },
  {
    says: 'an owner without capacity whose accounts have no rate',
    facts: { subscription_version: [version('A', '2023-06-01', '100', { currency: 'EUR' })], csm_assignment: [owner('2023-06-01', 'gone')] },
    metric: 'arr_per_csm',
    ask: MARCH,
    by: 'csm',
    expected: { gone: 'fx_missing' },
  },
  {
    says: 'growth over two years stands with the owner at the start of the second',
    facts: {
      subscription_version: [version('A', '2022-01-01', '10')],
      csm_assignment: [owner('2022-01-01', 'gone'), owner('2023-09-01', 'mira')],
      charge: [bill('2022-01-01', {}), bill('2022-08-01', {}), bill('2023-08-01', { amount: '620' })],
    },
    metric: 'egr',
    ask: { from: '2024-04-01', until: '2024-07-01' },
    by: 'csm',
    expected: { gone: 1 },
  },
  {
    says: 'a stock stands at the stage of its own day',
    facts: moved,
    metric: 'mrr',
    ask: MARCH,
    by: 'lifecycle_stage',
    expected: { renewing: 100, '(none)': 7 },
  },
  {
    says: '... also before the change',
    facts: moved,
    metric: 'mrr',
    ask: { from: '2024-02-01', until: '2024-03-01' },
    by: 'lifecycle_stage',
    expected: { adopting: 100, '(none)': 7 },
  },
  {
    says: '... and as of a day within the period',
    facts: moved,
    metric: 'mrr',
    ask: { ...MARCH, as_of: '2024-03-19' },
    by: 'lifecycle_stage',
    expected: { adopting: 100, '(none)': 7 },
  },
  {
    says: 'what is retained stands where the period opened',
    facts: moved,
    metric: 'nrr',
    ask: MARCH,
    by: 'lifecycle_stage',
    expected: { adopting: 1, '(none)': 1 },
  },
  {
    says: 'accounts owned at the end are divided by the capacity of the end',
    facts: moved,
    metric: 'arr_per_csm',
    ask: MARCH,
    by: 'csm',
    expected: { noor: (107 * 12) / 0.5 },
  },
  { says: '... of their team too', facts: moved, metric: 'arr_per_csm', ask: MARCH, by: 'team', expected: { south: (107 * 12) / 0.5 } },
  {
    says: '... of the team then',
    facts: moved,
    metric: 'accounts_per_csm',
    ask: { from: '2024-02-01', until: '2024-03-01' },
    by: 'team',
    expected: { north: 1, west: 1 },
  },
  {
    says: 'the team of an account is that of its owner when the period opened',
    facts: moved,
    metric: 'nrr',
    ask: MARCH,
    by: 'team',
    expected: { north: 1, west: 1 },
  },
  { says: 'who is covered is looked up when the window ends', facts: moved, metric: 'account_coverage', ask: MARCH, by: 'csm', expected: { noor: 0.5 } },
  {
    says: 'a quota belongs to the team of its CSM',
    facts: { ...moved, subscription_version: [version('A', '2023-06-01', '100'), version('A', '2024-03-15', '120')] },
    metric: 'expansion_quota_attainment',
    ask: MARCH,
    by: 'team',
    expected: { north: 240 / 500 },
  },
]
