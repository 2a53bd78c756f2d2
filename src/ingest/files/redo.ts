import { refuse } from '../../kernel/errors.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Desk } from '../record/desk.ts'
import { fileOf } from '../record/desk.ts'
import { askedIds } from './draft.ts'
import type { createDrafts } from './draft.ts'
import { createReceiving } from './receive.ts'
import type { Reading, StoredFile } from '../record/records.ts'
import { toRecord } from '../record/records.ts'
import type { createRecording } from '../record/recording.ts'
import type { ImportRecord } from './types.ts'

const COPIED = sql`row_number, raw, outcome, fact, column, reason`

/** Recording an undone import once more, without its files. */
export function createRedo(
  desk: Desk,
  { discard }: Pick<ReturnType<typeof createDrafts>, 'discard'>,
  { commit }: Pick<ReturnType<typeof createRecording>, 'commit'>,
) {
  const { records, facts, clock } = desk
  /** A file of another import once more: its kept rows under an id of its own, read as they were read. */
  async function copyFile(importId: string, from: StoredFile, readAt: string): Promise<void> {
    const id = uuidv7(clock.now())
    await records.addFile(importId, id, from.name)
    const { mapping, mapped_by, settled, format, encoding, bytes, rows, delimiter, headers, sample, confidence } = from
    await facts.writeEverywhere(sql`
      INSERT INTO import_row (import_id, file_id, ${COPIED}) SELECT ${param('String', importId)}, ${param('String', id)}, ${COPIED} FROM import_row
      WHERE import_id = ${param('String', from.import_id)} AND file_id = ${param('String', from.id)}`)
    const reading: Reading = { mapping, mapped_by, settled, format, encoding, reading: 0, staged: null, left_out: 0, notes: [] }
    await records.changeFile(id, { bytes, rows, delimiter, headers, sample, confidence, mapping: reading })
    if (mapping === null) return
    // A time without a zone is one of the zone of then.
    const { mapAgain } = createReceiving(facts, records, () => desk.settingsAt(readAt))
    const file = fileOf(await records.one(importId), id)
    const patch = await askedIds(desk, file, await mapAgain(file, mapping, 1))
    await records.changeFile(id, { ...patch, mapping: { ...(patch.mapping as Reading), mapped_by }, confidence })
  }

  /**
   * Records an undone import once more from its rows as they were kept, as a new import: what was recorded meanwhile is
   * judged against it, as if its files had come today. One that has questions by now stays a draft. Throws `not_found`,
   * `import_not_undone`.
   */
  return async function redo(id: string): Promise<ImportRecord> {
    const found = await records.one(id)
    if (found.state !== 'undone' || found.progress !== null)
      throw refuse(
        'import_not_undone',
        `The import is ${found.state === 'undone' ? 'still being undone' : found.state}.`,
        'Only an import that is undone can be redone.',
      )
    const again = uuidv7(clock.now())
    await records.add(again, desk.now(), { sample: found.sample, redo_of: id })
    try {
      await desk.locks.together('receiving', async () => {
        for (const file of found.files) {
          if (file.state !== 'staged') continue
          await records.change(again, { progress: { step: `reading ${file.name}`, done: 0, total: null } })
          await copyFile(again, file, found.recorded_at ?? '')
        }
        await records.change(again, { progress: null })
      })
      const draft = await desk.countAgain(again)
      return draft.files.some(({ state }) => state === 'needs_answer') ? toRecord(draft) : await commit(again)
    } catch (error) {
      // Past the draft it is finished at the next start, as any import.
      await discard(again).catch(() => undefined)
      throw error
    }
  }
}
