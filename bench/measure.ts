/** Milliseconds that the work took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const begin = performance.now()
  const value = await work()
  return { ms: performance.now() - begin, value }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

export interface Line {
  readonly what: string
  readonly ours: string
  readonly theirs: string
  readonly ratio: number
  /** How the ratio is to be read: "2.1x", "34 %". */
  readonly shown: string
  readonly target: string
  readonly met: boolean
}

export const atMost = (what: string, ours: string, theirs: string, ratio: number, most: number, percent = false): Line => ({
  what,
  ours,
  theirs,
  ratio,
  shown: percent ? `${(ratio * 100).toFixed(1)} %` : `${ratio.toFixed(2)}x`,
  target: percent ? `<= ${most * 100} %` : `<= ${most}x`,
  met: ratio <= most,
})

export const atLeast = (what: string, ours: string, theirs: string, ratio: number, least: number): Line => ({
  what,
  ours,
  theirs,
  ratio,
  shown: `${ratio.toFixed(ratio < 10 ? 2 : 1)}x`,
  target: `>= ${least}x`,
  met: ratio >= least,
})

export const milliseconds = (ms: number): string =>
  ms === Infinity ? 'refused' : ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MB`
export const perSecond = (rows: number, ms: number): string => `${Math.round(rows / ms).toLocaleString('en')} k rows/s`

/** Lines under a heading, in columns. */
export function table(heading: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = heading.map((head, i) => Math.max(head.length, ...lines.map((line) => (line[i] ?? '').length)))
  const row = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [row(heading), widths.map((width) => '-'.repeat(width)).join('  '), ...lines.map(row)].join('\n')
}

export const lineTable = (columns: readonly [ours: string, theirs: string], lines: readonly Line[]): string =>
  table(
    ['', columns[0], columns[1], 'ratio', 'target', ''],
    lines.map((line) => [line.what, line.ours, line.theirs, line.shown, line.target, line.met ? 'met' : 'MISSED']),
  )
