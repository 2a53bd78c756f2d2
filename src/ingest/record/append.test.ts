import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStores } from '../../../test/open-ingest.ts'
import type { OpenIngest, OpenStores } from '../../../test/open-ingest.ts'
import { recordedByFact } from '../../../test/recorded.ts'
import { mortal } from '../../../test/mortal.ts'
import { isRelease } from '../../../test/engines/size.ts'
import type { FactBatch, FactRow } from '../../facts/append.ts'
import { currentFacts } from '../../facts/current.ts'
import { factById } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { systemClock } from '../../kernel/clock.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { openWorkspace } from '../../stores/workspace.ts'

let stores: OpenStores
let ingest: OpenIngest
beforeAll(async () => {
  stores = await openTestStores('private')
  ingest = stores.ingest()
})
afterAll(() => stores.close())

const charge = (id: string, amount: number | string, account_id = `${id[0]}A`): FactRow => ({
  fact: 'charge',
  row: { charge_id: id, account_id, charged_at: new Date('2024-03-01T10:00:00Z'), amount, currency: 'USD' },
})
const event = (id: string): FactRow => ({
  fact: 'usage_event',
  row: { event_id: id, account_id: `${id[0]}A`, user_id: 'u', occurred_at: '2024-03-01T11:00:00+01:00', event: 'open', is_internal: false },
})
const segment = (account_id: string, value: string): FactRow => ({ fact: 'account_attribute', row: { account_id, attribute: 'segment', value } })
const batch = (key: string, ...rows: FactRow[]): FactBatch => ({ source: 'tests', key, learntAt: '2024-03-02T08:00:00Z', rows })

async function current(fact: string, prefix: string): Promise<Record<string, unknown>[]> {
  const found = currentFacts(factById(fact)!, { where: sql`startsWith(account_id, ${param('String', prefix)})` })
  return stores.facts.read(sql`SELECT * FROM (${found}) ORDER BY source_id`)
}

test('facts of three kinds come in without a file; sent twice they are there once, and both get the same answer', async () => {
  const rows = [charge('a1', 12.5), event('a1'), segment('aA', 'SMB'), charge('a2', '-3.10')]
  const first = await ingest.appendFacts(batch('three', ...rows))
  expect(first).toMatchObject({
    source: 'tests',
    key: 'three',
    learnt_at: '2024-03-02T08:00:00.000Z',
    rows: 4,
    refused: 0,
    refused_reasons: [],
    undone_at: null,
  })
  expect([...first.counts].sort((a, b) => (a.fact < b.fact ? -1 : 1))).toEqual([
    { fact: 'account_attribute', new: 1, changed: 0, same: 0, repeated: 0 },
    { fact: 'charge', new: 2, changed: 0, same: 0, repeated: 0 },
    { fact: 'usage_event', new: 1, changed: 0, same: 0, repeated: 0 },
  ])
  expect(await ingest.appendFacts(batch('three', ...rows))).toEqual(first)
  async function* slowly(): AsyncIterable<FactRow> {
    yield* rows
  }
  expect(await ingest.appendFacts({ ...batch('three'), rows: slowly() })).toEqual(first)
  expect(await recordedByFact(stores.facts, first.id)).toEqual(new Map(Object.entries({ account_attribute: 1, charge: 2, usage_event: 1 })))
  expect(await current('charge', 'a')).toMatchObject([{ amount: '12.5', charged_at: '2024-03-01T10:00:00.000Z', source: 'tests' }, { amount: '-3.1' }])
  expect(await current('usage_event', 'a')).toMatchObject([{ occurred_at: '2024-03-01T10:00:00.000Z', is_internal: 0 }])
  expect(await current('account_attribute', 'a')).toMatchObject([{ value: 'SMB', effective_at: '1970-01-01T00:00:00.000Z' }])
  await expect(ingest.appendFacts(batch('three', ...rows.slice(1)))).rejects.toMatchObject({ code: 'batch_key_used', status: 409, cure: expect.any(String) })
  await ingest.idle()
  expect(await stores.facts.read(sql`SELECT count() AS n FROM staged_charge`)).toEqual([{ n: '0' }])
})

