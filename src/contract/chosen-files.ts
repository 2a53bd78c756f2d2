/** A file of a folder, with the path it has below where one looked. */
interface FoundFile {
  readonly path: string
  readonly bytes: number
}

export interface LeftOut {
  readonly name: string
  readonly why: string
}

export interface ChosenFiles<F extends FoundFile> {
  readonly taken: readonly (F & { readonly name: string })[]
  readonly left_out: readonly LeftOut[]
}

const TABLES = /\.(csv|tsv|tab|txt|ndjson|jsonl)$/i
const SPREADSHEETS = /\.(xlsx?|ods|numbers)$/i
const ARCHIVES = /\.(zip|gz|tgz|7z|bz2|zst)$/i

function whyLeftOut(name: string, bytes: number): string | null {
  if (SPREADSHEETS.test(name)) return 'a spreadsheet: save the sheet as CSV'
  if (ARCHIVES.test(name)) return 'packed: unpack it first'
  if (/\.json$/i.test(name)) return 'JSON: where each line is an object, end its name in .ndjson'
  if (!TABLES.test(name)) return 'neither CSV nor JSON lines by its name'
  return bytes === 0 ? 'empty' : null
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/**
 * Sorts the files of a folder into those to import and those to leave alone, each with the reason. Hidden files are not
 * worth a word. Two files of one name keep their folder in the name, so that they can be told apart.
 */
export function chooseFiles<F extends FoundFile>(found: readonly F[]): ChosenFiles<F> {
  const visible = found.filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')))
  const seen = new Map<string, number>()
  for (const { path } of visible) seen.set(baseName(path), (seen.get(baseName(path)) ?? 0) + 1)
  const taken: (F & { name: string })[] = []
  const leftOut: LeftOut[] = []
  for (const file of visible.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const { path, bytes } = file
    const name = (seen.get(baseName(path)) ?? 0) > 1 ? path : baseName(path)
    const why = whyLeftOut(name, bytes)
    if (why === null) taken.push({ ...file, name })
    else leftOut.push({ name, why })
  }
  return { taken, left_out: leftOut }
}
