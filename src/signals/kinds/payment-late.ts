import type { Invoice } from '../../health/account-facts.ts'
import { isOpenOn } from '../../health/caps.ts'
import { daysBetween } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const LATE = 10

export interface LatePayment {
  /** The one that is late longest. */
  readonly invoice: Invoice | null
  readonly days: number
  readonly open: number
}

export const paymentLate = defineSign<LatePayment>({
  id: 'payment_late',
  name: 'Payment late',
  says: 'An invoice is open more than ten days after it was due.',
  class: 'risk',
  expires: 90,
  instant: true,
  opens: [{ fact: 'invoice', days: 365 }],
  values({ facts, day }) {
    const late = facts.invoices
      .filter((invoice) => isOpenOn(invoice, day) && daysBetween(invoice.due_on, day) > LATE)
      .sort((a, b) => (a.due_on === b.due_on ? (a.id < b.id ? -1 : 1) : a.due_on < b.due_on ? -1 : 1))
    const invoice = late[0] ?? null
    return { invoice, days: invoice === null ? 0 : daysBetween(invoice.due_on, day), open: late.length }
  },
  holds: ({ open }) => open > 0,
  evidence: ({ invoice, days, open }) => ({ invoice: invoice?.id ?? null, days, open }),
  sentence: ({ invoice, days }) =>
    `Invoice ${invoice?.id ?? ''}${invoice === null || invoice.amount === null ? '' : ` of ${invoice.amount.toLocaleString('en-US')} ${invoice.currency}`} is ${days} days late`,
})
