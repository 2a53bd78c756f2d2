import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A unix socket's path holds at most 107 bytes on Linux and 103 on macOS. */
const longestSocketPath = 103
const socketName = '.s.PGSQL.5432'

const fits = (directory: string): boolean => Buffer.byteLength(join(directory, `${socketName}.lock`)) <= longestSocketPath

function isOurs(path: string, owner: number | undefined): boolean {
  const found = lstatSync(path)
  return found.isDirectory() && (found.mode & 0o077) === 0 && (owner === undefined || found.uid === owner)
}

/**
 * A directory of mode 0700 for the socket: in the engine's folder, or, where that path is too long, in the temporary
 * folder, where a directory of the expected name that is not ours is never used.
 */
export function chooseSocketDirectory(directory: string, identity: { uid?: number; gid?: number } = {}): string {
  const owner = identity.uid ?? process.getuid?.()
  const own = join(directory, 'socket')
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 12)
  let chosen = fits(own) ? own : join(tmpdir(), `binnacle-${name}`)
  try {
    mkdirSync(chosen, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (!isOurs(chosen, owner)) chosen = mkdtempSync(join(tmpdir(), 'binnacle-'))
  }
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(chosen, identity.uid, identity.gid)
  return chosen
}
