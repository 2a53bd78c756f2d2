import { BinnacleError, ownError } from '../../kernel/errors.ts'

const inTheWay =
  'Something else lies where Binnacle keeps its files: look what it is, move it away and start again, or choose another folder with --data or BINNACLE_DATA.'
const notAllowed = 'Give the user who runs Binnacle the right to read and write there, or choose another folder with --data or BINNACLE_DATA.'

const CURES: ReadonlyMap<string, string> = new Map([
  ['EACCES', notAllowed],
  ['EPERM', notAllowed],
  ['EROFS', notAllowed],
  ['ENOSPC', 'The disk is full: free some of it and start again.'],
  ['EDQUOT', 'The disk quota is used up: free some of it and start again.'],
  ['EIO', 'The disk does not read or write: look at the log of the system, and bring the folder back from a backup on another disk.'],
  ['ENOTDIR', inTheWay],
  ['EISDIR', inTheWay],
  ['EEXIST', inTheWay],
  ['ENOTEMPTY', inTheWay],
  ['ERR_FS_EISDIR', inTheWay],
  ['ELOOP', inTheWay],
])

/** What a failure of the file system means for whoever starts the app, with the cure; anything else as it is. */
export function explainPlace(error: unknown, directory: string): unknown {
  if (ownError(error) !== null || !(error instanceof Error)) return error
  const { code = '', path = directory } = error as NodeJS.ErrnoException
  const cure = CURES.get(code)
  if (cure === undefined) return error
  return new BinnacleError('data_directory_unusable', `The data directory ${directory} cannot be used: ${path} (${code}).`, {
    cure,
    status: 503,
    details: { path, reason: code },
    cause: error,
  })
}

/** Something of the wrong kind lies at a place where our own file or folder must be. */
export const inThePlaceOf = (directory: string, path: string, what: string): BinnacleError =>
  new BinnacleError('data_directory_unusable', `The data directory ${directory} cannot be used: ${path} is not ${what}.`, {
    cure: inTheWay,
    status: 503,
    details: { path },
  })
