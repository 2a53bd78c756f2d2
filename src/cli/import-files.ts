import { accessSync, constants, createReadStream, readFileSync, readdirSync, statSync } from 'node:fs'
import type { Dirent } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { chooseFiles } from '../contract/chosen-files.ts'
import type { LeftOut } from '../contract/chosen-files.ts'
import { usage } from './exit.ts'

export interface ChosenFile {
  /** Where it lies. */
  readonly file: string
  readonly name: string
  readonly bytes: number
}

interface Found {
  readonly file: string
  /** Below the folder that was named. */
  readonly path: string
  readonly bytes: number
}

export interface Chosen {
  readonly taken: readonly ChosenFile[]
  /** Files of folders that are not imported. */
  readonly left_out: readonly LeftOut[]
  /** Files that should be imported, but cannot be read here. */
  readonly bad: readonly LeftOut[]
}

const reasonOf = (error: unknown): string => {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EACCES' ? 'cannot be read: no permission' : code === 'ENOENT' ? 'a link that leads nowhere' : `cannot be read: ${code ?? String(error)}`
}

function readable(file: string): number {
  accessSync(file, constants.R_OK)
  return statSync(file).size
}

/**
 * What lies below a folder. Links to folders are not followed: they may lead in circles. Node follows them from 22 on where it
 * is asked for all levels at once.
 */
function* below(folder: string): Iterable<Dirent> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* below(join(folder, entry.name))
    else yield entry
  }
}

/** Every file below a folder, and what there cannot be looked at. */
function walk(folder: string): { found: Found[]; left_out: LeftOut[]; bad: LeftOut[] } {
  const found: Found[] = []
  const leftOut: LeftOut[] = []
  const bad: LeftOut[] = []
  for (const entry of below(folder)) {
    const file = join(entry.parentPath, entry.name)
    const path = relative(folder, file).split(sep).join('/')
    if (path.split('/').some((part) => part.startsWith('.'))) continue
    try {
      if (statSync(file).isFile()) found.push({ file, path, bytes: readable(file) })
      else leftOut.push({ name: path, why: entry.isSymbolicLink() ? 'a link to a folder' : 'no file' })
    } catch (error) {
      bad.push({ name: path, why: reasonOf(error) })
    }
  }
  return { found, left_out: leftOut, bad }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    throw usage(`There is no file or folder ${path}.`, 'Give the path of a file, or of a folder of files.')
  }
}

function fileAt(path: string): ChosenFile {
  try {
    return { file: path, name: basename(path), bytes: readable(path) }
  } catch (error) {
    throw usage(`${path} ${reasonOf(error)}.`, 'Change its permissions, or leave it away.')
  }
}

/** Two files of one name are told apart by the paths they were given with. */
function toldApart(files: readonly ChosenFile[]): ChosenFile[] {
  const times = new Map<string, number>()
  for (const { name } of files) times.set(name, (times.get(name) ?? 0) + 1)
  return files.map((one) => ((times.get(one.name) ?? 0) > 1 ? { ...one, name: one.file.split(sep).join('/') } : one))
}

/**
 * The files of the paths. A folder stands for every file below it that can be imported; what it leaves out is named, hidden
 * files apart. A file that is named itself is taken whatever it is called. `without`: names that are to be left out.
 */
export function findFiles(paths: readonly string[], without: readonly string[] = []): Chosen {
  const taken: ChosenFile[] = []
  const leftOut: LeftOut[] = []
  const bad: LeftOut[] = []
  for (const path of paths) {
    if (!isFolder(path)) {
      taken.push(fileAt(path))
      continue
    }
    const { found, left_out, bad: unread } = walk(path)
    bad.push(...unread)
    const chosen = chooseFiles(found)
    taken.push(...chosen.taken.map(({ file, name, bytes }) => ({ file, name, bytes })))
    leftOut.push(...left_out, ...chosen.left_out)
  }
  const named = toldApart([...new Map(taken.map((one) => [resolve(one.file), one])).values()])
  const unknown = without.find((name) => !named.some((one) => one.name === name))
  if (unknown !== undefined) throw usage(`There is no file ${unknown} to leave out.`, `The files are ${named.map(({ name }) => name).join(', ')}.`)
  leftOut.push(...named.filter(({ name }) => without.includes(name)).map(({ name }) => ({ name, why: 'as told' })))
  const left = named.filter(({ name }) => !without.includes(name))
  if (left.length === 0) {
    const why = [...leftOut, ...bad].map(({ name, why }) => `${name} (${why})`).join(', ')
    throw usage(
      `There is no file to import in ${paths.join(', ')}${why === '' ? '' : `; left out: ${why}`}.`,
      'A folder stands for its files that end in .csv, .tsv, .tab, .txt, .ndjson or .jsonl.',
    )
  }
  return { taken: left, left_out: leftOut, bad }
}

/** The bytes of a file as they are read. `onProgress` is told how many went so far. */
export function streamFile({ file }: ChosenFile, onProgress: (bytes: number) => void): ReadableStream<Uint8Array> {
  let sent = 0
  const source = createReadStream(file, { highWaterMark: 256 * 1024 })
  source.on('data', (chunk) => onProgress((sent += chunk.length)))
  return Readable.toWeb(source) as ReadableStream<Uint8Array>
}

/**
 * The mapping for each file. The file of mappings holds one mapping (for every file), or an object of mappings by file
 * name. Returned as JSON text, for the server checks it.
 */
export function readMappings(path: string | undefined, names: readonly string[]): (name: string) => string | undefined {
  if (path === undefined) return () => undefined
  let read: unknown
  try {
    read = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw usage(`The mapping ${path} cannot be read as JSON.`, error instanceof Error ? error.message : String(error))
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw usage(`The mapping ${path} is no JSON object.`, 'Give one mapping, or an object of mappings by file name.')
  if ('columns' in read) return () => JSON.stringify(read)
  const byName = new Map(Object.entries(read as Record<string, unknown>))
  const stray = [...byName.keys()].find((name) => !names.includes(name))
  if (stray !== undefined) throw usage(`The mapping ${path} speaks of ${stray}, which is not among the files.`, `The files are ${names.join(', ')}.`)
  return (name) => (byName.has(name) ? JSON.stringify(byName.get(name)) : undefined)
}