test('what an undated row changes holds from when it was learnt, and an undo takes it back for good', async () => {
  await ingest.appendFacts(batch('undated 1', segment('bA', 'SMB')))
  const second = await ingest.appendFacts({ ...batch('undated 2', segment('bA', 'ENT')), learntAt: '2024-03-05T00:00:00Z' })
  expect(second.counts).toEqual([{ fact: 'account_attribute', new: 0, changed: 1, same: 0, repeated: 0 }])
  expect(await current('account_attribute', 'b')).toMatchObject([{ value: 'SMB' }, { value: 'ENT', effective_at: '2024-03-05T00:00:00.000Z' }])
  expect(await ingest.undo(second.id)).toMatchObject({ state: 'undone' })
  expect(await current('account_attribute', 'b')).toMatchObject([{ value: 'SMB' }])
  const again = await ingest.appendFacts({ ...batch('undated 2', segment('bA', 'ENT')), learntAt: '2024-03-06T00:00:00Z' })
  expect(again).toEqual({ ...second, undone_at: expect.any(String) })
  expect(await current('account_attribute', 'b')).toHaveLength(1)
})

test('wrong rows are kept and said, the others count', async () => {
  const wrong: FactRow[] = [
    charge('c2', 'a lot'),
    { fact: 'charge', row: { ...charge('c3', 1).row, colour: 'red' } },
    { fact: 'charge', row: { ...charge('c4', 1).row, currency: null } },
    { fact: 'chargé', row: {} },
  ]
  const found = await ingest.appendFacts(batch('wrong', charge('c1', 1), ...wrong))
  expect([found.rows, found.refused, found.counts]).toEqual([5, 4, [{ fact: 'charge', new: 1, changed: 0, same: 0, repeated: 0 }]])
  expect(found.refused_reasons.map(({ column, example }) => `${column ?? 'the row'}: ${example}`).sort()).toEqual([
    'amount: a lot',
    'colour: red',
    'currency: ',
    'the row: chargé',
  ])
  const kept = await stores.facts.read<{ raw: string[]; reason: string }>(
    sql`SELECT raw, reason FROM ${table('import_row')} WHERE import_id = ${param('String', found.id)} AND outcome = 'refused' ORDER BY row_number LIMIT 1`,
  )
  expect(kept).toMatchObject([
    { raw: expect.arrayContaining(['amount', 'a lot']), reason: 'amount "a lot" is no decimal of at most six places, such as 1234.56.' },
  ])
})

test('what the store has lost of it is named, and recorded again as it was', async () => {
  const found = await ingest.appendFacts(batch('lost', charge('d1', 5), segment('dA', 'MID'), charge('d1', 6)))
  await ingest.idle()
  const versions = () => stores.facts.read(sql`SELECT * FROM fact_charge WHERE import_id = ${param('String', found.id)} ORDER BY row_number`)
  const before = await versions()
  expect(before).toMatchObject([{ amount: '6', row_number: '3' }])
  await stores.facts.writeEverywhere(sql`ALTER TABLE fact_charge DELETE WHERE import_id = ${param('String', found.id)} SETTINGS mutations_sync = 2`)
  expect((await ingest.audit()).losses).toMatchObject([{ fact: 'charge', import_id: found.id, file: 'tests', recorded: 1, held: 0 }])
  expect(await ingest.restoreLost()).toEqual([])
  expect(await versions()).toEqual(before)
})

