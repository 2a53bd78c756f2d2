/**
 * Agreement of two coders beyond chance, 1 at best: counts[i][j] things were called i by the first and j by the second.
 * J. Cohen, Educational and Psychological Measurement 20 (1960). Null for nothing coded, or when both used one and the same
 * label throughout, where chance alone agrees.
 */
export function cohenKappa(counts: readonly (readonly number[])[]): number | null {
  const total = counts.flat().reduce((sum, count) => sum + count, 0)
  const square = counts.every((row) => row.length === counts.length && row.every((count) => count >= 0))
  if (!(total > 0 && total < Infinity) || !square) return null
  let [agreed, chance] = [0, 0]
  counts.forEach((row, i) => {
    const first = row.reduce((sum, count) => sum + count, 0)
    const second = counts.reduce((sum, other) => sum + other[i]!, 0)
    agreed += row[i]! / total
    chance += (first / total) * (second / total)
  })
  return chance < 1 ? (agreed - chance) / (1 - chance) : null
}
