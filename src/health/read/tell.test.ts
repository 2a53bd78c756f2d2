import { expect, test } from 'vitest'
import { knownOn } from '../known.ts'
import type { Told } from '../known.ts'
import { joinTold, tell } from './tell.ts'
import type { Undos, VersionRow } from './tell.ts'

type Row = VersionRow & { readonly value: string }

const version = (source_id: string, day: string, value: string, own: Partial<Row> = {}): Row => ({
  account_id: 'A',
  source: 'app',
  source_id,
  told_at: `${day} 10:00:00.000000`,
  effective_on: day,
  recorded_on: day,
  import_id: '',
  deleted: 0,
  value,
  ...own,
})
const undo = (day: string, undone = true) => ({ at: `${day} 12:00:00.000000`, on: day, undone })
const known = (rows: readonly Row[], undos: Undos, day: string): string[] =>
  knownOn(
    tell(rows, undos, ({ value }) => value),
    day,
  )

test('of each fact the version told last is known, and none that was deleted', () => {
  const rows = [
    version('1', '2024-01-01', 'a'),
    version('2', '2024-01-02', 'b'),
    version('1', '2024-01-03', 'A'),
    version('2', '2024-01-04', 'b', { deleted: 1 }),
  ]
  expect(known(rows, new Map(), '2024-01-02')).toEqual(['a', 'b'])
  expect(known(rows, new Map(), '2024-01-03')).toEqual(['A', 'b'])
  expect(known(rows, new Map(), '2024-01-04')).toEqual(['A'])
})

test('an undo is heard on its own day and brings back what stood before, until it is taken back', () => {
  const rows = [
    version('1', '2024-01-01', 'a'),
    version('1', '2024-01-03', 'wrong', { import_id: 'I' }),
    version('2', '2024-01-03', 'only here', { import_id: 'I' }),
    version('3', '2024-01-03', 'another'),
  ]
  const undos = new Map([['I', [undo('2024-01-05'), undo('2024-01-09', false)]]])
  expect(known(rows, undos, '2024-01-02')).toEqual(['a'])
  expect(known(rows, undos, '2024-01-04')).toEqual(['wrong', 'only here', 'another'])
  expect(known(rows, undos, '2024-01-05').toSorted()).toEqual(['a', 'another'])
  expect(known(rows, undos, '2024-01-09').toSorted()).toEqual(['another', 'only here', 'wrong'])
})

test('what was told after an undone import stands whatever becomes of that', () => {
  const rows = [version('1', '2024-01-03', 'wrong', { import_id: 'I' }), version('1', '2024-01-04', 'right')]
  const undos = new Map([['I', [undo('2024-01-05')]]])
  expect(known(rows, undos, '2024-01-04')).toEqual(['right'])
  expect(known(rows, undos, '2024-01-06')).toEqual(['right'])
})

test('a fact is told again on each day on which more is known beside it', () => {
  const told = <T>(identity: string, recorded_on: string, fact: T, deleted = false): Told<T> => ({
    identity,
    effective_on: recorded_on,
    recorded_on,
    deleted,
    fact,
  })
  const tickets = [told('t1', '2024-01-01', { id: 't1' }), told('t2', '2024-01-02', { id: 't2' }), told('t1', '2024-01-06', { id: 't1' }, true)]
  const events = [
    told('e1', '2024-01-03', { of: 't1', what: 'solved' }),
    told('e2', '2024-01-04', { of: 't1', what: 'opened' }),
    told('e2', '2024-01-05', { of: 't1', what: 'opened' }, true),
  ]
  const joined = joinTold(tickets, events, [({ id }) => id, ({ of }) => of], ({ id }, beside) => [id, ...beside.map(({ what }) => what)].join(' '))
  expect(knownOn(joined, '2024-01-02')).toEqual(['t1', 't2'])
  expect(knownOn(joined, '2024-01-03')).toEqual(['t1 solved', 't2'])
  expect(knownOn(joined, '2024-01-04')).toEqual(['t1 solved opened', 't2'])
  expect(knownOn(joined, '2024-01-05')).toEqual(['t1 solved', 't2'])
  expect(knownOn(joined, '2024-01-06')).toEqual(['t2'])
})
