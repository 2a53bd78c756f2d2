import { expect, test } from 'vitest'
import { discountedLifetimeValue, lifetimeValue, lifetimeValueFloor, lifetimeValueWithin } from './lifetime-value.ts'

// help.chartmogul.com 203359061
test('ARPA 100 at 5 % churn is worth 2,000, at a margin of 80 % 1,600', () => {
  expect(lifetimeValue(100, 0.05)).toBeCloseTo(2000, 9)
  expect(lifetimeValue(100 * 0.8, 0.05)).toBeCloseTo(1600, 9)
})

test('ltv_capped_60: 60 months of it are worth 1,907.86', () => {
  expect(lifetimeValueWithin(100, 0.05, 60)).toBeCloseTo(1907.86040203, 8)
  expect(lifetimeValueWithin(100, 0, 60)).toBe(6000)
})

test('ltv_discounted: discounted at 1 % a month: 1,346.67 at acquisition, 1,266.67 before the next payment', () => {
  const value = discountedLifetimeValue(80, 0.95, 0.01)!
  expect(value.at_acquisition).toBeCloseTo(1346.66666667, 8)
  expect(value.residual).toBeCloseTo(1266.66666667, 8)
})

// The cohort 1000, 631, 468, 382, 326 with its mean retention held constant.
test('sbg_vs_constant_churn: 100 a year at a constant retention of (326/1000)^(1/4) and 10 % is worth 319.42', () => {
  expect(discountedLifetimeValue(100, (326 / 1000) ** 0.25, 0.1)!.at_acquisition).toBeCloseTo(319.4161422, 6)
})

test('0 of 40 lost: no value, but at least 1,141', () => {
  expect(lifetimeValue(100, 0)).toBeNull()
  expect(lifetimeValueFloor(100, 0, 40)).toBeCloseTo(1141.27108651, 6)
  expect(lifetimeValueFloor(100, 0, 0)).toBeNull()
})

test('everyone stays and money keeps its worth: no finite value', () => {
  expect(discountedLifetimeValue(80, 1, 0)).toBeNull()
  expect(lifetimeValueWithin(80, 1.2, 3)).toBeNull()
})
