import { accountId, choice, currency, date, defineFact, id, instant, money, number, text } from './fact.ts'

const WITHOUT_TAX = ['total_excluding_tax', 'subtotal_excluding_tax', 'amount_excluding_tax', 'amount_without_tax', 'net_of_tax', 'subtotal', 'sub_total']

export const charge = defineFact({
  id: 'charge',
  name: 'Charge',
  plural: 'charges',
  says: 'One line that was billed to or refunded to an account, net of tax. Refunds are negative.',
  placement: 'account',
  columns: {
    charge_id: id('The charge or invoice line; without it what it is a line of, its kind, its time and what it is for tell lines apart', {
      aliases: ['id', 'charge', 'invoice_line_id', 'line_id', 'line_item_id'],
    }),
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
    amount: money('Amount net of tax; negative for refunds', {
      required: true,
      aliases: [...WITHOUT_TAX, 'value', 'charge'],
      maybe: {
        net_amount: 'without tax, or without fees',
        net: 'without tax, or without fees',
        total: 'may be with tax',
        total_amount: 'may be with tax',
        grand_total: 'with tax in most exports',
        gross: 'with tax, or before fees',
        gross_amount: 'with tax, or before fees',
        amount_due: 'may be with tax',
        amount_paid: 'may be with tax, and nothing where it is unpaid',
      },
      mayHold: [
        {
          what: 'tax',
          aliases: ['tax', 'taxes', 'tax_amount', 'amount_tax', 'tax_total', 'total_tax', 'vat', 'vat_amount', 'gst', 'sales_tax'],
          unless: WITHOUT_TAX,
        },
        { what: 'what was given back', aliases: ['amount_refunded', 'refunded_amount', 'refund_amount', 'total_refunded'], unless: [] },
      ],
    }),
    currency: currency('Currency of the amount', { required: true }),
    subscription_id: id('The subscription it belongs to', { aliases: ['subscription', 'sub_id'] }),
    product: text('Product', { aliases: ['product_id', 'product_name'] }),
    covers_months: number('Months of service that it pays for', { aliases: ['interval_months', 'months'], min: 0 }),
    service_from: date('First day of the service it pays for', { aliases: ['period_start', 'service_start'] }),
    service_until: date('Day after the last day of the service', { aliases: ['period_end', 'service_end'] }),
    reference: id('The invoice, payment or transaction that it is a line of', {
      aliases: ['invoice_id', 'invoice_number', 'invoice', 'payment_id', 'payment', 'transaction_id', 'transaction', 'order_id'],
    }),
  },
  identity: [['charge_id'], ['reference', 'kind', 'charged_at'], ['account_id', 'kind', 'charged_at']],
  identityAlso: ['subscription_id', 'product', 'service_from'],
  ownId: 'charge_id',
  statuses: {
    leftOut: ['void', 'voided', 'draft', 'deleted', 'failed', 'declined'],
    asked: [
      'cancelled',
      'canceled',
      'rejected',
      'uncollectible',
      'written_off',
      'bad_debt',
      'pending',
      'incomplete',
      'expired',
      'reversed',
      'refunded',
      'partially_refunded',
      'disputed',
      'abandoned',
      'error',
    ],
  },
  takenOff: { by: 'kind', values: ['refund'], amount: 'amount' },
  effective: 'charged_at',
  fileNames: ['charge', 'invoice', 'bill', 'payment', 'transaction'],
})
