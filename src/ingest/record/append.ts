import { createHash } from 'node:crypto'
import type { AppendFacts, Appended, FactBatch, FactRow } from '../../facts/append.ts'
import { stagedTable } from '../../facts/fact.ts'
import { FACTS, factById } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { BinnacleError, refuse } from '../../kernel/errors.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { createBatchWriter } from './batch-writer.ts'
import type { BatchWriter } from './batch-writer.ts'
import type { AppendedAs, Batch, Stage } from './batch.ts'
import { countsOf } from './batches.ts'
import type { Desk } from './desk.ts'
import { KEPT_ROWS, countReasons, forgetRows, keepRows } from './kept-rows.ts'
import type { RowRefusal } from './kept-rows.ts'
import type { Recording } from './recording.ts'
import { cannotRestore } from './restore.ts'
import type { StageAgain } from './restore.ts'
import { phaseOf } from './states.ts'
import { isRefusal } from './refusal.ts'
import { readInstant, readTypedRows, textOf } from './typed-row.ts'
import type { TypedRows } from './typed-row.ts'

const LONGEST_SOURCE = 200
const LONGEST_KEY = 400
/** Rows between two looks at whether the store is behind. */
const ROWS_A_DRAIN = 1000

const bad = (what: string, cure: string): BinnacleError => refuse('bad_batch', `The batch has no ${what}.`, cure)

function checkBatch({ source, key, learntAt }: FactBatch): void {
  const isName = (text: string, longest: number): boolean => text.trim() !== '' && text.length <= longest && !/[\u0000-\u001f\u007f]/.test(text)
  if (!isName(source, LONGEST_SOURCE)) throw bad('source', `Give the name of who says it, of at most ${LONGEST_SOURCE} characters.`)
  if (!isName(key, LONGEST_KEY)) throw bad('key', `Give a key of its own to each batch of a source, of at most ${LONGEST_KEY} characters.`)
  if (isRefusal(readInstant(learntAt))) throw bad('instant', 'Give the instant at which it was learnt, such as 2024-06-30T12:00:00Z.')
}

const keyUsed = ({ source, key }: FactBatch): BinnacleError =>
  new BinnacleError('batch_key_used', `The key "${key}" of ${source} has brought other rows.`, {
    cure: 'Give these rows a key of their own. What the key stood for first is recorded, and stays.',
    status: 409,
  })

/** What stands, under no name, in the kept row of a fact that is gone. */
const DELETED = 'deleted'

/** A row as it is kept: the names of its filled columns, each with its value after it. */
const keptAs = ({ row, deleted }: FactRow): string[] => [
  ...Object.keys(row)
    .sort()
    .flatMap((name) => (textOf(row[name]) === '' ? [] : [name, textOf(row[name])])),
  ...(deleted === true ? ['', DELETED] : []),
]

const keptRow = (fact: string, raw: readonly string[]): FactRow => {
  const pairs = raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []))
  const row = Object.fromEntries(pairs.filter(([name]) => name !== ''))
  return pairs.some(([name, value]) => name === '' && value === DELETED) ? { fact, row, deleted: true } : { fact, row }
}

/** Equal batches have equal fingerprints: the same rows of the same kinds in the same order. */
function fingerprint(): { add(fact: string, kept: readonly string[]): void; text(): string } {
  const hash = createHash('sha256')
  return { add: (fact, kept) => void hash.update(`${JSON.stringify([fact, ...kept])}\n`), text: () => hash.digest('hex') }
}

async function fingerprintOf(rows: FactBatch['rows']): Promise<string> {
  const print = fingerprint()
  for await (const one of rows) print.add(one.fact, keptAs(one))
  return print.text()
}

/** Stages rows of many kinds, each in the table of its own. */
function stageTyped(store: FactStore, zone: string, bears: { source: string; import_id: string; file_id: string }) {
  const kinds = new Map<string, { typed: TypedRows; writer: BatchWriter; rows: number } | null>()
  const open = (id: string) => {
    const fact = factById(id)
    if (fact === undefined) return null
    const typed = readTypedRows(fact, zone, bears)
    return { typed, writer: createBatchWriter(store, stagedTable(fact), fact.placement, Object.keys(typed.row)), rows: 0 }
  }
  const writers = (): BatchWriter[] => [...kinds.values()].flatMap((kind) => (kind === null ? [] : [kind.writer]))
  return {
    push({ fact, row, deleted }: FactRow, rowNumber: number): RowRefusal | null {
      const kind = kinds.get(fact) ?? open(fact)
      kinds.set(fact, kind)
      if (kind === null) return { column: '', value: fact, reason: `is of no kind of fact; kinds are ${FACTS.map(({ id }) => id).join(', ')}` }
      const problem = kind.typed.read(row, rowNumber, deleted === true)
      if (problem !== null) return problem
      kind.writer.push(kind.typed.row)
      kind.rows++
      return null
    },
    async drain(): Promise<void> {
      for (const writer of writers()) await writer.drain()
    },
    async end(): Promise<Record<string, number>> {
      await Promise.all(writers().map((writer) => writer.end()))
      return Object.fromEntries([...kinds].flatMap(([id, kind]) => (kind === null || kind.rows === 0 ? [] : [[id, kind.rows]])))
    },
  }
}

interface Arrived {
  readonly stage: Stage
  readonly arrived: Pick<AppendedAs, 'rows' | 'refused' | 'refused_reasons'>
  readonly content: string
}

