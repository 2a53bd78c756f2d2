import { lastCompleteMonth, sampleCompany } from '../../connectors/sample-company/sample-company.ts'
import { BinnacleError } from '../../kernel/errors.ts'
import { dayOf } from '../../kernel/period.ts'
import type { RecordOptions } from '../record/desk.ts'
import type { Imports } from './imports.ts'
import type { ImportRecord } from './types.ts'

async function* encoded(pieces: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const piece of pieces) yield encoder.encode(piece)
}

/** Bringing in the sample company, only where nothing else counts: it must not be mixed with a real company. */
export function createSampleLoading(imports: Imports, { clock, settings }: Pick<RecordOptions, 'clock' | 'settings'>) {
  async function checkEmpty(): Promise<void> {
    if (await imports.holdsFacts())
      throw new BinnacleError('workspace_not_empty', 'The workspace already holds facts.', {
        cure: 'Undo its imports first, or start with another data directory.',
        status: 409,
      })
  }
  return {
    /** The sample company as one import. Throws `workspace_not_empty`. */
    async loadSample(): Promise<ImportRecord> {
      await checkEmpty()
      const { id } = await imports.create({ sample: true })
      try {
        for (const file of sampleCompany({ endMonth: lastCompleteMonth(dayOf(clock.now(), (await settings()).time_zone)), tales: true }).files)
          await imports.addFile(id, { name: file.name }, encoded(file.rows()))
        return await imports.commit(id)
      } catch (error) {
        await imports.discard(id).catch(() => undefined)
        throw error
      }
    },
    /** Records an undone import once more; the sample only into an empty workspace. Throws `workspace_not_empty` and what `redo` of imports throws. */
    async redoImport(id: string): Promise<ImportRecord> {
      if ((await imports.read(id)).sample) await checkEmpty()
      return imports.redo(id)
    },
  }
}
