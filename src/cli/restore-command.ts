import type { BinnacleClient } from '../contract/contract.ts'
import { EXIT } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { printListing, printNote } from './output.ts'
import type { Format } from './output.ts'

/** Brings back what the fact store has lost; lists what is still missing and fails then. */
export async function runRestore(client: BinnacleClient, format: Format): Promise<ExitCode> {
  const { total, rows, items } = await client.restoreLost({})
  printListing(format, {
    items,
    none: 'The fact store holds all that imports recorded.',
    columns: [
      { title: 'kind', cell: (item) => item.name },
      { title: 'file', cell: (item) => item.file },
      { title: 'import', cell: (item) => item.import_id },
      { title: 'recorded', align: 'right', cell: (item) => String(item.recorded) },
      { title: 'missing', align: 'right', cell: (item) => String(item.missing) },
    ],
  })
  if (total === 0) return EXIT.ok
  printNote(`${rows} rows are still missing. Bring back a backup, or undo these imports and import their files again.`)
  return EXIT.error
}
