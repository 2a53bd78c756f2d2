import { accountId, choice, currency, defineFact, id, instant, money, number, text } from './fact.ts'

/** Causes of a change of MRR (METRICS.md C18). A file may name them; where it does not, they are derived. */
export const MOVEMENT_REASONS = [
  'quantity',
  'plan',
  'cross_sell',
  'product_dropped',
  'price',
  'renewal',
  'discount',
  'discount_expired',
  'currency_change',
  'win_back',
  'resume',
  'payment_recovered',
  'cancelled',
  'delinquent',
  'pause',
  'downgraded_to_free',
  'trial_converted',
] as const

const OF_ONE_UNIT = ['unit_price', 'plan_unit_price', 'price_per_unit', 'price_per_seat', 'price_per_user', 'seat_price']

export const subscriptionVersion = defineFact({
  id: 'subscription_version',
  name: 'Subscription version',
  plural: 'subscription versions',
  says: 'The terms of one subscription from an instant on. Each version replaces the one before it, until a version that ends it.',
  placement: 'account',
  columns: {
    subscription_id: id('The subscription', { required: true, aliases: ['subscription', 'sub_id', 'contract_id'] }),
    account_id: accountId('The account that pays', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id'] }),
    effective_at: instant('From when these terms hold', {
      required: true,
      aliases: ['from', 'start', 'starts_at', 'start_date', 'changed_at', 'effective_date', 'valid_from', 'date'],
    }),
    status: choice('What the subscription is from then on, or today where a file has one row per subscription', {
      required: true,
      aliases: ['state', 'subscription_status'],
      choices: {
        active: ['active', 'live', 'paid', 'current', 'non_renewing', 'in_trial_paid'],
        trialing: ['trialing', 'trial', 'in_trial', 'trialling'],
        past_due: ['past_due', 'overdue', 'unpaid', 'dunning', 'delinquent'],
        paused: ['paused', 'on_hold', 'suspended'],
        free: ['free', 'freemium'],
        ended: ['ended', 'cancelled', 'canceled', 'expired', 'terminated', 'churned'],
        never_paid: ['never_paid', 'incomplete_expired'],
      },
    }),
    product: text('Product', { aliases: ['product_id', 'product_name'] }),
    plan: text('Plan or price', { aliases: ['plan_id', 'plan_name', 'price_id', 'tier'] }),
    quantity: number('Units or seats', { aliases: ['seats', 'units', 'qty', 'licenses', 'licences'], fallback: '1', min: 0 }),
    unit_amount: money(
      'Price of one unit for one billing interval, net of tax, before discounts; of all units, or for a month or a year, where amount_per says so',
      {
        required: true,
        aliases: [...OF_ONE_UNIT, 'amount', 'price', 'plan_amount', 'plan_price'],
        tells: {
          ...Object.fromEntries(['mrr', 'mrr_amount', 'monthly_recurring_revenue', 'monthly_revenue'].map((alias) => [alias, { amount_per: 'month' }])),
          ...Object.fromEntries(['arr', 'arr_amount', 'annual_recurring_revenue', 'acv'].map((alias) => [alias, { amount_per: 'year' }])),
        },
        maybe: {
          total: 'for all units; for a billing interval, a month or the whole term',
          total_amount: 'for all units; for a billing interval, a month or the whole term',
          total_price: 'for all units; for a billing interval, a month or the whole term',
          monthly_amount: 'for one unit or for all',
          monthly_price: 'for one unit or for all',
          annual_amount: 'for one unit or for all',
          annual_price: 'for one unit or for all',
          contract_value: 'for a year or for the whole term',
          tcv: 'for the whole term',
          revenue: 'for a month, or for all time',
        },
        min: 0,
      },
    ),
    currency: currency('Currency of the price', { required: true }),
    interval_months: number('Months in one billing interval: 1, 3, 12; weeks and days as fractions of a month are given by interval_unit', {
      aliases: ['interval_count', 'bill_period_months', 'billing_months', 'months'],
      fallback: '1',
      min: 0,
    }),
    interval_unit: choice('Unit of the interval when it is not months', {
      aliases: ['interval', 'billing_interval', 'billing_period', 'period'],
      fallback: 'month',
      choices: {
        month: ['month', 'monthly', 'months', 'm', 'mo'],
        quarter: ['quarter', 'quarterly', 'q'],
        year: ['year', 'yearly', 'annual', 'annually', 'y'],
        week: ['week', 'weekly', 'w'],
        day: ['day', 'daily', 'd'],
      },
    }),
    term_months: number('Committed months of the contract; empty means one billing interval', {
      aliases: ['contract_months', 'contract_term', 'commitment_months'],
      min: 0,
    }),
    canceled_at: instant('When notice was given; the end where a row says that it ended and names no other', {
      aliases: ['cancelled_at', 'canceled_on', 'cancelled_on', 'notice_at', 'cancellation_date', 'cancel_date'],
    }),
    ends_at: instant(
      'When paid service ends or ended; a day is the last one that is paid for, or under a header that ends in "at" the one on which it is over',
      {
        aliases: [
          'end_date',
          'ended_at',
          'ended_on',
          'cancel_at',
          'service_end',
          'end',
          'expires_at',
          'expires',
          'expires_on',
          'expired_at',
          'expiry',
          'expiry_date',
          'expiration_date',
          'contract_end',
          'contract_end_date',
          'valid_until',
        ],
        lastDay: true,
      },
    ),
    due_at: instant('When the unpaid bill was due, for past-due versions', { aliases: ['past_due_since', 'due_date'] }),
    period_started_at: instant('When the billing period began that is being paid for: a bill that is past due was due then, where nothing else says when', {
      aliases: [
        'current_period_start',
        'current_period_started_at',
        'current_period_starts_at',
        'current_term_start',
        'current_term_started_at',
        'current_term_starts_at',
        'period_start',
        'billing_period_start',
      ],
    }),
    trial_ends_at: instant('Until when nothing is paid because it is a trial; a day is its last one', {
      aliases: ['trial_end', 'trial_end_date', 'trial_ended_at', 'trial_expires_at', 'trial_until', 'trial_end_at'],
      lastDay: true,
    }),
    paused_at: instant('Since when it is paused, for a row that also says when it began', {
      aliases: ['pause_date', 'paused_on', 'paused_since', 'pause_start', 'on_hold_since'],
    }),
    reason: text('Why the terms changed; derived when empty', { aliases: ['change_reason', 'cause', 'churn_reason'] }),
    amount_per: choice('What the amount is for: one unit for one billing interval where it is empty', {
      aliases: ['price_per'],
      choices: {
        unit: ['unit', 'seat', 'user'],
        interval: ['interval', 'billing_interval', 'all_units'],
        month: ['month', 'mrr', 'monthly'],
        year: ['year', 'arr', 'annual'],
      },
    }),
  },
  identity: [['subscription_id', 'effective_at']],
  ownId: 'subscription_id',
  priced: {
    amount: 'unit_amount',
    per: 'amount_per',
    choices: {
      unit: 'One unit, for one billing interval',
      interval: 'All units, for one billing interval',
      month: 'All units, for a month: it is MRR',
      year: 'All units, for a year: it is ARR',
    },
    units: 'quantity',
    sure: ['unit_amount', ...OF_ONE_UNIT],
  },
  effective: 'effective_at',
  fileNames: ['subscription_version', 'subscription', 'contract', 'plan_change'],
})
