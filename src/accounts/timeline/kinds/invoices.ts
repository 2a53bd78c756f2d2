import { invoice } from '../../../facts/invoice.ts'
import { daysBetween } from '../../../kernel/period.ts'
import type { Told } from '../happening.ts'
import { defineTimelineKind, moneyOf } from '../happening.ts'

function paidWhen(due: string, paid: string): string {
  const late = daysBetween(due, paid)
  if (late <= 0) return 'paid in time'
  return `paid ${late} ${late === 1 ? 'day' : 'days'} late`
}

export const invoices = defineTimelineKind({
  id: 'invoices',
  name: 'Invoices',
  of: [invoice],
  tell: (known) =>
    known.of(invoice).flatMap((own): Told[] => {
      const { invoice_id, issued_on = null, due_on = null, paid_on = null, status, amount = null, currency = null } = own.values
      const sum = moneyOf(amount, currency)
      const name = `Invoice ${String(invoice_id)}`
      const detail = sum
      const isOff = status === 'void' || status === 'draft'
      const issued: Told[] =
        issued_on === null ? [] : [{ of: own, what: 'issued', at: issued_on, title: `${name} ${isOff ? `is ${String(status)}` : 'issued'}`, detail }]
      const isLate = due_on !== null && !isOff && (paid_on === null || String(paid_on) > String(due_on)) && status !== 'paid'
      const due: Told[] = isLate || (issued_on === null && paid_on === null) ? [{ of: own, what: 'due', at: due_on, title: `${name} due`, detail }] : []
      const paid: Told[] =
        paid_on === null
          ? []
          : [
              {
                of: own,
                what: 'paid',
                at: paid_on,
                title: `${name} ${due_on === null ? 'paid' : paidWhen(String(due_on), String(paid_on))}`,
                detail,
                tone: due_on !== null && String(paid_on) > String(due_on) ? 'bad' : 'good',
              },
            ]
      return [...issued, ...due, ...paid]
    }),
})
