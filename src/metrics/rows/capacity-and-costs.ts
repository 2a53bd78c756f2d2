import { costLedger } from '../../ledgers/cost-ledger.ts'
import { csmCapacityLedger } from '../../ledgers/csm-capacity-ledger.ts'
import { sql } from '../../kernel/sql.ts'
import { atEnds, defineRowSet, inPeriods } from '../kit/row-set.ts'
import { computed } from '../kit/value.ts'

export const csmCapacity = defineRowSet({
  id: 'csm_capacity',
  says: 'One row per CSM with the capacity they have at the end of the period.',
  placement: 'everywhere',
  columns: {
    csm: { name: 'CSM', kind: 'text' },
    team: { name: 'Team', kind: 'text' },
    fte: { name: 'FTE', kind: 'number' },
    effective_fte: { name: 'FTE x ramp x share of time', kind: 'number' },
  },
  own: { csm: 'csm', team: 'team' },
  rows(frame) {
    const { period, rest } = atEnds(frame)
    return sql`SELECT ${period} AS period, csm_id AS csm, team, fte, effective_fte FROM (${frame.ledger(csmCapacityLedger)}) ${rest}`
  },
})

/** Assigned over capacity. The row of nobody has no capacity: it shows what is unassigned, so that all rows add up to the whole. */
export const perCapacity = computed(
  ({ number: { assigned = 0, capacity = 0, accounts = 0 } }) => {
    if (capacity !== 0) return { value: assigned / capacity }
    return { value: null, null_reason: 'no_capacity', ...(accounts === 0 ? { numerator: 'unassigned', denominator: 'capacity' } : {}) }
  },
  { numerator: 'assigned', denominator: 'capacity', ratios: () => [{ over: 'assigned', under: 'capacity', times: 1, plus: 0 }] },
)

/** Dimensions that split costs alone: customers are the same whole beside each of their values, so that the parts add up. */
export const COST_DIMENSIONS = ['category'] as const

export const costRows = defineRowSet({
  id: 'costs',
  says: 'One row per category, purpose and month whose first day lies in the period.',
  placement: 'everywhere',
  columns: {
    month: { name: 'Month', kind: 'day' },
    category: { name: 'Category', kind: 'text' },
    purpose: { name: 'Purpose', kind: 'text' },
    amount: { name: 'Amount', kind: 'money' },
  },
  own: { category: 'category' },
  unrated: 'isNull(amount)',
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`month`)
    return sql`SELECT ${period} AS period, month, category, purpose, amount FROM (${frame.ledger(costLedger)}) ${rest}`
  },
})
