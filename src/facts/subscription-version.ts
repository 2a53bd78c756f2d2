import { accountId, choice, currency, defineFact, id, instant, money, number, text } from './fact.ts'

/** Causes of a change of MRR (METRICS.md C18). A file may name them; where it does not, they are derived. */
export const MOVEMENT_REASONS = [
  'quantity', 'plan', 'cross_sell', 'product_dropped', 'price', 'renewal', 'discount', 'discount_expired', 'currency_change',
  'win_back', 'resume', 'payment_recovered', 'cancelled', 'delinquent', 'pause', 'downgraded_to_free', 'trial_converted',
] as const

export const subscriptionVersion = defineFact({
  id: 'subscription_version',
  name: 'Subscription version',
  plural: 'subscription versions',
  says: 'The terms of one subscription from an instant on. Each version replaces the one before it, until a version that ends it.',
  placement: 'account',
  columns: {
    subscription_id: id('The subscription', { required: true, aliases: ['subscription', 'sub_id', 'contract_id'] }),
    account_id: accountId('The account that pays', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id'] }),
    effective_at: instant('From when these terms hold', { required: true, aliases: ['from', 'start', 'starts_at', 'start_date', 'changed_at', 'effective_date', 'valid_from', 'date'] }),
    status: choice('What the subscription is from then on', {
      required: true,
      aliases: ['state', 'subscription_status'],
      choices: {
        active: ['active', 'live', 'paid', 'current', 'non_renewing', 'in_trial_paid'],
        trialing: ['trialing', 'trial', 'in_trial', 'trialling'],
        past_due: ['past_due', 'overdue', 'unpaid', 'dunning', 'delinquent'],
        paused: ['paused', 'on_hold', 'suspended'],
        free: ['free', 'freemium'],
        ended: ['ended', 'cancelled', 'canceled', 'expired', 'terminated', 'churned', 'incomplete_expired'],
      },
    }),
    product: text('Product', { aliases: ['product_id', 'product_name'] }),
    plan: text('Plan or price', { aliases: ['plan_id', 'plan_name', 'price_id', 'tier'] }),
    quantity: number('Units or seats', { aliases: ['seats', 'units', 'qty', 'licenses', 'licences'], fallback: '1', min: 0 }),
    unit_amount: money('Price of one unit for one billing interval, net of tax, before discounts', { required: true, aliases: ['amount', 'price', 'unit_price', 'mrr'], min: 0 }),
    currency: currency('Currency of the price', { required: true, aliases: ['ccy', 'currency_code'] }),
    interval_months: number('Months in one billing interval: 1, 3, 12; weeks and days as fractions of a month are given by interval_unit', { aliases: ['interval_count', 'bill_period_months', 'billing_months', 'months'], fallback: '1', min: 0 }),
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
    term_months: number('Committed months of the contract; empty means one billing interval', { aliases: ['contract_months', 'contract_term', 'commitment_months'], min: 0 }),
    canceled_at: instant('When notice was given', { aliases: ['cancelled_at', 'notice_at', 'cancellation_date'] }),
    ends_at: instant('When paid service will end after notice', { aliases: ['end_date', 'ended_at', 'cancel_at', 'service_end', 'end'] }),
    due_at: instant('When the unpaid bill was due, for past-due versions', { aliases: ['past_due_since', 'due_date'] }),
    reason: text('Why the terms changed; derived when empty', { aliases: ['change_reason', 'cause', 'churn_reason'] }),
  },
  identity: [['subscription_id', 'effective_at']],
  effective: 'effective_at',
  fileNames: ['subscription_version', 'subscription', 'contract', 'plan_change'],
})
