import { readFileSync, readdirSync } from 'node:fs'

/** A process and all that it started. Linux only; elsewhere there is nothing to read and nothing is reported. */
function family(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc'))
    if (/^\d+$/.test(name)) {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
      } catch {
        // It ended meanwhile.
      }
    }
  const found = [root]
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child)
  return found
}

/** Bytes of physical memory, pages shared between processes counted once (proportional set size). */
function footprint(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

export interface MemoryWatch {
  /** Peak so far of each part, in bytes. */
  readonly peaks: ReadonlyMap<string, number>
  stop(): void
}

/** Looks at the parts twice a second. */
export function watchMemory(parts: ReadonlyMap<string, number>): MemoryWatch {
  const peaks = new Map<string, number>()
  if (process.platform !== 'linux') return { peaks, stop: () => undefined }
  const look = (): void => {
    for (const [name, pid] of parts)
      peaks.set(
        name,
        Math.max(
          peaks.get(name) ?? 0,
          family(pid).reduce((sum, one) => sum + footprint(one), 0),
        ),
      )
  }
  const timer = setInterval(look, 500)
  timer.unref()
  look()
  return { peaks, stop: () => clearInterval(timer) }
}
