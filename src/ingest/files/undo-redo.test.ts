import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layoutKinds } from '../../../test/engines/engines.ts'
import { bytesOf, openTestStores } from '../../../test/open-ingest.ts'
import type { OpenIngest, OpenStores } from '../../../test/open-ingest.ts'
import { currentFacts } from '../../facts/current.ts'
import { factById } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import type { Clock } from '../../kernel/clock.ts'
import { sql } from '../../kernel/sql.ts'
import type { Workspace } from '../../stores/workspace.ts'
import type { ImportRecord } from './types.ts'

describe.each(layoutKinds)('undo and redo over stores of kind %s', (kind) => {
  let stores: OpenStores
  let facts: FactStore
  let workspace: Workspace
  let imports: OpenIngest
  let time = Date.parse('2024-07-01T00:00:00Z')
  const clock: Clock = { now: () => new Date((time += 1000)) }

  beforeAll(async () => {
    stores = await openTestStores(kind, clock)
    ;({ facts, workspace } = stores)
    imports = stores.ingest()
  })
  afterAll(() => stores.close())

  async function record(files: Record<string, string>): Promise<ImportRecord> {
    const { id } = await imports.create()
    for (const [name, text] of Object.entries(files)) await imports.addFile(id, { name }, bytesOf(text))
    return imports.commit(id)
  }
  /** What counts, as "identity account amount". */
  async function charges(): Promise<string[]> {
    const current = currentFacts(factById('charge')!)
    const rows = await facts.read<Record<string, string>>(facts.shards === 1 ? current : sql`SELECT * FROM ${facts.shardLocal(current)}`)
    return rows.map(({ charge_id, account_id, amount }) => `${charge_id} ${account_id} ${amount}`).sort()
  }
  const HEADER = 'charge_id,account_id,charged_at,amount,currency\n'
  const counts = ({ files }: ImportRecord) => files.flatMap((file) => file.counts.map(({ fact, new: added, changed, same }) => [fact, added, changed, same]))

  test('an undo says what counts no longer, what goes back and what stays, before and after', async () => {
    const first = await record({ 'charges.csv': `${HEADER}C1,A1,2024-01-01,10,USD\nC2,A1,2024-01-02,20,USD\nC5,A5,2024-01-05,50,USD\n` })
    const second = await record({
      'charges.csv': `${HEADER}C2,A1,2024-01-02,21,USD\nC3,A2,2024-01-03,30,USD\nC4,A1,2024-01-04,40,USD\nC5,B5,2024-01-05,50,USD\n`,
    })
    await record({ 'charges.csv': `${HEADER}C4,A1,2024-01-04,44,USD\n` })
    const said = [{ fact: 'charge', gone: 1, back: 2, later: 1 }]
    expect(await imports.previewUndo(second.id)).toEqual(said)
    expect((await imports.undo(second.id)).taken_back).toEqual(said)
    expect(await charges()).toEqual(['C1 A1 10', 'C2 A1 20', 'C4 A1 44', 'C5 A5 50'])
    expect((await imports.undo(second.id)).taken_back).toEqual(said)
    await expect(imports.previewUndo(second.id)).rejects.toMatchObject({ code: 'import_not_done' })
    await expect(imports.redo(first.id)).rejects.toMatchObject({ code: 'import_not_undone' })
  })

  test('an undone import is redone from its kept rows, judged against what came meanwhile', async () => {
    const bad = await record({
      'payments.csv': `${HEADER}D1,A1,2024-02-01,1,USD\nD2,A1,2024-02-02,2,USD\nD3,A1,soon,3,USD\n`,
      'accounts.csv': 'account_id,name\nA1,Alder\n',
    })
    await imports.undo(bad.id)
    await record({ 'charges.csv': `${HEADER}D1,A1,2024-02-01,1,USD\nD2,A1,2024-02-02,200,USD\n` })
    const again = await imports.redo(bad.id)
    expect(again).toMatchObject({ state: 'done', redo_of: bad.id, undone_at: null, taken_back: null })
    expect(again.id).not.toBe(bad.id)
    expect([again.files.map(({ name, rows, refused }) => [name, rows, refused]), counts(again)]).toEqual([
      [
        ['payments.csv', 3, 1],
        ['accounts.csv', 1, 0],
      ],
      [
        ['charge', 0, 1, 1],
        ['account', 1, 0, 0],
      ],
    ])
    expect((await charges()).filter((line) => line.startsWith('D'))).toEqual(['D1 A1 1', 'D2 A1 2'])
    expect(await imports.listRefused(again.id, { offset: 0, limit: 10 })).toMatchObject({
      total: 1,
      rows: [{ file: 'payments.csv', raw: ['D3', 'A1', 'soon', '3', 'USD'] }],
    })
    expect(await imports.readKeptRow(again.id, 3)).toMatchObject({ file: 'payments.csv', raw: ['D2', 'A1', '2024-02-02', '2', 'USD'] })
    expect((await imports.read(bad.id)).state).toBe('undone')
    expect((await imports.undo(again.id)).taken_back).toEqual([
      { fact: 'charge', gone: 0, back: 1, later: 0 },
      { fact: 'account', gone: 1, back: 0, later: 0 },
    ])
  })

  test('half of what was to be redone is gone at the next start', async () => {
    const one = await record({ 'accounts.csv': 'account_id,name\nZ1,Zinnia\n' })
    await imports.undo(one.id)
    await workspace.pool.query(
      `INSERT INTO import (id, state, created_at, redo_of, progress) VALUES ('half', 'draft', now(), $1, '{"step":"reading accounts.csv","done":0,"total":null}')`,
      [one.id],
    )
    await imports.resume()
    await expect(imports.read('half')).rejects.toMatchObject({ code: 'not_found' })
  })
})
