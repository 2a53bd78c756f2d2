import type { BinnacleClient } from '../contract/contract.ts'
import type { HealthFault } from '../contract/health-models.ts'
import { EXIT, usage } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { ORDER_FILE, STANDARD_INPUT, readHealthFiles, writeHealthFile } from './health-files.ts'
import type { HealthFile } from './health-files.ts'
import { printListing, printNote, printOut } from './output.ts'
import type { Format } from './output.ts'

export interface HealthFlags {
  readonly format: Format
  readonly reason?: string
  readonly dryRun?: boolean
}

/** `health export FOLDER`: a file for each model, and one for their order; `-` prints them. */
export async function runHealthExport(client: BinnacleClient, folder: string, format: Format): Promise<void> {
  const { models, order } = await client.listHealthModels({})
  const files = await Promise.all(
    models.map(async ({ id, version }) => ({ name: `${id}.yaml`, version, text: (await client.readHealthModel({ params: { id }, query: {} })).text })),
  )
  const all = [...files, { name: ORDER_FILE, version: order.version, text: order.text }]
  if (folder === STANDARD_INPUT) return printOut(all.map(({ name, text }) => `# ${name}\n${text}`).join('---\n'))
  const written = all.map((file) => ({ file: file.name, version: file.version, state: writeHealthFile(folder, file.name, file.text) }))
  printListing(format, {
    items: written,
    none: '',
    columns: [
      { title: 'file', whole: true, cell: ({ file }) => file },
      { title: 'version', align: 'right', cell: ({ version }) => String(version) },
      { title: 'the file was', cell: ({ state }) => state },
    ],
  })
}

interface Looked {
  readonly file: HealthFile
  /** The model, or "order". */
  readonly id: string
  readonly state: 'new' | 'changed' | 'same' | 'faulty'
  readonly changes: readonly string[]
  readonly faults: readonly HealthFault[]
}

async function lookAtModel(client: BinnacleClient, file: HealthFile): Promise<Looked> {
  const { faults, model, changes, is_new } = await client.checkHealthModel({ body: { text: file.text } })
  const state = model === null ? 'faulty' : is_new ? 'new' : changes.length > 0 ? 'changed' : 'same'
  return { file, id: model?.id ?? '', state, changes, faults }
}

async function lookAt(client: BinnacleClient, paths: readonly string[]): Promise<Looked[]> {
  const files = await readHealthFiles(paths)
  const looked: Looked[] = []
  for (const file of files) {
    if (file.holds === 'model') {
      const found = await lookAtModel(client, file)
      const twin = looked.find(({ id }) => id !== '' && id === found.id)
      if (twin !== undefined) throw usage(`${twin.file.name} and ${file.name} are both of the model "${found.id}".`, 'Keep one of them.')
      looked.push(found)
    } else {
      const coming = looked.flatMap(({ id, state }) => (state === 'new' ? [id] : []))
      const { faults, same } = await client.checkHealthOrder({ body: { text: file.text, models: coming } })
      looked.push({ file, id: 'order', state: faults.length > 0 ? 'faulty' : same ? 'same' : 'changed', changes: [], faults })
    }
  }
  return looked
}

/** Faults as compilers tell them, so that editors find the line. */
function sayFaults(looked: readonly Looked[]): void {
  for (const { file, faults } of looked)
    for (const { line, place, message, cure } of faults) {
      printNote(`${file.name}:${line}: ${place === '' ? '' : `${place}: `}${message}`)
      printNote(`  ${cure}`)
    }
}

const sayChanges = (looked: readonly Looked[]): void => {
  for (const { id, changes } of looked) for (const change of changes) printNote(`${id}: ${change}`)
}

const listLooked = (format: Format, looked: readonly Looked[]): void =>
  printListing(format, {
    items: looked.map(({ file, id, state, changes, faults }) => ({ file: file.name, model: id, state, changes, faults })),
    none: 'There are no files.',
    columns: [
      { title: 'file', whole: true, cell: ({ file }) => file },
      { title: 'model', cell: ({ model }) => model },
      { title: 'against what is in force', cell: ({ state }) => state },
    ],
  })

/** `health check PATH...`: every fault of the files, and what they would change. */
export async function runHealthCheck(client: BinnacleClient, paths: readonly string[], { format }: HealthFlags): Promise<ExitCode> {
  const looked = await lookAt(client, paths)
  listLooked(format, looked)
  sayFaults(looked)
  sayChanges(looked)
  return looked.some(({ state }) => state === 'faulty') ? EXIT.error : EXIT.ok
}

/** `health apply PATH...`: saves what differs from what is in force, all files or none where one has a fault; again it does nothing. */
export async function runHealthApply(client: BinnacleClient, paths: readonly string[], { format, reason = '', dryRun }: HealthFlags): Promise<ExitCode> {
  const looked = await lookAt(client, paths)
  sayFaults(looked)
  if (looked.some(({ state }) => state === 'faulty')) {
    printNote('Nothing was saved.')
    return EXIT.error
  }
  sayChanges(looked)
  const wanted = looked.filter(({ state }) => state !== 'same')
  if (dryRun === true || wanted.length === 0) {
    listLooked(format, looked)
    printNote(wanted.length === 0 ? 'All is in force as it stands in the files.' : `${wanted.length} would be saved; nothing was.`)
    return EXIT.ok
  }
  if (reason.trim() === '') throw usage('What is saved needs a reason.', 'Add --reason "why": it is kept with each version.')
  const saved: { model: string; version: number; made: boolean }[] = []
  for (const { id, file } of wanted)
    saved.push(
      file.holds === 'order'
        ? { model: id, ...(await client.saveHealthOrder({ body: { text: file.text, reason } })) }
        : { model: id, ...(await client.saveHealthModel({ params: { id }, body: { text: file.text, reason } })) },
    )
  printListing(format, {
    items: saved.map(({ model, version }) => ({ model, version })),
    none: '',
    columns: [
      { title: 'model', whole: true, cell: ({ model }) => model },
      { title: 'version', align: 'right', cell: ({ version }) => String(version) },
    ],
  })
  return EXIT.ok
}
