import { describe, expect, it } from 'vitest'
import { usualPeriod } from './usual-period.ts'

describe('the usual period', () => {
  it('is the twelve full months before the month that is not over', () => {
    expect(usualPeriod({ today: '2026-11-21', first_day: '2020-01-01', last_day: '2026-11-20' })).toEqual({ from: '2025-11-01', until: '2026-11-01' })
  })
  it('ends with the last month that holds facts when they ended long ago', () => {
    expect(usualPeriod({ today: '2026-11-21', first_day: '2024-01-08', last_day: '2024-06-29' })).toEqual({ from: '2024-01-01', until: '2024-07-01' })
  })
  it('begins no earlier than the facts', () => {
    expect(usualPeriod({ today: '2026-11-21', first_day: '2026-08-15', last_day: '2026-11-20' })).toEqual({ from: '2026-08-01', until: '2026-11-01' })
  })
  it('is the first month when there is no other', () => {
    expect(usualPeriod({ today: '2026-11-21', first_day: '2026-11-03', last_day: '2026-11-20' })).toEqual({ from: '2026-11-01', until: '2026-12-01' })
  })
})
