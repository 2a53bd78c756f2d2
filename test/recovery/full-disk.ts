import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryFolder } from '../engines/temporary.ts'

/** A small file system of its own, which can be filled to the last byte and freed again. */
export interface SmallDisk {
  readonly path: string
  /** Leaves so many bytes free. */
  fill(leave?: number): void
  free(): void
  remove(): void
}

/** Null where this process may not mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  if (process.platform !== 'linux') return null
  const path = makeTemporaryFolder('binnacle-small-disk-')
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]).status !== 0) {
    rmSync(path, { recursive: true })
    return null
  }
  const ballast = join(path, 'ballast')
  return {
    path,
    fill(leave = 0) {
      const file = openSync(ballast, 'a')
      const block = Buffer.alloc(4096, 1)
      try {
        while (statfsSync(path).bavail * 4096 > leave) writeSync(file, block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove() {
      spawnSync('umount', ['-l', path])
      rmSync(path, { recursive: true, force: true })
    },
  }
}
