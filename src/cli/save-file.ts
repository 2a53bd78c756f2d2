import { createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileAnswer } from '../contract/op.ts'
import { usage } from './exit.ts'
import { printNote } from './output.ts'
import { bare } from '../kernel/bare.ts'

export const FILE_FORMATS = ['csv', 'json', 'parquet'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]
const isFileFormat = (text: string): text is FileFormat => (FILE_FORMATS as readonly string[]).includes(text)

/** The format named, or the one that the name of the file ends with. Throws `usage` where neither says one. */
export function fileFormat(format: string, out: string | undefined): FileFormat {
  if (isFileFormat(format)) return format
  const ending = extname(out ?? '').slice(1)
  if (isFileFormat(ending)) return ending
  throw usage('A table on the screen is no format for a file.', 'Add --format csv, json or parquet, or end the name of the file with one of them.')
}

const PLACES: Readonly<Record<string, string>> = bare({
  ENOENT: 'There is no such folder.',
  EACCES: 'It may not be written to.',
  EISDIR: 'It is a folder.',
  ENOTDIR: 'It lies in what is no folder.',
  EROFS: 'It may not be written to.',
})

/** A place where no file can be is wrong use; what else fails is told as it is. */
function cannotWrite(error: unknown, path: string): unknown {
  const why = PLACES[(error as NodeJS.ErrnoException).code ?? '']
  return why === undefined ? error : usage(`${path} cannot be written. ${why}`, 'Name another place with --out.')
}

/** Writes a file as it arrives: beside its place first, so that what broke off never looks whole. A folder gets the server's name for it. */
async function saveTo(out: string, { file_name, bytes }: FileAnswer): Promise<void> {
  const path = existsSync(out) && statSync(out).isDirectory() ? join(out, basename(file_name)) : resolve(out)
  const partial = `${path}.partial`
  try {
    await pipeline(Readable.fromWeb(bytes as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(partial))
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw cannotWrite(error, path)
  }
  printNote(`Saved ${path}`)
}

/** Puts a file where it was asked for: into the file or folder named, else on standard output. */
export async function putFile(file: FileAnswer, out: string | undefined): Promise<void> {
  if (out !== undefined) return saveTo(out, file)
  await pipeline(Readable.fromWeb(file.bytes as Parameters<typeof Readable.fromWeb>[0]), process.stdout, { end: false })
}

/** Parquet is not for reading. */
export function refuseOnScreen(format: string, out: string | undefined): void {
  if (format === 'parquet' && out === undefined && process.stdout.isTTY === true) throw usage('Parquet is not text.', 'Name a file with --out.')
}
