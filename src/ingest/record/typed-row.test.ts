import { describe, expect, test } from 'vitest'
import type { FactRow } from '../../facts/append.ts'
import { factById } from '../../facts/facts.ts'
import { readTypedRows } from './typed-row.ts'

const read = (fact: string, row: FactRow['row']) => {
  const typed = readTypedRows(factById(fact)!, 'America/New_York', { source: 's', import_id: 'i', file_id: 'f' })
  return typed.read(row, 7) ?? { ...typed.row }
}
const CHARGE = { charge_id: 'c|1', account_id: 'a', charged_at: '2024-03-01T12:00:00+02:00', amount: '1.50', currency: 'EUR' }

describe('a typed row', () => {
  test('becomes a staged row with the identity that its kind declares', () => {
    expect(read('charge', CHARGE)).toMatchObject({
      charged_at: '2024-03-01T10:00:00.000Z',
      amount: '1.5',
      kind: 'recurring',
      source_id: 'c%7C1',
      row_number: 7,
      source: 's',
      import_id: 'i',
      file_id: 'f',
    })
  })

  test('says the same by numbers, dates and texts', () => {
    expect(read('charge', { ...CHARGE, amount: 1.5, charged_at: new Date('2024-03-01T10:00:00Z') })).toEqual(read('charge', CHARGE))
  })

  test('of a history may name no date', () => {
    expect(read('account_attribute', { account_id: 'a', attribute: 'segment', value: 'SMB' })).toMatchObject({ undated: 1, source_id: 'a|segment|' })
  })

  test('holds a value to what another column says it is', () => {
    const weight = { account_id: 'a', attribute: 'load_weight', effective_at: '2024-01-01T00:00:00Z' }
    expect(read('account_attribute', { ...weight, value: '1.20' })).toMatchObject({ value: '1.2' })
    expect(read('account_attribute', { ...weight, value: 'heavy' })).toMatchObject({ column: 'value', value: 'heavy' })
  })

  test.each([
    ['amount', '1,234', /no decimal/],
    ['amount', '1e3', /no decimal/],
    ['amount', '', /empty, but needed/],
    ['amount', '9'.repeat(40), /more digits/],
    ['charged_at', '2024-03-01', /distance from UTC/],
    ['charged_at', '2024-13-01T00:00:00Z', /distance from UTC/],
    ['charged_at', new Date(Number.NaN), /distance from UTC/],
    ['service_from', '2024-02-30', /no day/],
    ['currency', 'usd', /three letters/],
    ['kind', 'subscription', /none of recurring/],
    ['charge_id', 'a\nb', /control characters/],
    ['covers_months', '-1', /below 0/],
    ['constructor', 'x', /no column of charges/],
  ])('with %s "%s" is refused', (column, value, reason) => {
    expect(read('charge', { ...CHARGE, [column]: value })).toMatchObject({ column, reason: expect.stringMatching(reason) })
  })
})
