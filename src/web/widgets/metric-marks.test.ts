import type { Flag } from '../../kernel/words/flags.ts'
import { expect, it, vi } from 'vitest'

vi.mock('virtual:routes', () => ({ routes: {} }))
const { distance, isDue } = await import('./metric-marks.tsx')

const say = (value: number) => `${value}`
const target = { from: '2024-01-01', until: '2024-07-01' }
const result = (from: string, until: string, flags: Flag[] = []) => ({ period: { from, until, label: '' }, flags })

it('judges a target by the whole time that it is for', () => {
  expect(isDue(target, result('2024-01-01', '2024-07-01'))).toBe(true)
  expect(isDue(target, result('2024-04-01', '2024-07-01'))).toBe(true)
  expect(isDue(target, result('2024-01-01', '2024-07-01', ['partial']))).toBe(false)
  expect(isDue(target, result('2024-02-01', '2024-03-01'))).toBe(false)
})

it('says neither reached nor missed before its end', () => {
  expect(distance(-3, { better: 'up' }, false, say)).toBe('3 below it so far')
  expect(distance(-3, { better: 'up' }, true, say)).toBe('missed, 3 below it')
  expect(distance(-3, { better: 'down' }, true, say)).toBe('reached, 3 below it')
  expect(distance(3, { better: 'context' }, true, say)).toBe('3 above it')
  expect(distance(0, { better: 'up' }, false, say)).toBe('exactly on it so far')
})
