import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FactStore } from '../facts/store.ts'
import { systemClock } from '../kernel/clock.ts'
import { defaultSettings } from '../kernel/settings.ts'
import { renderSql, sql } from '../kernel/sql.ts'
import { openFactStore } from '../stores/fact-store.ts'
import { openWorkspace } from '../stores/workspace.ts'
import type { Workspace } from '../stores/workspace.ts'
import { freshStores } from '../../test/engines/engines.ts'
import type { FreshStores } from '../../test/engines/engines.ts'
import { recordedByFact } from '../../test/recorded.ts'
import { createImports } from './imports.ts'
import type { Imports } from './imports.ts'

let stores: FreshStores
let facts: FactStore
let workspace: Workspace
beforeAll(async () => {
  stores = await freshStores('private')
  facts = await openFactStore(stores.facts)
  workspace = await openWorkspace(stores.workspaceUrl, systemClock)
})
afterAll(async () => {
  await workspace.close()
  await stores.close()
})

const open = (store: FactStore): Imports =>
  createImports({ facts: store, workspace, clock: systemClock, settings: () => Promise.resolve(defaultSettings), onCommitted: () => Promise.resolve() })

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text)
}

async function draft(imports: Imports, prefix: string): Promise<string> {
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
  expect(await recordedByFact(facts, id)).toEqual(new Map([['account', 40], ['account_attribute', 40]]))
  const { rows } = await workspace.pool.query('SELECT fact, position, rows::int FROM recorded_count WHERE import_id = $1 ORDER BY fact', [id])
  expect(rows).toEqual([{ fact: 'account', position: 1, rows: 40 }, { fact: 'account_attribute', position: 1, rows: 40 }])
  expect(await facts.read(sql`SELECT count() AS n FROM staged_account WHERE import_id != ''`)).toEqual([{ n: '0' }])
})
