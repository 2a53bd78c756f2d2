const STEPS = 400

/**
 * The x in [least, most] where a growing function reaches `target`: Newton steps kept inside a bracket that only
 * shrinks. Both ends are positive; the bracket is halved by ratio while it spans orders of magnitude.
 */
export function invert(
  grows: (x: number) => number,
  slope: (x: number) => number,
  target: number,
  bracket: { least: number; most: number; start: number },
): number {
  let { least, most } = bracket
  let x = Math.min(Math.max(bracket.start, least), most)
  for (let step = 0; step < STEPS; step++) {
    const gap = grows(x) - target
    if (gap === 0) return x
    if (gap < 0) least = x
    else most = x
    const rise = slope(x)
    let next = x - gap / rise
    if (!(rise > 0) || !(next > least && next < most)) next = most > 4 * least ? Math.sqrt(least) * Math.sqrt(most) : (least + most) / 2
    if (next === x || Math.abs(next - x) <= 2e-16 * Math.abs(x) || next === least || next === most) return next
    x = next
  }
  return x
}
