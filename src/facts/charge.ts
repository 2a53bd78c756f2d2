import { accountId, choice, currency, date, defineFact, id, instant, money, number, text } from './fact.ts'

export const charge = defineFact({
  id: 'charge',
  name: 'Charge',
  plural: 'charges',
  says: 'One line that was billed to or refunded to an account, net of tax. Refunds are negative.',
  placement: 'account',
  columns: {
    charge_id: id('The charge or invoice line', { required: true, aliases: ['id', 'invoice_line_id', 'invoice_id', 'payment_id', 'transaction_id'] }),
    account_id: accountId('The account that was billed', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id'] }),
    charged_at: instant('When it was billed', { required: true, aliases: ['date', 'created_at', 'paid_at', 'invoice_date', 'billed_at', 'created'] }),
    kind: choice('What was billed', {
      fallback: 'recurring',
      aliases: ['type', 'category', 'charge_type'],
      choices: {
        recurring: ['recurring', 'subscription', 'proration', 'renewal'],
        one_off: ['one_off', 'one_time', 'setup', 'service', 'services', 'setup_fee'],
        usage: ['usage', 'metered', 'overage'],
        refund: ['refund', 'credit_note', 'chargeback'],
        tax: ['tax', 'vat'],
        voided: ['void', 'voided', 'uncollectible'],
      },
    }),
    amount: money('Amount net of tax; negative for refunds', { required: true, aliases: ['net_amount', 'total', 'value', 'net', 'amount_paid'] }),
    currency: currency('Currency of the amount', { required: true }),
    subscription_id: id('The subscription it belongs to', { aliases: ['subscription', 'sub_id'] }),
    product: text('Product', { aliases: ['product_id', 'product_name'] }),
    covers_months: number('Months of service that it pays for', { aliases: ['interval_months', 'months'], min: 0 }),
    service_from: date('First day of the service it pays for', { aliases: ['period_start', 'service_start'] }),
    service_until: date('Day after the last day of the service', { aliases: ['period_end', 'service_end'] }),
  },
  identity: [['charge_id']],
  effective: 'charged_at',
  fileNames: ['charge', 'invoice', 'bill', 'payment', 'transaction'],
})
