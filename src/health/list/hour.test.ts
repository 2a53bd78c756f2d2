import { expect, it } from 'vitest'
import { meanChance, worthOfAnHour } from './hour.ts'
import type { Candidate } from './hour.ts'

const someone = (more: Partial<Candidate> = {}): Candidate => ({
  arr: 1000,
  band: 'red',
  decided_on: null,
  churn_probability: null,
  next_deadline: '2026-03-01',
  deadline_days: 30,
  ...more,
})

it('is the ARR times the chance that it goes, with the reason', () => {
  const { worth, because } = worthOfAnHour(someone({ churn_probability: 0.25 }), 0.1)
  expect(worth).toBe(250)
  expect(because).toMatch(/^25.% likely to decide to leave within 90 days; red, must decide by 1 Mar 2026, in 30 days$/)
})

it('is all of the ARR once the customer has decided', () => {
  expect(worthOfAnHour(someone({ decided_on: '2026-01-05', churn_probability: null }), 0.1)).toEqual({
    worth: 1000,
    because: 'Has decided to leave, on 5 Jan 2026',
  })
})

it('takes the mean of those that are known where the chance of one is not, and says so', () => {
  const known = [
    someone({ churn_probability: 0.1 }),
    someone({ churn_probability: 0.3 }),
    someone(),
    someone({ decided_on: '2026-01-05', churn_probability: 0.9 }),
  ]
  expect(meanChance(known)).toBeCloseTo(0.2, 12)
  const { worth, because } = worthOfAnHour(someone(), 0.2)
  expect(worth).toBe(200)
  expect(because).toMatch(/mean of 20.% stands in/)
})

it('is the ARR of the weak with a deadline near where no chance is known of anybody', () => {
  expect(meanChance([someone()])).toBeNull()
  expect(worthOfAnHour(someone(), null)).toMatchObject({ worth: 1000, because: expect.stringContaining('its ARR stands alone') as string })
  expect(worthOfAnHour(someone({ band: 'green' }), null).worth).toBeNull()
  expect(worthOfAnHour(someone({ deadline_days: 91 }), null).worth).toBeNull()
  expect(worthOfAnHour(someone({ next_deadline: null, deadline_days: null }), null).worth).toBeNull()
  expect(worthOfAnHour(someone({ arr: null }), 0.2).worth).toBeNull()
})
