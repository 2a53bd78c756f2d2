/** What the large-sample interval of sum(x) / sum(y) needs to know of the accounts, all of it plain sums over them. */
export interface RatioSums {
  readonly n: number
  readonly sum_x: number
  readonly sum_y: number
  readonly sum_xx: number
  readonly sum_yy: number
  readonly sum_xy: number
}

/** The sums from account rows, where they are at hand instead of in a query. */
export function ratioSums(numerators: ArrayLike<number>, denominators: ArrayLike<number>): RatioSums {
  const sums = { n: numerators.length, sum_x: 0, sum_y: 0, sum_xx: 0, sum_yy: 0, sum_xy: 0 }
  for (let i = 0; i < numerators.length; i++) {
    const x = numerators[i] as number
    const y = denominators[i] as number
    sums.sum_x += x
    sums.sum_y += y
    sums.sum_xx += x * x
    sums.sum_yy += y * y
    sums.sum_xy += x * y
  }
  return sums
}
