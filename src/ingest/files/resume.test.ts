import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bytesOf, openTestStores } from '../../../test/open-ingest.ts'
import type { OpenIngest, OpenStores } from '../../../test/open-ingest.ts'
import { mortal } from '../../../test/mortal.ts'
import { isRelease } from '../../../test/engines/size.ts'
import { currentFacts } from '../../facts/current.ts'
import { FACTS } from '../../facts/facts.ts'
import { factTable, stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { systemClock } from '../../kernel/clock.ts'
import { identifier, param, renderSql, sql, trusted } from '../../kernel/sql.ts'
import { openWorkspace } from '../../stores/workspace.ts'
import type { Workspace } from '../../stores/workspace.ts'

/** The facts that the files of these tests hold. */
const USED = FACTS.filter(({ id }) => ['account', 'account_attribute', 'csm_assignment', 'charge'].includes(id))

/** Dies at the n-th thing that is written, before or after it is. From then on nothing works, as in a process that is gone. */
function dying(
  store: FactStore,
  workspace: Workspace,
  at: number,
  moment: 'before' | 'after',
): { store: FactStore; workspace: Workspace; died: () => boolean } {
  const { live, step, died } = mortal(at, moment)
  let dropped = false
  const pool = new Proxy(workspace.pool, {
    get: (target, name) =>
      name === 'query'
        ? (...parameters: unknown[]) => step(() => (target.query as (...p: unknown[]) => Promise<unknown>)(...parameters))
        : Reflect.get(target, name, target),
  })
  const db = new Proxy(workspace.db, {
    get: (target, name) => {
      live()
      return Reflect.get(target, name, target) as unknown
    },
  })
  // The partitions of one import are dropped side by side: one of them stands for all.
  const isRepeated = (text: string): boolean => {
    const repeated = text.startsWith('ALTER') && dropped
    dropped ||= text.startsWith('ALTER')
    return repeated
  }
  return {
    store: {
      ...store,
      writeEverywhere: (query, options) => step(() => store.writeEverywhere(query, options), !isRepeated(renderSql(query).text)),
      insert: (...parameters) => step(() => store.insert(...parameters)),
      insertText: (...parameters) => step(() => store.insertText(...parameters)),
    },
    workspace: { ...workspace, pool, db, nextRecordedAt: () => step(() => workspace.nextRecordedAt()) },
    died,
  }
}

describe('imports that were killed', () => {
  let stores: OpenStores
  let facts: FactStore
  let workspace: Workspace
  let imports: OpenIngest
  const over = (store: FactStore, space: Workspace): OpenIngest => stores.ingest({ facts: store, workspace: space })

  beforeAll(async () => {
    stores = await openTestStores('private')
    ;({ facts, workspace } = stores)
    imports = stores.ingest()
  })
  afterAll(() => stores.close())

  const files = (prefix: string, version: number): Record<string, string> => ({
    'accounts.csv': `account_id,name,segment,csm\n${prefix}A,x${version},SMB${version},mira${version}\n${prefix}B,same,MID,\n`,
    'charges.csv': `charge_id,account_id,charged_at,amount,currency\n${prefix}C1,${prefix}${version === 1 ? 'A' : 'B'},2024-01-01T00:00:00Z,5,USD\n${prefix}C2,${prefix}A,2024-01-02T00:00:00Z,${version},USD\n`,
  })
  async function draft(prefix: string, version: number): Promise<string> {
    const { id } = await imports.create()
    for (const [name, text] of Object.entries(files(prefix, version))) await imports.addFile(id, { name }, bytesOf(text))
    return id
  }
  /** What counts now of everything whose id begins so, without when it was recorded. */
  async function present(prefix: string): Promise<unknown[]> {
    const found: unknown[] = []
    for (const fact of USED) {
      const columns = trusted(
        Object.keys(fact.columns)
          .filter((name) => name !== 'effective_at')
          .join(', '),
      )
      found.push(
        ...(await facts.read(sql`SELECT ${columns} FROM (${currentFacts(fact)}) WHERE startsWith(source_id, '${trusted(prefix)}') ORDER BY source_id`)),
      )
    }
    return JSON.parse(JSON.stringify(found).replaceAll(prefix, '')) as unknown[]
  }
  async function versions(prefix: string): Promise<number> {
    let total = 0
    for (const fact of USED) {
      const [row] = await facts.read<{ n: string }>(
        sql`SELECT count() AS n FROM ${identifier(factTable(fact))} FINAL WHERE startsWith(source_id, '${trusted(prefix)}')`,
      )
      total += Number(row?.n)
    }
    return total
  }
  const stagedRows = async (): Promise<number> => {
    let total = 0
    for (const fact of USED) total += Number((await facts.read<{ n: string }>(sql`SELECT count() AS n FROM ${identifier(stagedTable(fact))}`))[0]?.n)
    return total
  }

  // What dies before a step leaves what died after the one before it: both are tried before a release.
  test.each(isRelease ? (['before', 'after'] as const) : (['after'] as const))(
    '%s any step of a commit or an undo are finished at the next start, and nothing is doubled',
    async (moment) => {
      const control = `${moment}C`
      await imports.commit(await draft(control, 1))
      const [first, firstVersions] = [await present(control), await versions(control)]
      const second = await draft(control, 2)
      const counts = (await imports.commit(second)).files.map((file) => file.counts)
      const [expected, expectedVersions] = [await present(control), await versions(control)]
      expect(expectedVersions).toBeGreaterThan(firstVersions)
      await imports.undo(second)
      expect(await present(control)).toEqual(first)

      let kills = 0
      for (let at = 0; ; at++) {
        const prefix = `${moment}${at}K`
        await imports.commit(await draft(prefix, 1))
        const id = await draft(prefix, 2)
        const process = dying(facts, workspace, at, moment)
        const doomed = over(process.store, process.workspace)
        await doomed
          .commit(id)
          .then(() => doomed.undo(id))
          .catch(() => undefined)
        const { state: left, undone_at: undoing } = await imports.read(id)
        await imports.resume()
        const after = await imports.read(id)
        if (left === 'draft') await imports.commit(id)
        if (left === 'undone' || undoing !== null) {
          expect([at, after.state, after.progress, await present(prefix)]).toEqual([at, 'undone', null, first])
        } else {
          const done = await imports.read(id)
          expect([at, done.state, done.progress, await present(prefix), await versions(prefix)]).toEqual([at, 'done', null, expected, expectedVersions])
          expect(done.files.map((file) => file.counts)).toEqual(counts)
        }
        expect(await stagedRows()).toBe(0)
        if (!process.died()) break
        kills++
      }
      expect(kills).toBeGreaterThan(8)
    },
    300_000,
  )

  test('a file that had arrived but was not counted is counted with the next one, and its facts are known to change', async () => {
    const { id } = await imports.create()
    const { 'accounts.csv': accounts = '', 'charges.csv': charges = '' } = files('uncounted', 1)
    await imports.addFile(id, { name: 'accounts.csv' }, bytesOf(accounts))
    await workspace.pool.query(`UPDATE import_file SET counts = '[]' WHERE import_id = $1`, [id])
    const next = over(facts, workspace)
    await next.addFile(id, { name: 'charges.csv' }, bytesOf(charges))
    const counted = (await next.read(id)).files.map((file) => file.counts.map(({ fact, new: n }) => `${n} ${fact}`).sort())
    expect(counted).toEqual([['1 csm_assignment', '2 account', '2 account_attribute'], ['2 charge']])
    await next.commit(id)
    expect((await next.factsChangedSince('1970-01-01T00:00:00Z')).sort()).toEqual(['account', 'account_attribute', 'charge', 'csm_assignment'])
  })

  test('files that were arriving have failed, and rows staged for nobody are gone', async () => {
    const id = await draft('R', 1)
    const [file] = (await imports.read(id)).files
    await workspace.pool.query(`UPDATE import_file SET state = 'receiving' WHERE id = $1`, [file?.id])
    await facts.insert('staged_account', 'everywhere', [{ account_id: 'orphan', import_id: 'nobody', source_id: 'orphan', file_id: 'nobody:1' }])
    await imports.resume()
    const after = await imports.read(id)
    expect(after.files.map(({ state, error }) => [state, error?.code])).toEqual([
      ['failed', 'upload_interrupted'],
      ['staged', undefined],
    ])
    expect(await facts.read(sql`SELECT import_id FROM staged_account WHERE import_id = 'nobody'`)).toEqual([])
    expect(await facts.read(sql`SELECT DISTINCT import_id FROM staged_charge`)).toEqual([{ import_id: id }])
    await imports.discard(id)
    expect(await stagedRows()).toBe(0)
  })

  test('an import whose throwing away a kill cut short is thrown away whole', async () => {
    const id = await draft('D', 1)
    await workspace.pool.query(`UPDATE import SET state = 'discarded' WHERE id = $1`, [id])
    await imports.resume()
    await expect(imports.read(id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await facts.read(sql`SELECT row_number FROM import_row WHERE import_id = ${param('String', id)}`)).toEqual([])
    expect(await stagedRows()).toBe(0)
  })

  test('a process that starts leaves the files alone that another one is receiving', async () => {
    const other = await openWorkspace(stores.addresses.workspaceUrl, systemClock)
    try {
      const { id } = await imports.create()
      let goOn = (): void => undefined
      const waits = new Promise<void>((resolve) => (goOn = resolve))
      let begun = (): void => undefined
      const hasBegun = new Promise<void>((resolve) => (begun = resolve))
      const slow = async function* (): AsyncIterable<Uint8Array> {
        yield new TextEncoder().encode('account_id,name\n')
        begun()
        await waits
        yield new TextEncoder().encode('S1,x\n')
      }
      const added = imports.addFile(id, { name: 'accounts.csv' }, slow())
      await hasBegun
      await over(facts, other).resume()
      expect((await imports.read(id)).files.map((file) => file.state)).toEqual(['receiving'])
      goOn()
      expect((await added).state).toBe('staged')
      await imports.discard(id)
    } finally {
      await other.close()
    }
  })

  test('of two commits at once one records, and both say so', async () => {
    const id = await draft('T', 1)
    const states = await Promise.all([imports.commit(id), imports.commit(id)])
    expect(states.map(({ state }) => state)).toEqual(['done', 'done'])
    expect(await versions('T')).toBe(2 + 2 + 1 + 2)
  })
})
