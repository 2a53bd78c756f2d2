/**
 * What is lost if each amount goes with its own chance, independently: the expectation and the standard deviation of the
 * sum, in the unit of the amounts. Rows without a chance or an amount are left out; null when none has one.
 */
export function expectedLoss(rows: readonly { readonly amount: number; readonly chance: number | null }[]): { expected: number; sd: number } | null {
  let [expected, variance, counted] = [0, 0, 0]
  for (const { amount, chance } of rows) {
    if (chance === null || !(chance >= 0 && chance <= 1) || !Number.isFinite(amount)) continue
    expected += amount * chance
    variance += amount * amount * chance * (1 - chance)
    counted++
  }
  return counted > 0 ? { expected, sd: Math.sqrt(variance) } : null
}
