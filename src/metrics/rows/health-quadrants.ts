import { sql } from '../../kernel/sql.ts'
import { defineRowSet } from '../kit/row-set.ts'
import { accountIndexes } from './account-indexes.ts'

const { arr, ce, co } = accountIndexes.columns as Readonly<Record<'arr' | 'ce' | 'co', (typeof accountIndexes.columns)[string]>>

export const healthQuadrants = defineRowSet({
  id: 'health_quadrants',
  says: 'One row per customer at the end of the period, with its place on the plane of experience and outcomes, both high from 70 on.',
  columns: { arr, ce: { name: ce.name, kind: ce.kind }, co: { name: co.name, kind: co.kind }, quadrant: { name: 'Quadrant', kind: 'text' } },
  unrated: accountIndexes.unrated,
  consults: accountIndexes.consults,
  own: { quadrant: 'quadrant' },
  rows: (frame) => sql`
    SELECT period, account_id, arr, unrated, ce, co,
      multiIf(isNull(ce) OR isNull(co), 'unknown', ce >= 70 AND co >= 70, 'thriving', co >= 70, 'effort gap', ce >= 70, 'value gap', 'at risk') AS quadrant
    FROM (${accountIndexes.rows(frame)})`,
})
