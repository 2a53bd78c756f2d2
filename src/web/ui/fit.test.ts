import { expect, it } from 'vitest'
import { bestFirst, fit } from './fit.ts'

const names = (typed: string) => bestFirst(['Left out', 'Currency', 'Amount', 'Discount amount', 'Amount off'], typed, (name) => [name])

it('puts the name that was typed before those that hold it', () => {
  expect(names('amount')).toEqual(['Amount', 'Amount off', 'Discount amount'])
})
it('finds by the beginning of any word, and wants every word', () => {
  expect(names('am of')).toEqual(['Amount off'])
  expect(names('cash')).toEqual([])
})
it('keeps the order while nothing is typed', () => {
  expect(names('  ')).toEqual(['Left out', 'Currency', 'Amount', 'Discount amount', 'Amount off'])
})
it('takes what is said beside a name last', () => {
  expect(fit(['Currency'], ['amount'], 'Currency of the amount')).toBe(1)
  expect(fit(['Currency'], ['amount'])).toBe(0)
})
