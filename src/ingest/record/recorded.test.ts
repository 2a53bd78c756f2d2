import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FactStore } from '../../facts/store.ts'
import { param, renderSql, sql, table } from '../../kernel/sql.ts'
import type { Workspace } from '../../stores/workspace.ts'
import { bytesOf, openTestStores } from '../../../test/open-ingest.ts'
import type { OpenIngest, OpenStores } from '../../../test/open-ingest.ts'
import { recordedByFact } from '../../../test/recorded.ts'

let stores: OpenStores
let facts: FactStore
let workspace: Workspace
beforeAll(async () => {
  stores = await openTestStores('private')
  ;({ facts, workspace } = stores)
})
afterAll(() => stores.close())

const open = (store: FactStore): OpenIngest => stores.ingest({ facts: store })

async function draft(imports: OpenIngest, prefix: string): Promise<string> {
  const { id } = await imports.create()
  const rows = Array.from({ length: 40 }, (_, i) => `${prefix}${i},Name ${i},segment ${i % 3}`)
  await imports.addFile(id, { name: 'accounts.csv' }, bytesOf(`account_id,name,segment\n${rows.join('\n')}\n`))
  return id
}

test('rows that the store acknowledged and does not hold are missed before anything is counted from them', async () => {
  const forgetful: FactStore = { ...facts, insertText: (table, ...rest) => (table === 'staged_account' ? Promise.resolve() : facts.insertText(table, ...rest)) }
  await expect(draft(open(forgetful), 'a')).rejects.toMatchObject({ code: 'staged_rows_missing', details: { staged: 40, found: 0 } })
})

test('an import is done only when all that was staged stands recorded', async () => {
  const forgetful: FactStore = {
    ...facts,
    writeEverywhere: async (query, options) => {
      // Says that it wrote, and did not.
      if (!/INSERT INTO\s+`?fact_account`?\s/.test(renderSql(query).text)) await facts.writeEverywhere(query, options)
    },
  }
  const id = await draft(open(forgetful), 'b')
  await expect(open(forgetful).commit(id)).rejects.toMatchObject({ code: 'facts_not_recorded', retry: true, details: { fact: 'account', missing: 40 } })
  expect((await open(facts).read(id)).state).toBe('committing')

  expect((await open(facts).commit(id)).state).toBe('done')
  expect(await recordedByFact(facts, id)).toEqual(
    new Map([
      ['account', 40],
      ['account_attribute', 40],
    ]),
  )
  const { rows } = await workspace.pool.query('SELECT fact, position, rows::int FROM recorded_count WHERE import_id = $1 ORDER BY fact', [id])
  expect(rows).toEqual([
    { fact: 'account', position: 1, rows: 40 },
    { fact: 'account_attribute', position: 1, rows: 40 },
  ])
  expect(await facts.read(sql`SELECT count() AS n FROM staged_account WHERE import_id != ''`)).toEqual([{ n: '0' }])
})

async function importText(imports: OpenIngest, name: string, text: string): Promise<string> {
  const { id } = await imports.create()
  await imports.addFile(id, { name }, bytesOf(text))
  expect((await imports.commit(id)).state).toBe('done')
  return id
}

/** All versions of a fact as they stand, with everything that was recorded of them. */
const versionsOf = (name: string): Promise<object[]> =>
  facts.read(sql`SELECT * FROM ${table(`fact_${name}`)} ORDER BY source_id, recorded_at, import_id, row_number, deleted`)

test('what the store has lost is named by kind, import and file, and is recorded again from the kept rows as it was', async () => {
  const imports = open(facts)
  const first = await importText(imports, 'customers.csv', 'account_id,name,segment\nX1,One,small\nX2,Two,large\nX3,Three,\n')
  const second = await importText(imports, 'customers.csv', 'account_id,name,segment\nX1,One and only,small\nX2,Two,small\nX4,Four,large\n')
  const subscriptions = 'subscription_id,account_id,effective_at,status,product,plan,quantity,unit_amount,currency,interval_months\n'
  await importText(
    imports,
    'subscription_versions.csv',
    `${subscriptions}S1,X1,2024-01-01T00:00:00Z,active,core,basic,1,10,USD,1\nS2,X2,2024-01-01T00:00:00Z,active,core,basic,1,20,USD,1\n`,
  )
  await importText(imports, 'subscription_versions.csv', `${subscriptions}S1,X3,2024-01-01T00:00:00Z,active,core,basic,1,10,USD,1\n`)
  const taken = await importText(imports, 'customers.csv', 'account_id,name,segment\nX1,Wrong,large\n')
  await imports.undo(taken)
  expect((await imports.audit()).losses).toEqual([])

  const names = ['account', 'account_attribute', 'subscription_version']
  const before = await Promise.all(names.map(versionsOf))
  expect(before[2]?.length).toBe(4)
  const counted = before.map((rows) => rows.filter((row) => (row as { import_id: string }).import_id !== taken).length)
  await facts.writeEverywhere(sql`ALTER TABLE fact_account DELETE WHERE import_id = ${param('String', second)} OR name = 'Three' SETTINGS mutations_sync = 2`)
  for (const name of names.slice(1)) await facts.writeEverywhere(sql`TRUNCATE TABLE ${table(`fact_${name}`)}`)

  const { losses } = await imports.audit()
  expect(losses.filter(({ fact }) => fact === 'account').map(({ name, import_id, file, recorded, held }) => [name, import_id, file, recorded, held])).toEqual(
    expect.arrayContaining([
      ['Account', first, 'customers.csv', 3, 2],
      ['Account', second, 'customers.csv', 2, 0],
    ]),
  )
  expect(losses.some(({ import_id }) => import_id === taken)).toBe(false)

  expect(await imports.restoreLost()).toEqual([])
  const after = await Promise.all(names.map(versionsOf))
  const kept = (rows: object[]): object[] => rows.filter((row) => (row as { import_id: string }).import_id !== taken)
  expect(after.map((rows) => kept(rows).length)).toEqual(counted)
  expect(after.map(kept)).toEqual(before.map(kept))
  expect(await facts.read(sql`SELECT count() AS n FROM staged_account`)).toEqual([{ n: '0' }])
})

test('an undo that the store has lost is written again; kept rows that are lost are named, and nothing is restored without them', async () => {
  const imports = open(facts)
  const undone = await importText(imports, 'customers.csv', 'account_id,name\nY1,One\n')
  await imports.undo(undone)
  const other = await importText(imports, 'customers.csv', 'account_id,name\nY2,Two\n')
  await facts.writeEverywhere(sql`TRUNCATE TABLE fact_undo`)
  expect((await imports.audit()).undoneAgain).toContain(undone)
  expect((await imports.audit()).undoneAgain).toEqual([])
  expect(await facts.read(sql`SELECT undone FROM fact_undo WHERE import_id = ${param('String', undone)}`)).toEqual([{ undone: 1 }])

  await facts.writeEverywhere(sql`ALTER TABLE import_row DELETE WHERE import_id = ${param('String', other)} SETTINGS mutations_sync = 2`)
  await facts.writeEverywhere(sql`ALTER TABLE fact_account DELETE WHERE import_id = ${param('String', other)} SETTINGS mutations_sync = 2`)
  expect((await imports.audit()).losses.map(({ fact, import_id, held }) => [fact, import_id, held])).toEqual([
    ['account', other, 0],
    ['import_row', other, 0],
  ])
  await expect(imports.restoreLost()).rejects.toMatchObject({ code: 'cannot_restore', cure: expect.stringContaining('undo the import') })
  await imports.undo(other)
  expect((await imports.audit()).losses).toEqual([])
})
