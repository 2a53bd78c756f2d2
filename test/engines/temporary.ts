import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const ENOUGH = 4 * 1024 ** 3

/**
 * Where throw-away engines keep their files: in memory where the system offers room for it, for every insert waits for
 * the disk otherwise. `BINNACLE_TEST_FOLDER` chooses another place.
 */
function place(): string {
  const chosen = process.env['BINNACLE_TEST_FOLDER']
  if (chosen !== undefined && chosen !== '') return chosen
  try {
    accessSync(MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ENOUGH ? MEMORY : tmpdir()
  } catch {
    return tmpdir()
  }
}

export const makeTemporaryFolder = (prefix: string): string => mkdtempSync(join(place(), prefix))
