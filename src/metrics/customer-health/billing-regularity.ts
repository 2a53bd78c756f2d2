import { defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { invoicesDue } from '../rows/invoices-due.ts'

export const billingRegularity = defineMetric({
  id: 'billing_regularity',
  name: 'Billing regularity',
  says: 'Share of the last twelve invoices of each account that were paid by the due date or in the days of grace after it.',
  level: 'customer-health',
  kind: 'window',
  grain: 'invoice',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{on_time} / {due}',
  nullWhen: 'No invoice has fallen due.',
  measures: {
    on_time: { of: invoicesDue, each: 'on_time', label: 'Paid on time', kind: 'count' },
    due: { of: invoicesDue, each: '1', label: 'Fallen due', kind: 'count' },
    late_by: { of: invoicesDue, each: 'days_late', label: 'Invoices by days past due', kind: 'tally' },
  },
  value: withBeside(ratio('on_time', 'due', 'none_due'), ({ tallies }, { value }) =>
    value === null ? {} : { beside: { days_past_due_max: tallies.late_by?.values.at(-1) ?? null } },
  ),
  n: 'due',
  interval: 'wilson',
  shareOfWhole: true,
  besides: { days_past_due_max: 'Most days past due' },
  aliases: ['invoice punctuality', 'paid on time'],
  settings: ['time_zone', 'invoice_grace_days'],
  examples: [
    {
      says: 'billing_regularity: nine of ten, the tenth still open after its day',
      facts: {
        invoice: Array.from({ length: 10 }, (_, i) => ({
          invoice_id: `e${i}`,
          account_id: 'a',
          due_on: `2024-03-0${i < 9 ? i + 1 : 9}`,
          paid_on: i === 9 ? '' : `2024-03-${String(i + 4).padStart(2, '0')}`,
          status: i === 9 ? 'open' : 'paid',
        })),
      },
      value: 0.9,
      parts: { days_past_due_max: 22 },
    },
    {
      says: 'only the last twelve count',
      facts: {
        invoice: Array.from({ length: 15 }, (_, i) => ({
          invoice_id: `e${i}`,
          account_id: 'a',
          due_on: `2024-03-${String(i + 1).padStart(2, '0')}`,
          paid_on: i < 4 ? '2024-03-30' : `2024-03-${String(i + 1).padStart(2, '0')}`,
        })),
      },
      value: 11 / 12,
    },
  ],
})
