import { choice, currency, defineFact, id, instant, money, number } from './fact.ts'

export const discount = defineFact({
  id: 'discount',
  name: 'Discount',
  plural: 'discounts',
  says: 'One reduction of the price of one subscription while it is in force. Recurring ones lower MRR, one-time ones only revenue.',
  placement: 'everywhere',
  isModifier: true,
  columns: {
    discount_id: id('Your own id of the discount', { aliases: ['id', 'subscription_discount_id'] }),
    subscription_id: id('The subscription it lowers', { required: true, aliases: ['subscription', 'sub_id'] }),
    percent: number('Percent off', { aliases: ['percent_off', 'discount_percent', 'pct'], min: 0, max: 100 }),
    amount: money('Amount off per billing interval', { aliases: ['amount_off', 'discount_amount'], min: 0 }),
    currency: currency('Currency of the amount'),
    duration: choice('Whether it recurs', {
      fallback: 'repeating',
      aliases: ['kind', 'type'],
      choices: { once: ['once', 'one_time', 'one_off'], repeating: ['repeating', 'recurring', 'limited'], forever: ['forever', 'permanent', 'always'] },
    }),
    starts_at: instant('From when it is in force', { required: true, aliases: ['start', 'from', 'start_date', 'applied_at'] }),
    ends_at: instant('When it stops being in force, a day being its last one; empty means open', {
      aliases: ['end', 'until', 'end_date', 'expires_at'],
      lastDay: true,
    }),
    coupon: id('The coupon or code, which many subscriptions may share', {
      aliases: ['coupon_id', 'coupon_code', 'code', 'promotion_code', 'promo_code', 'discount_code'],
    }),
    months: number('Whole months it is in force, where no end is given', {
      aliases: ['duration_in_months', 'duration_months', 'months_off', 'repeat_months'],
      min: 1,
      max: 1200,
    }),
  },
  identity: [['discount_id'], ['subscription_id', 'starts_at', 'duration']],
  identityAlso: ['coupon'],
  lasts: {
    from: 'starts_at',
    months: 'months',
    until: 'ends_at',
    ending: {
      by: 'duration',
      value: 'repeating',
      unended: { forever: 'They are in force for good, and lower MRR', once: 'They lower one bill, and no MRR' },
    },
  },
  effective: 'starts_at',
  fileNames: ['discount', 'coupon'],
})
