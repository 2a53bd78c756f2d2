import { setTimeout as pause } from 'node:timers/promises'
import type { BinnacleClient } from '../contract/contract.ts'
import type { ImportRecord } from '../contract/imports.ts'
import { BinnacleError } from '../kernel/errors.ts'
import type { Progress } from './progress.ts'

const POLL_MS = 250
const isUnderWay = ({ state, files }: ImportRecord): boolean =>
  state === 'committing' || state === 'refreshing' || (state === 'draft' && files.every((file) => file.state !== 'needs_answer'))

/**
 * Waits for a step of an import and shows how far it is. The step's own answer may be given up by the connection after
 * minutes; the server goes on, and the record of the import says how it ended.
 */
export async function watch(step: Promise<ImportRecord>, look: () => Promise<ImportRecord | null>, progress: Progress): Promise<ImportRecord> {
  const ended = step.then(
    (record) => ({ record, error: null }),
    (error: unknown) => ({ record: null, error }),
  )
  let present: ImportRecord | null = null
  for (;;) {
    const end = await Promise.race([ended, pause(POLL_MS)])
    const lost = end?.error instanceof BinnacleError && end.error.code === 'server_unreachable' && present !== null
    if (end?.error !== undefined && end.error !== null && !lost) throw end.error
    if (end?.record !== undefined && end.record !== null) return settled(end.record)
    present = (await look()) ?? present
    if (present?.progress) progress.show(present.progress.step, present.progress.done, present.progress.total)
    if (lost && present !== null && !isUnderWay(present)) return settled(present)
    if (lost) await pause(POLL_MS)
  }
}

function settled(record: ImportRecord): ImportRecord {
  const { error } = record
  if (error !== null) throw new BinnacleError(error.code, error.message || `The import ${record.id} failed.`, { cure: error.cure || 'Look at the server log.' })
  return record
}

/** Looks for an import that a step only now makes, whose id its answer alone would say. */
export function lookForNew(
  client: BinnacleClient,
  before: readonly ImportRecord[],
  isMeant: (record: ImportRecord) => boolean,
): () => Promise<ImportRecord | null> {
  const known = new Set(before.map(({ id }) => id))
  let id: string | undefined
  return async () => {
    if (id !== undefined) return client.readImport({ params: { id } })
    const found = (await client.listImports({})).find((record) => !known.has(record.id) && isMeant(record))
    id = found?.id
    return found ?? null
  }
}