/** Keeps and stages all rows of a batch. `attempt` tells them from those of another, which may have been cut short. */
async function arrive({ facts: store, settings }: Desk, { id: import_id }: Batch, attempt: string, { source, rows }: FactBatch): Promise<Arrived> {
  const id = `${attempt}:1`
  const kept = keepRows(store, import_id, attempt, id)
  const staged = stageTyped(store, (await settings()).time_zone, { source, import_id, file_id: id })
  const [print, reasons] = [fingerprint(), countReasons()]
  let [count, refused] = [0, 0]
  for await (const one of rows) {
    const raw = keptAs(one)
    print.add(one.fact, raw)
    kept.keep(++count, raw, { fact: one.fact })
    const problem = staged.push(one, count)
    if (problem !== null) {
      refused++
      reasons.add(problem)
      kept.refuse(count, raw, one.fact, problem)
    }
    if (count % ROWS_A_DRAIN === 0) await Promise.all([kept.drain(), staged.drain()])
  }
  const [byKind] = await Promise.all([staged.end(), kept.end()])
  const stage: Stage = {
    id,
    position: 1,
    name: source,
    kept: { as: attempt, rows: count },
    facts: Object.keys(byKind),
    staged: byKind,
    latest: false,
    counts: [],
  }
  return { stage, arrived: { rows: count, refused, refused_reasons: reasons.list() }, content: print.text() }
}

function toAppended({ id, recorded_at, undone_at, stages, appended }: Batch): Appended {
  if (appended === null || recorded_at === null) throw new Error(`the batch ${id} was not recorded`)
  const { source, key, learnt_at, rows, refused, refused_reasons } = appended
  return { id, source, key, learnt_at, recorded_at, undone_at, rows, counts: countsOf(stages), refused, refused_reasons }
}

/** The door through which facts come in: src/facts/append.ts says what it promises. */
export function createAppending(desk: Desk, recording: Pick<Recording, 'put' | 'recordLater'>): AppendFacts {
  const { batches, clock, facts } = desk
  /** By source and key: the same batch is taken in once at a time. */
  const underWay = new Map<string, Promise<unknown>>()

  /** The batch of this source and key; one that was being thrown away is gone first. */
  async function find(attempt: string, batch: FactBatch): Promise<Batch> {
    const found = await batches.named(attempt, desk.now(), batch)
    if (phaseOf(found) !== 'discarded') return found
    await discardAppended(desk, found)
    return find(attempt, batch)
  }

  /** Brings a batch to where it only has to be recorded. A batch that is there under the same key must have the same rows. */
  async function takeIn(batch: FactBatch): Promise<Batch> {
    const attempt = uuidv7(clock.now())
    const found = await find(attempt, batch)
    if (phaseOf(found) !== 'draft') {
      if (found.appended?.content !== (await fingerprintOf(batch.rows))) throw keyUsed(batch)
      return found
    }
    const { stage, arrived, content } = await arrive(desk, found, attempt, batch)
    const taken = await batches.take(found.id, 'commit', { content, arrived, stages: [stage] })
    // Another process may have been at the same batch, and faster: its rows alone are kept.
    const kept = taken.stages[0]?.kept.as
    if (found.id !== attempt || kept !== attempt) await forgetRows(facts, found.id, kept, { others: true })
    if (taken.appended?.content !== content) throw keyUsed(batch)
    return taken
  }

  async function append(batch: FactBatch): Promise<Appended> {
    const taken = await desk.locks.together('receiving', () => takeIn(batch))
    const recorded = await recording.put(taken.id)
    if (phaseOf(recorded) === 'refreshing') recording.recordLater(taken.id)
    return toAppended(recorded)
  }

  return async (batch) => {
    checkBatch(batch)
    const name = `${batch.source}\u0000${batch.key}`
    const before = underWay.get(name) ?? Promise.resolve()
    const mine = before.catch(() => undefined).then(() => desk.mending(() => append(batch)))
    underWay.set(name, mine)
    try {
      return await mine
    } finally {
      if (underWay.get(name) === mine) underWay.delete(name)
    }
  }
}

/** Throws away an appended batch that did not arrive whole: nobody was told that it had. */
export async function discardAppended({ batches, facts, dropStaged }: Desk, { id }: Batch): Promise<void> {
  await batches.take(id, 'discard', { progress: null })
  await dropStaged(id)
  await forgetRows(facts, id)
  await batches.remove(id)
}

/** Stages what was appended once more, from its kept rows. */
export const stageAppendedAgain = ({ facts: store, clock, settingsAt }: Desk): StageAgain =>
  async function stageAgain(batch, fact) {
    const [stage] = batch.stages
    if (stage === undefined || batch.appended === null) return []
    const again = { ...stage, id: `${stage.kept.as}:${clock.now().getTime()}`, facts: [fact.id], staged: null }
    const zone = (await settingsAt(batch.recorded_at ?? '')).time_zone
    const staged = stageTyped(store, zone, { source: batch.appended.source, import_id: batch.id, file_id: again.id })
    const rows = sql`SELECT row_number, raw FROM ${table(KEPT_ROWS)} WHERE import_id = ${param('String', batch.id)}
      AND file_id = ${param('String', stage.kept.as)}      AND fact = ${param('String', fact.id)} ORDER BY row_number LIMIT 1 BY row_number`
    for await (const chunk of store.readChunks<{ row_number: string; raw: string[] }>(rows, { maxSeconds: 600 })) {
      for (const { row_number, raw } of chunk) staged.push(keptRow(fact.id, raw), Number(row_number))
      await staged.drain()
    }
    const { [fact.id]: count = 0 } = await staged.end()
    if (count !== (stage.staged?.[fact.id] ?? count))
      throw cannotRestore(batch, `${count} of its kept rows are ${fact.plural} where they were ${stage.staged?.[fact.id]}`)
    return [again]
  }
