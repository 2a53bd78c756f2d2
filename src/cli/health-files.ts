import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { usage } from './exit.ts'

/** A file of a health model or of their order, as it was read. */
export interface HealthFile {
  /** As a person finds it again. */
  readonly name: string
  readonly holds: 'model' | 'order'
  readonly text: string
}

export const STANDARD_INPUT = '-'
export const ORDER_FILE = 'order.yaml'
const ENDING = /\.ya?ml$/

/** An order begins with one; all else is a model, whatever its file is called. */
const toFile = (name: string, text: string): HealthFile => ({ name, text, holds: /^order\s*:/m.test(text) ? 'order' : 'model' })

function readPath(path: string): HealthFile[] {
  if (!existsSync(path)) throw usage(`There is no ${path}.`, 'Name a folder, files, or - for standard input.')
  if (!statSync(path).isDirectory()) return [toFile(path, readFileSync(path, 'utf8'))]
  const names = readdirSync(path)
    .filter((name) => ENDING.test(name))
    .sort()
  if (names.length === 0) throw usage(`No file of ${path} ends with .yaml.`, 'Write models into it with "binnacle health export".')
  return names.map((name) => toFile(join(path, name), readFileSync(join(path, name), 'utf8')))
}

/** The files of folders, files by themselves, and standard input; the order comes last, since it names models. */
export async function readHealthFiles(paths: readonly string[]): Promise<HealthFile[]> {
  const found: HealthFile[] = []
  for (const path of paths) found.push(...(path === STANDARD_INPUT ? [toFile('standard input', await textOf(process.stdin))] : readPath(path)))
  return [...found.filter(({ holds }) => holds === 'model'), ...found.filter(({ holds }) => holds === 'order')]
}

/** Writes a file into a folder, which is made if need be; says whether it said something else before. */
export function writeHealthFile(folder: string, name: string, text: string): 'new' | 'changed' | 'same' {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, basename(name))
  const before = existsSync(path) ? readFileSync(path, 'utf8') : null
  if (before === text) return 'same'
  writeFileSync(path, text)
  return before === null ? 'new' : 'changed'
}