test('what its source says is gone counts no more, until it is told again or the batch that said so is undone', async () => {
  const gone = (row: FactRow): FactRow => ({ ...row, deleted: true })
  const nothing = { new: 0, changed: 0, same: 0, repeated: 0 }
  await ingest.appendFacts(batch('there', charge('g1', 5), charge('g2', 7), event('g3')))
  const deletion = await ingest.appendFacts(batch('gone', gone(charge('g1', 5)), gone(event('g3')), gone(charge('g9', 1))))
  expect(deletion.counts.find(({ fact }) => fact === 'charge')).toEqual({ ...nothing, fact: 'charge', changed: 1, same: 1 })
  expect(deletion.counts.find(({ fact }) => fact === 'usage_event')).toEqual({ ...nothing, fact: 'usage_event', changed: 1 })
  expect(await current('charge', 'g')).toMatchObject([{ charge_id: 'g2' }])
  expect(await current('usage_event', 'g')).toEqual([])
  expect((await ingest.appendFacts(batch('gone again', gone(charge('g1', 5))))).counts).toEqual([{ ...nothing, fact: 'charge', same: 1 }])
  await ingest.idle()
  const tombstones = () => stores.facts.read(sql`SELECT * FROM fact_charge WHERE import_id = ${param('String', deletion.id)}`)
  const before = await tombstones()
  await stores.facts.writeEverywhere(sql`ALTER TABLE fact_charge DELETE WHERE import_id = ${param('String', deletion.id)} SETTINGS mutations_sync = 2`)
  expect(await current('charge', 'g')).toHaveLength(2)
  expect(await ingest.restoreLost()).toEqual([])
  expect(await tombstones()).toEqual(before)
  expect((await ingest.appendFacts(batch('back', charge('g1', 5)))).counts).toEqual([{ ...nothing, fact: 'charge', new: 1 }])
  expect(await current('charge', 'g')).toHaveLength(2)
  await ingest.undo(deletion.id)
  expect(await current('usage_event', 'g')).toMatchObject([{ event_id: 'g3' }])
  const undated = await ingest.appendFacts(batch('of no day', gone(segment('gA', 'SMB'))))
  expect(undated.refused_reasons).toMatchObject([{ column: 'effective_at' }])
})

test('a batch that changed nothing costs no later audit more: that it became no facts is known', async () => {
  let reads = 0
  const counting: FactStore = { ...stores.facts, read: (...given) => (reads++, stores.facts.read(...given)) }
  const audited = async (): Promise<number> => {
    reads = 0
    await stores.ingest({ facts: counting }).audit()
    return reads
  }
  await ingest.appendFacts(batch('some', charge('h1', 1)))
  await ingest.idle()
  const before = await audited()
  const same = await ingest.appendFacts(batch('the same', charge('h1', 1)))
  expect(same.counts).toEqual([{ fact: 'charge', new: 0, changed: 0, same: 1, repeated: 0 }])
  await ingest.idle()
  expect(await audited()).toBe(before)
  expect((await ingest.audit()).losses).toEqual([])
})

test('a batch without a name is refused, and an empty one comes to nothing', async () => {
  await expect(ingest.appendFacts({ ...batch(' ') })).rejects.toMatchObject({ code: 'bad_batch' })
  await expect(ingest.appendFacts({ ...batch('x'), source: '' })).rejects.toMatchObject({ code: 'bad_batch' })
  await expect(ingest.appendFacts({ ...batch('x'), learntAt: 'yesterday' })).rejects.toMatchObject({ code: 'bad_batch' })
  expect(await ingest.appendFacts(batch('empty'))).toMatchObject({ rows: 0, counts: [], refused: 0 })
})

test('an instant without its distance from UTC is none, nor is one that only some read as one', async () => {
  for (const learntAt of ['2024-06-30T12:00:00', '2024', 'June 30, 2024'])
    await expect(ingest.appendFacts({ ...batch(`at ${learntAt}`), learntAt })).rejects.toMatchObject({ code: 'bad_batch', status: 400 })
  expect(await ingest.appendFacts({ ...batch('at an offset'), learntAt: '2024-06-30T12:00+02:00' })).toMatchObject({ learnt_at: '2024-06-30T10:00:00.000Z' })
})

test('a key whose batch was being thrown away when the process was killed can be used at once', async () => {
  const id = '01900000-0000-7000-8000-000000000001'
  const insert = `INSERT INTO import (id, state, created_at, source, batch_key, learnt_at) VALUES ($1, 'discarded', now(), 'tests', 'half gone', now())`
  await stores.workspace.pool.query(insert, [id])
  const found = await ingest.appendFacts(batch('half gone', charge('f1', 1)))
  expect([found.rows, found.counts]).toEqual([1, [{ fact: 'charge', new: 1, changed: 0, same: 0, repeated: 0 }]])
  expect(found.id).not.toBe(id)
})

