import { describe, expect, it } from 'vitest'
import { productShares } from './product-shares.ts'

describe('the shares of two factors in the change of their product', () => {
  it('cs_attribution: from 70 x 80 to 77 x 84', () => {
    expect([(70 * 80) / 100, (77 * 84) / 100]).toEqual([56, 64.68])
    const [experience, outcomes] = productShares([70, 80], [77, 84]) ?? []
    expect(experience).toBeCloseTo(0.66141535, 8)
    expect(outcomes).toBeCloseTo(0.33858465, 8)
  })
  it('are nothing where a factor is 0 or nothing changed', () => {
    expect(productShares([0, 80], [77, 84])).toBeNull()
    expect(productShares([70, 80], [70, 80])).toBeNull()
  })
})
