import type { BinnacleClient } from '../contract/contract.ts'
import type { ImportRecord, TakenBack } from '../contract/imports.ts'
import { EXIT } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { say, sayRefused } from './import-command.ts'
import { openQuestions, printQuestions } from './import-report.ts'
import { printNote, printOut } from './output.ts'
import type { Format } from './output.ts'
import { Progress } from './progress.ts'
import { table } from './table.ts'
import { lookForNew, watch } from './watch.ts'

const grouped = (value: number): string => value.toLocaleString('en-US')
const nameOf = ({ name, files }: ImportRecord): string => name || files.map((file) => file.name).join(', ')

function printTakenBack(taken: readonly TakenBack[]): void {
  const right = (title: string) => ({ title, align: 'right' as const })
  if (taken.length === 0) return printNote('Nothing of it counted.')
  printOut(
    table(
      [{ title: 'fact' }, right('count no longer'), right('as they were before'), right('stay: recorded again later')],
      taken.map(({ fact, gone, back, later }) => [fact, grouped(gone), grouped(back), grouped(later)]),
    ),
  )
}

/** How many facts count, of all kinds. */
const countAll = async (client: BinnacleClient): Promise<number> => (await client.overview({})).facts.reduce((sum, { count }) => sum + count, 0)

/** `undo ID`: what an import recorded counts no longer; says how much that is before and after. */
export async function runUndo(client: BinnacleClient, id: string, format: Format): Promise<void> {
  const found = await client.readImport({ params: { id } })
  const before = await countAll(client)
  if (found.state === 'done') {
    const taken = await client.previewUndo({ params: { id } })
    const sum = (key: 'gone' | 'back'): string => grouped(taken.reduce((total, one) => total + one[key], 0))
    printNote(`Taking back ${nameOf(found)}: ${sum('gone')} facts will count no longer, ${sum('back')} will be as they were before.`)
  }
  const progress = new Progress()
  const undone = await watch(client.undoImport({ params: { id } }), () => client.readImport({ params: { id } }), progress).finally(() => progress.clear())
  if (format === 'json') printOut(JSON.stringify([undone], null, 2))
  else printTakenBack(undone.taken_back ?? [])
  if (found.state === 'undone') return printNote(`Import ${id} was undone before. To bring it back: binnacle redo ${id}`)
  printNote(`Facts that count: ${grouped(before)} before, ${grouped(await countAll(client))} now. To bring it back: binnacle redo ${id}`)
}

/** `redo ID`: records an undone import once more from its kept rows, as a new import. */
export async function runRedo(client: BinnacleClient, id: string, format: Format): Promise<ExitCode> {
  const progress = new Progress()
  const look = lookForNew(client, await client.listImports({}), (record) => record.redo_of === id)
  const done = await watch(client.redoImport({ params: { id } }), look, progress).finally(() => progress.clear())
  say(format, done, false)
  const open = openQuestions(done)
  if (open.length > 0) {
    printNote(
      `Nothing was recorded: there are questions by now that the rows do not answer. Answer them in the web app, where import ${done.id} waits, or import the files again.`,
    )
    printQuestions(open)
    return EXIT.incomplete
  }
  printNote(`Recorded once more as import ${done.id}. To take it back: binnacle undo ${done.id}`)
  return sayRefused(done, 'the others were recorded')
}

/** `sample`: the invented company, into an empty workspace. */
export async function runSample(client: BinnacleClient, format: Format): Promise<ExitCode> {
  const progress = new Progress()
  const look = lookForNew(client, await client.listImports({}), ({ sample }) => sample)
  const done = await watch(client.loadSample({}), look, progress).finally(() => progress.clear())
  say(format, done, false)
  printNote(`Recorded the invented company as import ${done.id}. Take it back before you bring in your own: binnacle undo ${done.id}`)
  return sayRefused(done, 'the others were recorded')
}
