import { accountId, boolean, currency, defineFact, id, instant, money, text } from './fact.ts'

/** Held everywhere: the account that was referred may lie on another shard than the one that referred it. */
export const referral = defineFact({
  id: 'referral',
  name: 'Referral',
  plural: 'referrals',
  says: 'One recommendation by a customer to somebody who may become one.',
  about: 'voice',
  placement: 'everywhere',
  columns: {
    referral_id: id('Your own id of the referral', { aliases: ['id', 'lead_id'] }),
    account_id: accountId('The account that referred', {
      required: true,
      aliases: ['referrer', 'referrer_id', 'referrer_account', 'referred_by', 'advocate', 'account', 'customer_id'],
    }),
    contact_id: id('Who referred', { aliases: ['contact', 'referrer_contact', 'referrer_email', 'advocate_email', 'advocate_id'] }),
    referred_account_id: accountId('The account that was referred, once it is one', {
      aliases: ['referred_account', 'referred_customer_id', 'friend_id', 'new_account_id', 'referred_company_id'],
    }),
    referred_name: text('Who was referred, while it is not an account yet', {
      aliases: ['referred', 'referee', 'friend', 'prospect', 'referred_company', 'lead_name'],
    }),
    referred_at: instant('When', { required: true, aliases: ['date', 'created_at', 'referral_date', 'submitted_at'] }),
    verified: boolean('Sales has confirmed it', { aliases: ['confirmed', 'qualified', 'accepted'] }),
    converted_at: instant('When the referred one became a customer', { aliases: ['won_at', 'closed_at', 'conversion_date', 'became_customer_at'] }),
    mrr: money('Monthly value that it brought', {
      aliases: ['monthly_value', 'new_mrr'],
      maybe: { amount: 'for a month, or for all time', value: 'for a month, or for all time', deal_value: 'for a year or the whole term in most exports' },
    }),
    currency: currency('Currency of that value'),
    notes: text('Anything else', { aliases: ['note', 'comment'] }),
  },
  identity: [['referral_id'], ['account_id', 'referred_account_id'], ['account_id', 'referred_name'], ['account_id', 'referred_at']],
  ownId: 'referral_id',
  effective: 'referred_at',
  fileNames: ['referral', 'recommendation', 'advocate'],
})
