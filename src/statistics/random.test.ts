import { expect, test } from 'vitest'
import { seededRandom, xoshiro128 } from './random.ts'

test('the generator gives the words of its authors’ C code', () => {
  const random = xoshiro128([1, 2, 3, 4])
  const words = Array.from({ length: 8 }, () => random.word())
  expect(words).toEqual([641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295])
})

test('a seed is a stream: the same for the same seed, another for another', () => {
  const draw = (seed: number | string): number[] => {
    const random = seededRandom(seed)
    return Array.from({ length: 5 }, () => random.unit())
  }
  expect(draw(42)).toEqual(draw(42))
  expect(draw('nrr 2024-01')).toEqual(draw('nrr 2024-01'))
  expect(draw('nrr 2024-01')).not.toEqual(draw('nrr 2024-02'))
  expect(draw(0)).not.toEqual(draw(1))
})

test('a batch takes the halves of the words, without those that would favour some numbers', () => {
  const n = 48_000
  const batch = new Uint32Array(500)
  seededRandom(9).fillBelow(n, batch)
  const random = seededRandom(9)
  const expected: number[] = []
  while (expected.length < 500) {
    const word = random.word()
    for (const half of [Math.floor(word / 65536), word % 65536]) {
      if ((half * n) % 65536 >= 65536 % n) expected.push(Math.floor((half * n) / 65536))
    }
  }
  expect([...batch]).toEqual(expected.slice(0, 500))
})

test('a batch below more than 65,536 is the stream of single numbers', () => {
  const batch = new Uint32Array(100)
  seededRandom(9).fillBelow(100_000, batch)
  const single = seededRandom(9)
  expect([...batch]).toEqual(Array.from({ length: 100 }, () => single.below(100_000)))
})

test('numbers are spread evenly', () => {
  const random = seededRandom(1)
  const counts = new Array<number>(10).fill(0)
  for (let i = 0; i < 100_000; i++) counts[random.below(10)]! += 1
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
  expect(chiSquare).toBeLessThan(27.9) // 99.9 % of chi-square with 9 degrees of freedom
  let sum = 0
  for (let i = 0; i < 100_000; i++) sum += random.unit()
  expect(sum / 100_000).toBeCloseTo(0.5, 2)
})
