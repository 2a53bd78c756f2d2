/** A file that was dropped or chosen, with the path it had below the dropped folder. */
export interface FoundFile {
  readonly path: string
  readonly file: File
}

export interface ChosenFiles {
  readonly taken: readonly { readonly name: string; readonly file: File }[]
  readonly left_out: readonly { readonly name: string; readonly why: string }[]
}

const TABLES = /\.(csv|tsv|tab|txt)$/i
const SPREADSHEETS = /\.(xlsx?|ods|numbers)$/i
const ARCHIVES = /\.(zip|gz|tgz|7z)$/i

function whyLeftOut(name: string, file: File): string | null {
  if (SPREADSHEETS.test(name)) return 'a spreadsheet: save the sheet as CSV'
  if (ARCHIVES.test(name)) return 'packed: unpack it first'
  if (!TABLES.test(name)) return 'not a CSV file'
  return file.size === 0 ? 'empty' : null
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/**
 * Sorts what was dropped into files to import and files to leave alone, each with the reason. Hidden files are not
 * worth a word. Two files of one name keep their folder in the name, so that they can be told apart.
 */
export function chooseFiles(found: readonly FoundFile[]): ChosenFiles {
  const visible = found.filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')))
  const seen = new Map<string, number>()
  for (const { path } of visible) seen.set(baseName(path), (seen.get(baseName(path)) ?? 0) + 1)
  const taken: { name: string; file: File }[] = []
  const leftOut: { name: string; why: string }[] = []
  for (const { path, file } of visible.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const name = (seen.get(baseName(path)) ?? 0) > 1 ? path : baseName(path)
    const why = whyLeftOut(name, file)
    if (why === null) taken.push({ name, file })
    else leftOut.push({ name, why })
  }
  return { taken, left_out: leftOut }
}

/** Files of an `<input type="file">`, a folder chosen there included. */
export const filesOfInput = (list: FileList | null): FoundFile[] =>
  [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }))

const readBatch = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => new Promise((resolve, reject) => reader.readEntries(resolve, reject))

async function filesOfEntry(entry: FileSystemEntry): Promise<FoundFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return [{ path: entry.fullPath.replace(/^\//, ''), file }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: FoundFile[] = []
  // A directory is handed out in batches (100 in Chromium) until an empty one.
  for (let batch = await readBatch(reader); batch.length > 0; batch = await readBatch(reader))
    for (const child of batch) found.push(...(await filesOfEntry(child)))
  return found
}

/** Everything in a drop, folders walked through. Call it inside the drop event: the entries are gone afterwards. */
export function filesOfDrop(data: DataTransfer): Promise<FoundFile[]> {
  const entries = [...data.items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry())
  const files = [...data.files]
  const parts = entries.map((entry, i) => {
    const file = files[i]
    if (entry !== null) return filesOfEntry(entry)
    return Promise.resolve(file === undefined ? [] : [{ path: file.name, file }])
  })
  return Promise.all(parts).then((all) => all.flat())
}
