import type { HealthModel } from './model.ts'
import { anchors } from './normalise.ts'
import { reading } from './operand.ts'

/** What works on day one, from whichever of the four a company records. */
export const DEFAULT_MODEL: HealthModel = {
  id: 'default',
  version: 1,
  name: 'Default',
  min_coverage: 0.5,
  families: [
    {
      kind: 'input',
      id: 'usage',
      name: 'Days with use in 28 days',
      reads: reading('usage'),
      weight: 40,
      scale: anchors([0, 0], [4, 30], [12, 70], [20, 100]),
      max_age: 14,
      need: 1,
      missing: { kind: 'leave_out' },
    },
    {
      kind: 'input',
      id: 'support',
      name: 'Tickets of 30 days for 100 seats',
      reads: reading('support'),
      weight: 20,
      scale: anchors([0, 100], [2, 90], [10, 40], [20, 0]),
      max_age: 30,
      need: 1,
      missing: { kind: 'leave_out' },
    },
    {
      kind: 'input',
      id: 'feedback',
      name: 'Latest responses of 180 days',
      reads: reading('feedback'),
      weight: 20,
      scale: anchors([0, 0], [10, 100]),
      max_age: 180,
      need: 3,
      missing: { kind: 'leave_out' },
    },
    {
      kind: 'input',
      id: 'billing',
      name: 'Invoices paid in time',
      reads: reading('billing'),
      weight: 20,
      scale: anchors([0.5, 0], [0.8, 50], [1, 100]),
      max_age: 60,
      need: 3,
      missing: { kind: 'leave_out' },
    },
  ],
  caps: {
    notice_given: { at_most: 10, days: null },
    auto_renew_off: { at_most: 29, days: null },
    past_due_60: { at_most: 40, days: 180 },
    critical_ticket_7: { at_most: 60, days: 90 },
    champion_left: { at_most: 60, days: 90 },
    licence_use_low: { at_most: 59, days: null },
  },
  own_caps: {},
}
