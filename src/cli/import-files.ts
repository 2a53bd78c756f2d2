import { createReadStream, readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { usage } from './exit.ts'

export interface ChosenFile {
  readonly path: string
  readonly name: string
  readonly bytes: number
}

const READABLE = ['.csv', '.tsv', '.ndjson', '.jsonl']

function filesAt(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
  } catch {
    throw usage(`There is no file or folder ${path}.`, 'Give the path of a file, or of a folder of files.')
  }
  const found = readdirSync(path).filter((name) => READABLE.includes(extname(name).toLowerCase()) && statSync(join(path, name)).isFile())
  if (found.length === 0) throw usage(`The folder ${path} holds no file to import.`, `Files end in ${READABLE.join(', ')}.`)
  return found.sort().map((name) => join(path, name))
}

/** The files of the paths; a folder stands for every file in it that can be read. */
export const chooseFiles = (paths: readonly string[]): ChosenFile[] =>
  paths.flatMap(filesAt).map((path) => ({ path, name: basename(path), bytes: statSync(path).size }))

/** The bytes of a file as they are read. `onProgress` is told how many went so far. */
export function streamFile(file: ChosenFile, onProgress: (bytes: number) => void): ReadableStream<Uint8Array> {
  let sent = 0
  const source = createReadStream(file.path, { highWaterMark: 256 * 1024 })
  source.on('data', (chunk) => onProgress((sent += chunk.length)))
  return Readable.toWeb(source) as ReadableStream<Uint8Array>
}

/**
 * The mapping for each file. The file of mappings holds one mapping (for every file), or an object of mappings by file
 * name. Returned as JSON text, for the server checks it.
 */
export function readMappings(path: string | undefined): (name: string) => string | undefined {
  if (path === undefined) return () => undefined
  let read: unknown
  try {
    read = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw usage(`The mapping ${path} cannot be read as JSON.`, error instanceof Error ? error.message : String(error))
  }
  if (typeof read !== 'object' || read === null)
    throw usage(`The mapping ${path} is no JSON object.`, 'Give one mapping, or an object of mappings by file name.')
  if ('columns' in read) return () => JSON.stringify(read)
  const byName = new Map(Object.entries(read as Record<string, unknown>))
  return (name) => (byName.has(name) ? JSON.stringify(byName.get(name)) : undefined)
}
