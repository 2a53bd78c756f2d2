import { uuidv7 } from '../../kernel/ids.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { KEPT_ROWS } from '../record/kept-rows.ts'
import { phaseOf, refusalOf } from '../record/states.ts'
import { fileOf } from './desk.ts'
import type { FilesDesk } from './desk.ts'
import { askedIds } from './draft.ts'
import type { createDrafts } from './draft.ts'
import { createReceiving } from './receive.ts'
import type { Reading, StoredFile } from './records.ts'
import { toRecord } from './records.ts'
import type { ImportRecord } from './types.ts'

const COPIED = sql`row_number, raw, outcome, fact, column, reason`

/** Recording an undone import once more, without its files. */
export function createRedo(desk: FilesDesk, { discard }: Pick<ReturnType<typeof createDrafts>, 'discard'>, commit: (id: string) => Promise<ImportRecord>) {
  const { records, batches, facts, clock } = desk
  /** A file of another import once more: its kept rows under an id of its own, read as they were read. */
  async function copyFile(importId: string, from: StoredFile, readAt: string): Promise<void> {
    const id = uuidv7(clock.now())
    await records.addFile(importId, id, from.name)
    const { mapping, mapped_by, settled, format, encoding, bytes, rows, delimiter, headers, sample, confidence } = from
    await facts.writeEverywhere(sql`
      INSERT INTO ${table(KEPT_ROWS)} (import_id, file_id, ${COPIED})
      SELECT ${param('String', importId)}, ${param('String', id)}, ${COPIED} FROM ${table(KEPT_ROWS)}
      WHERE import_id = ${param('String', from.import_id)} AND file_id = ${param('String', from.id)}`)
    const reading: Reading = { mapping, mapped_by, settled, format, encoding, reading: 0, staged: null, left_out: 0, notes: [] }
    await records.changeFile(id, { bytes, rows, delimiter, headers, sample, confidence, mapping: reading })
    if (mapping === null) return
    // A time without a zone is in the zone that the workspace had when the rows were read first.
    const { mapAgain } = createReceiving(desk, () => desk.settingsAt(readAt))
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
    const refusal = refusalOf(phaseOf(found), 'redo')
    if (refusal !== null) throw refusal
    const again = uuidv7(clock.now())
    await batches.add(again, desk.now(), { sample: found.sample, redo_of: id })
    try {
      await desk.locks.together('receiving', async () => {
        for (const file of found.files) {
          if (file.state !== 'staged') continue
          await batches.change(again, { progress: { step: `reading ${file.name}`, done: 0, total: null } })
          await copyFile(again, file, found.recorded_at ?? '')
        }
        await batches.change(again, { progress: null })
      })
      const draft = await desk.countAgain(again)
      return draft.files.some(({ state }) => state === 'needs_answer') ? toRecord(draft) : await commit(again)
    } catch (error) {
      // An import past its draft cannot be discarded: the next start finishes it, as any other.
      await discard(again).catch(() => undefined)
      throw error
    }
  }
}
