import { describe, expect, it } from 'vitest'
import { optionOf, withOption } from './option-text.ts'

describe('options in the address', () => {
  it('reads the one that is named and no other that begins alike', () => {
    expect([optionOf(['horizon_days=60', 'horizon=1'], 'horizon'), optionOf([], 'horizon')]).toEqual(['1', ''])
  })

  it('sets, replaces and leaves out', () => {
    expect(withOption(['age=2'], 'horizon_days', ' 60 ', '90')).toEqual(['age=2', 'horizon_days=60'])
    expect(withOption(['horizon_days=60'], 'horizon_days', '30', '90')).toEqual(['horizon_days=30'])
    expect(withOption(['horizon_days=60'], 'horizon_days', '90', '90')).toEqual([])
    expect(withOption(['horizon_days=60'], 'horizon_days', '', '90')).toEqual([])
  })
})
