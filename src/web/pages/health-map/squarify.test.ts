import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { squarify } from './squarify.ts'

const whole = { x: 0, y: 0, width: 6, height: 4 }

describe('squarify', () => {
  it('lays out the example of its authors', () => {
    const found = squarify([6, 6, 4, 3, 2, 2, 1], whole)
    expect(found.map(({ width, height }) => [Number(width.toFixed(4)), Number(height.toFixed(4))])).toEqual([
      [3, 2],
      [3, 2],
      [1.7143, 2.3333],
      [1.2857, 2.3333],
      [1.2, 1.6667],
      [1.2, 1.6667],
      [0.6, 1.6667],
    ])
  })

  it('gives every size its area, inside the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 200 }), (given) => {
        const sizes = given.sort((a, b) => b - a)
        const total = sizes.reduce((sum, size) => sum + size, 0)
        const found = squarify(sizes, whole)
        expect(found).toHaveLength(sizes.length)
        found.forEach(({ x, y, width, height }, i) => {
          expect(width * height).toBeCloseTo(((sizes[i] ?? 0) / total) * 24, 6)
          expect(x > -1e-6 && y > -1e-6 && x + width < 6 + 1e-6 && y + height < 4 + 1e-6).toBe(true)
        })
      }),
      { numRuns: 100 },
    )
  })

  it('is empty where there is nothing to lay out', () => {
    expect(squarify([], whole)).toEqual([])
    expect(squarify([1], { ...whole, width: 0 })).toEqual([])
  })
})
