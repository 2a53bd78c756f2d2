/** A file that was dropped or chosen, with the path it had below the dropped folder. */
export interface FoundFile {
  readonly path: string
  readonly file: File
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
