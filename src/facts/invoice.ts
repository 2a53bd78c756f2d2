import { accountId, choice, currency, date, defineFact, id, money } from './fact.ts'

export const invoice = defineFact({
  id: 'invoice',
  name: 'Invoice',
  plural: 'invoices',
  says: 'One invoice with the day on which it was due and the day on which it was paid. What it was for are charges.',
  placement: 'account',
  columns: {
    invoice_id: id('The invoice', { required: true, aliases: ['id', 'number', 'invoice_number', 'invoice', 'document_number'] }),
    account_id: accountId('The account that owes it', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company', 'client'] }),
    issued_on: date('Day of issue', { aliases: ['issued', 'date', 'invoice_date', 'created', 'created_at', 'finalized_at', 'issue_date'] }),
    due_on: date('Day by which it must be paid', { required: true, aliases: ['due', 'due_date', 'due_at', 'payment_due', 'due_by'] }),
    paid_on: date('Day on which it was paid in full; empty while it is open', {
      aliases: ['paid_at', 'paid_date', 'date_paid', 'payment_date', 'settled_at', 'fully_paid_on'],
    }),
    amount: money('Amount of the invoice', { aliases: ['total', 'amount_due', 'invoice_total', 'value', 'net_amount'] }),
    currency: currency('Currency of the amount'),
    status: choice('What became of it', {
      fallback: 'open',
      aliases: ['state', 'invoice_status', 'payment_status'],
      choices: {
        open: [
          'open',
          'unpaid',
          'sent',
          'outstanding',
          'past_due',
          'overdue',
          'authorised',
          'submitted',
          'partially_paid',
          'pending',
          'not_paid',
          'payment_due',
          'posted',
        ],
        paid: ['paid', 'settled', 'closed', 'succeeded'],
        void: ['void', 'voided', 'cancelled', 'canceled', 'deleted'],
        draft: ['draft'],
        uncollectible: ['uncollectible', 'written_off', 'bad_debt', 'failed'],
      },
    }),
  },
  identity: [['invoice_id']],
  ownId: 'invoice_id',
  effective: 'due_on',
  fileNames: ['invoice', 'invoices', 'receivable', 'accounts_receivable'],
})