test('of two processes that are sent one batch at once, the rows of the faster are kept alone', async () => {
  const [slow, fast] = [stores.ingest(), stores.ingest()]
  const twice = batch('twice', charge('g1', 1), charge('g2', 'a lot'))
  async function* interrupted(): AsyncIterable<FactRow> {
    yield charge('g1', 1)
    await fast.appendFacts(twice)
    yield charge('g2', 'a lot')
  }
  const found = await slow.appendFacts({ ...twice, rows: interrupted() })
  expect([found.rows, found.refused]).toEqual([2, 1])
  expect(Object.fromEntries(await recordedByFact(stores.facts, found.id))).toEqual({ charge: 1 })
  const kept = sql`SELECT outcome FROM import_row WHERE import_id = ${param('String', found.id)} ORDER BY outcome, row_number`
  expect(await stores.facts.read(kept)).toEqual([{ outcome: 'kept' }, { outcome: 'kept' }, { outcome: 'refused' }])
})

test('one row costs the fact store few statements', async () => {
  let statements = 0
  const counting: FactStore = {
    ...stores.facts,
    read: (...given) => (statements++, stores.facts.read(...given)),
    writeEverywhere: (...given) => (statements++, stores.facts.writeEverywhere(...given)),
    insertText: (...given) => (statements++, stores.facts.insertText(...given)),
  }
  await stores.ingest({ facts: counting }).appendFacts(batch('small', charge('e1', 1)))
  expect(statements).toBeLessThanOrEqual(8)
})

/** Ingest that dies at its n-th statement to either store, before or after it; from then on nothing works, as in a process that is gone. */
async function dying(at: number, moment: 'before' | 'after') {
  const { step, died } = mortal(at, moment)
  const workspace = await openWorkspace(stores.addresses.workspaceUrl, systemClock)
  const ask = workspace.pool.query.bind(workspace.pool) as (...parameters: unknown[]) => Promise<unknown>
  workspace.pool.query = ((...parameters: unknown[]) => step(() => ask(...parameters))) as typeof workspace.pool.query
  const facts: FactStore = {
    ...stores.facts,
    writeEverywhere: (...given) => step(() => stores.facts.writeEverywhere(...given)),
    insertText: (...given) => step(() => stores.facts.insertText(...given)),
  }
  return { ingest: stores.ingest({ facts, workspace }), died, close: () => workspace.close() }
}

test.each(isRelease ? (['before', 'after'] as const) : (['after'] as const))(
  'killed %s any step, a batch that is sent again is there once, also where the start after the kill has cleared up first',
  async (moment) => {
    const rows = (prefix: string) => [charge(`${prefix}1`, 1, `${prefix}A`), charge(`${prefix}2`, 2, `${prefix}A`), segment(`${prefix}A`, 'SMB')]
    let kills = 0
    for (let at = 0; ; at++) {
      const prefix = `K${moment}${at}.`
      const doomed = await dying(at, moment)
      await doomed.ingest.appendFacts(batch(prefix, ...rows(prefix))).catch(() => undefined)
      await doomed.ingest.idle()
      await doomed.close()
      if (at % 2 === 0) expect(await ingest.resume()).toBe(true)
      const found = await ingest.appendFacts(batch(prefix, ...rows(prefix)))
      await ingest.idle()
      expect([at, found.rows, new Set(found.counts.map(({ new: fresh }) => fresh))]).toEqual([at, 3, new Set([1, 2])])
      expect(Object.fromEntries(await recordedByFact(stores.facts, found.id))).toEqual({ account_attribute: 1, charge: 2 })
      expect(await current('charge', prefix)).toMatchObject([{ amount: '1' }, { amount: '2' }])
      expect((await stores.facts.read(sql`SELECT row_number FROM import_row WHERE import_id = ${param('String', found.id)}`)).length).toBe(3)
      if (!doomed.died()) break
      kills++
    }
    expect(kills).toBeGreaterThan(10)
    expect(await ingest.resume()).toBe(true)
    expect((await ingest.audit()).losses).toEqual([])
  },
  300_000,
)
