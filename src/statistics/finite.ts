/** The number, or null when it is none that a reader could be shown: nothing in this folder answers NaN or Infinity. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
