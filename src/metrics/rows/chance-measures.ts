import type { Measure } from '../kit/metric.ts'
import type { RowSet } from '../kit/row-set.ts'
import { ratio, withBeside, withheld } from '../kit/value.ts'
import type { Form } from '../kit/value.ts'
import { flagReplayed, replayedOf } from './said-of-customers.ts'

/** The measures of a chance that customers have, each to six decimals. */
export const chanceMeasures = (of: RowSet, each: 'chance' | 'stays', label: string) =>
  ({
    chances: { of, each: `exact_${each}`, when: `isNotNull(${each})`, label, kind: 'number' },
    told: { of, each: '1', when: `isNotNull(${each})`, label: 'Customers with a chance', kind: 'count' },
    decided: { of, each: '1', when: "phase = ''", label: 'Customers that have decided to leave', kind: 'count' },
    customers: { of, each: '1', label: 'Customers', kind: 'count' },
    replayed: replayedOf(of),
  }) as const satisfies Record<string, Measure>

/** A form of customers that have a chance, without a value where nobody has one. */
export const ofThoseTold = (form: Form): Form =>
  withBeside(
    withheld(
      withheld({ ...form, absences: [{ reason: 'no_history', when: [['told', '=', 0]] }] }, 'all_decided', ['told', '=', 0], ['decided', '>', 0]),
      'nothing_said',
      ['customers', '=', 0],
    ),
    flagReplayed,
  )

/** The mean chance of the customers that have one. */
export const meanChance: Form = ofThoseTold(ratio('chances', 'told', 'no_history'))
