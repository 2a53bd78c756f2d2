import { describe, expect, test } from 'vitest'
import { proposeColumns } from '../guess.ts'
import { checkMapping, factNamed } from '../mapping.ts'
import { compileMapper } from '../row-mapper.ts'

const contracts = (end: string, rows: readonly (readonly [account: string, start: string, end: string])[], answers: Record<string, string> = {}) => {
  const headers = ['subscription_id', 'account_id', 'start_date', end, 'status', 'unit_amount', 'currency']
  const fact = factNamed('subscription_version')
  const mapping = checkMapping({ fact: fact.id, source: 'files', columns: proposeColumns(fact, headers).columns, answers }, headers)
  const mapper = compileMapper(mapping, { headers, zone: 'America/New_York', importId: 'i', stage: 's', rowOffset: 0, ragged: false })
  const read = () =>
    rows.map(([account, start, until], i) => (mapper.map([`s${i}`, account, start, until, 'active', '1', 'USD'], i + 2), mapper.rows[0]?.ends_at))
  let ends = read()
  if (mapper.isOpen(true) && mapper.questions().length === 0) {
    mapper.restart('t')
    ends = read()
  }
  return { ends, keys: mapper.questions().map(({ key }) => key), notes: mapper.notes() }
}
const [FIRST, OPEN] = [
  ['a', '2024-03-11', '2025-03-09'],
  ['b', '2024-01-01', ''],
] as const

describe('the day of an end', () => {
  test('is the last one, or the one on which it is over, as its header says; that is told', () => {
    expect(contracts('contract_end', [FIRST, OPEN])).toMatchObject({
      ends: ['2025-03-10T04:00:00.000Z', undefined],
      keys: [],
      notes: [expect.stringMatching(/"contract_end" is the last one.*ends:contract_end=over/)],
    })
    expect(contracts('ends_at', [FIRST])).toMatchObject({ ends: ['2025-03-09T05:00:00.000Z'], keys: [], notes: [expect.stringMatching(/on which it is over/)] })
  })
  test('is read anew where the next contracts of accounts all begin as if it were the other', () => {
    expect(contracts('ends_at', [['a', '2025-03-10', ''], FIRST])).toMatchObject({
      keys: [],
      ends: [undefined, '2025-03-10T04:00:00.000Z'],
      notes: [expect.stringMatching(/the last one that is paid for, for that is how/)],
    })
    expect(contracts('end_date', [FIRST, ['a', '2025-03-09', '']])).toMatchObject({ keys: [], ends: ['2025-03-09T05:00:00.000Z', undefined] })
  })
  test('is asked about where they disagree', () => {
    const rows = [FIRST, ['a', '2025-03-10', '2025-06-01'], ['a', '2025-06-01', '']] as const
    expect([contracts('end_date', rows).keys, contracts('ends_at', rows).keys]).toEqual([['ends:end_date'], ['ends:ends_at']])
    expect(contracts('ends_at', rows, { 'ends:ends_at': 'last' })).toMatchObject({
      keys: [],
      ends: ['2025-03-10T04:00:00.000Z', '2025-06-02T04:00:00.000Z', undefined],
    })
  })
  test('stays what it is where the next one fits, or is another account’s', () => {
    expect(contracts('end_date', [FIRST, ['a', '2025-03-10', '']])).toMatchObject({ keys: [], ends: ['2025-03-10T04:00:00.000Z', undefined] })
    expect(contracts('ends_at', [FIRST, ['b', '2025-03-10', '']])).toMatchObject({ keys: [], ends: ['2025-03-09T05:00:00.000Z', undefined] })
  })
  test('with a time is that time', () =>
    expect(contracts('end_date', [['a', '2024-03-11', '2025-03-09T12:00:00Z']])).toMatchObject({ ends: ['2025-03-09T12:00:00.000Z'], notes: [] }))
})
