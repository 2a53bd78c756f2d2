import { expect, test } from 'vitest'
import { annualise, MONTH_DAYS, scaleRate } from './scale-rate.ts'

test('annualise_monthly_churn: 3 % a month is 30.62 % a year, not 36 %', () => {
  expect(annualise(0.03)).toBeCloseTo(0.30615764, 8)
})

// The formula of carl24k/fight-churn, listing 2.5.
test('scale_90_day_churn: 8 % in 90 days is 2.78 % a month and 28.69 % a year', () => {
  expect(scaleRate(0.08, 90, MONTH_DAYS)).toBeCloseTo(0.02778655, 8)
  expect(scaleRate(0.08, 90, 365)).toBeCloseTo(0.28691792, 8)
})

test('all lost stays all lost, a net gain compounds', () => {
  expect(annualise(1)).toBe(1)
  expect(annualise(-0.02)).toBeCloseTo(1 - 1.02 ** 12, 12)
})

test('no such rate, no such length', () => {
  expect(annualise(1.2)).toBeNull()
  expect(annualise(Number.NaN)).toBeNull()
  expect(scaleRate(0.1, 0, 30)).toBeNull()
})
