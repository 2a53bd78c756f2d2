import type { Value } from '../metric.ts'

/** Flags a share that was made of answers on scales of different length (METRICS.md `csat`). */
export const flagScales = (value: Value): Value => ({
  ...value,
  compute: (parts) => {
    const outcome = value.compute(parts)
    return (parts.tallies.scales?.values.length ?? 0) > 1 ? { ...outcome, flags: [...(outcome.flags ?? []), 'scales_pooled'] } : outcome
  },
})
