import { param, sql } from '../../../kernel/sql.ts'
import { outcomeLedger } from '../../../ledgers/outcome-ledger.ts'
import { defineObject } from '../object-kind.ts'

export const outcomes = defineObject({
  id: 'outcomes',
  name: 'Outcomes',
  columns: [
    { id: 'outcome', name: 'Outcome', type: 'text' },
    { id: 'type', name: 'Type', type: 'text' },
    { id: 'baseline', name: 'From', type: 'number' },
    { id: 'target', name: 'To', type: 'number' },
    { id: 'agreed_on', name: 'Agreed', type: 'day' },
    { id: 'due_on', name: 'Due', type: 'day' },
    { id: 'stands', name: 'Stands', type: 'boolean' },
  ],
  states: { open: { name: 'Standing', where: sql`stands` }, all: { name: 'All', where: sql`1` } },
  order: sql`isNull(due_on), due_on, outcome`,
  rows: ({ ledger }, day) => sql`
    SELECT account_id, if(name = '', outcome_id, name) AS outcome, toString(type) AS type, toFloat64(baseline) AS baseline, toFloat64(target) AS target,
      day AS agreed_on, due_on, until > ${param('Date32', day)} AS stands
    FROM (${ledger(outcomeLedger)}) WHERE day <= ${param('Date32', day)}`,
})
