import type { BuyingHistory } from '../src/statistics/bg-nbd.ts'
import type { Random } from '../src/statistics/random.ts'
import { seededRandom } from '../src/statistics/random.ts'

/** Gamma variables by G. Marsaglia and W. W. Tsang, ACM TOMS 26 (2000). */
export function gammaDraw(random: Random, shape: number): number {
  if (shape < 1) return gammaDraw(random, shape + 1) * (1 - random.unit()) ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - random.unit()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

// CDNOW: Fader, Hardie and Lee 2005, table 2.
export const CDNOW = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

/** Histories of buyers as these parameters have them: time in weeks. */
export function drawBuyers(n: number, seed: number): BuyingHistory[] {
  const random = seededRandom(seed)
  return Array.from({ length: n }, () => {
    const rate = gammaDraw(random, CDNOW.r) / CDNOW.alpha
    const [left, right] = [gammaDraw(random, CDNOW.a), gammaDraw(random, CDNOW.b)]
    const leaves = left / (left + right)
    const age = 27 + Math.floor(random.unit() * 84) / 7
    let [time, repeats, last] = [0, 0, 0]
    for (;;) {
      time -= Math.log(1 - random.unit()) / rate
      if (time > age) break
      repeats++
      last = time
      if (random.unit() < leaves) break
    }
    return { repeats, last, age }
  })
}
