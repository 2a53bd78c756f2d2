import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layoutKinds } from '../../../test/engines/engines.ts'
import { bytesOf } from '../../../test/open-ingest.ts'
import { fact, onlyChanges, openImports } from '../../../test/open-imports.ts'
import type { OpenImports } from '../../../test/open-imports.ts'
import { recordedByFact, touchedBy } from '../../../test/recorded.ts'
import { countFacts } from '../../facts/current.ts'
import { sql } from '../../kernel/sql.ts'
import { ROWS_PER_STAGE } from '../record/batch.ts'

const GOLDEN = fileURLToPath(new URL('../../../test/golden/company/', import.meta.url))
const goldenFiles = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(GOLDEN)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => [name, readFileSync(join(GOLDEN, name), 'utf8')]),
  )

describe.each(layoutKinds)('imports into stores of kind %s', (kind) => {
  let desk: OpenImports
  beforeAll(async () => {
    desk = await openImports(kind)
  })
  afterAll(() => desk.close())

  test('the golden company is recognised, recorded once, and nothing the second time', async () => {
    const first = await desk.importAll(goldenFiles())
    expect(first.files.map((file) => [file.name, file.state, file.mapping?.fact, file.ambiguities, file.refused, file.error])).toEqual(
      Object.entries({
        accounts: 'account',
        charges: 'charge',
        costs: 'cost',
        csms: 'csm',
        discounts: 'discount',
        fx_rates: 'exchange_rate',
        subscription_versions: 'subscription_version',
      }).map(([name, id]) => [`${name}.csv`, 'staged', id, [], 0, null]),
    )
    expect([first.state, first.progress, first.error]).toEqual(['done', null, null])
    const recorded = {
      account: { new: 14 },
      account_attribute: { new: 28 },
      csm_assignment: { new: 13, same: 1 },
      charge: { new: 58 },
      cost: { new: 18 },
      csm: { new: 2 },
      discount: { new: 2 },
      exchange_rate: { new: 8 },
      subscription_version: { new: 34 },
    }
    expect(desk.changes(first)).toEqual(recorded)
    const present = async () => Object.fromEntries(await Promise.all(Object.keys(recorded).map(async (id) => [id, await countFacts(desk.facts, fact(id))])))
    const expected = Object.fromEntries(Object.entries(recorded).map(([id, counts]) => [id, counts.new]))
    expect(await present()).toEqual(expected)
    expect(Object.fromEntries(await recordedByFact(desk.facts, first.id))).toEqual(expected)

    const { id } = await desk.imports.create()
    await Promise.all(Object.entries(goldenFiles()).map(([name, text]) => desk.imports.addFile(id, { name }, bytesOf(text))))
    expect(desk.changes(await desk.imports.read(id))).toEqual(
      Object.fromEntries(Object.entries(recorded).map(([name, counts]) => [name, { same: counts.new + ('same' in counts ? counts.same : 0) }])),
    )
    await desk.imports.commit(id)
    expect(await present()).toEqual(expected)
    expect(await recordedByFact(desk.facts, id)).toEqual(new Map())
    expect(desk.refreshed).toEqual([first.id, id])

    expect(await desk.current('subscription_version', 'A03')).toMatchObject([
      { subscription_id: 'A03-S1', effective_at: '2023-04-01T04:00:00.000Z', unit_amount: '12000', interval_months: '12', status: 'active' },
      { status: 'ended', unit_amount: '0' },
      { unit_amount: '13200' },
    ])
    expect(await desk.current('csm_assignment', 'A01')).toMatchObject([
      { csm_id: 'mira', effective_at: '1970-01-01T00:00:00.000Z', source_id: 'A01|1970-01-01T00:00:00.000Z' },
    ])
    const [rate] = await desk.facts.read<{ rate: string; per: string }>(sql`SELECT rate, per FROM fact_exchange_rate WHERE date = '2024-01-31'`)
    expect(rate).toEqual({ rate: '1.08', per: 'USD' })
  })

  test('a changed row is one change, and its undo brings back what was', async () => {
    const file = (amount: string) => ({
      'charges.csv': `charge_id,account_id,charged_at,amount,currency\nU1,UA,2024-01-01T00:00:00Z,${amount},USD\nU2,UB,2024-01-02T00:00:00Z,7,USD\n`,
    })
    await desk.importAll(file('100'))
    const second = await desk.importAll(file('120.50'))
    expect(desk.changes(second)).toEqual({ charge: { changed: 1, same: 1 } })
    expect(await desk.current('charge', 'UA')).toMatchObject([{ amount: '120.5', import_id: second.id, row_number: '2' }])
    expect(await touchedBy(desk.facts, second.id)).toEqual(['UA'])
    const undone = await desk.imports.undo(second.id)
    expect([undone.state, undone.undone_at === null]).toEqual(['undone', false])
    expect(desk.refreshed.at(-1)).toBe(second.id)
    expect(await desk.current('charge', 'UA')).toMatchObject([{ amount: '100' }])
    expect(desk.changes(await desk.importAll(file('120.50')))).toEqual({ charge: { changed: 1, same: 1 } })
    await expect(desk.imports.undo((await desk.imports.create()).id)).rejects.toMatchObject({ code: 'import_not_done' })
  })

  test('undated values of a history hold since always, then from the import that changes them', async () => {
    const file = (segment: string, csm: string) => ({ 'accounts.csv': `account_id,segment,csm\nH1,${segment},${csm}\nH2,MID,\n` })
    await desk.importAll(file('SMB', 'mira'))
    const second = await desk.importAll(file('MID', 'noor'))
    expect(desk.changes(second)).toMatchObject({ account_attribute: { changed: 1, same: 1 }, csm_assignment: { changed: 1, same: 1 } })
    const at = `${second.committed_at?.slice(0, 23)}Z`
    expect(await desk.current('account_attribute', 'H1')).toMatchObject([
      { value: 'SMB', effective_at: '1970-01-01T00:00:00.000Z' },
      { value: 'MID', effective_at: at, source_id: `H1|segment|${at}` },
    ])
    expect(desk.changes(await desk.importAll(file('MID', 'noor')))).toMatchObject({ account_attribute: { same: 2 }, csm_assignment: { same: 2 } })
    const ended = await desk.importAll(file('MID', ''))
    expect(desk.changes(ended)).toMatchObject({ csm_assignment: { changed: 1, same: 1 } })
    expect((await desk.current<{ csm_id: string }>('csm_assignment', 'H1')).map((row) => row.csm_id)).toEqual(['mira', 'noor', ''])
    await desk.imports.undo(ended.id)
    expect(await desk.current('csm_assignment', 'H2')).toEqual([])
    expect((await desk.current<{ csm_id: string }>('csm_assignment', 'H1')).map((row) => row.csm_id)).toEqual(['mira', 'noor'])
  })

  test('an undated value beside its dated history is held against it', async () => {
    const history = 'account_id,attribute,value,effective_at\nHH,segment,SMB,2023-01-01\nHH,segment,MID,2024-02-01\nHH,segment,ENT,2099-01-01\n'
    const same = await desk.importAll({ 'segment_history.csv': history, 'accounts.csv': 'account_id,segment\nHH,MID\nHI,SMB\n' })
    expect(same.files.map((file) => onlyChanges(file.counts).account_attribute)).toEqual([{ new: 3 }, { new: 1, same: 1 }])
    expect((await desk.current<{ value: string }>('account_attribute', 'HH')).map((row) => row.value)).toEqual(['SMB', 'MID', 'ENT'])
  })

  test('a fact that comes to another account leaves the first', async () => {
    const file = (account: string) => ({ 'charges.csv': `charge_id,account_id,charged_at,amount,currency\nV1,${account},2024-01-01T00:00:00Z,5,USD\n` })
    await desk.importAll(file('VA'))
    const moved = await desk.importAll(file('VB'))
    expect(desk.changes(moved)).toEqual({ charge: { changed: 1 } })
    expect([await desk.current('charge', 'VA'), (await desk.current('charge', 'VB')).length]).toEqual([[], 1])
    expect(await touchedBy(desk.facts, moved.id)).toEqual(['VA', 'VB'])
    expect(desk.changes(await desk.importAll(file('VB')))).toEqual({ charge: { same: 1 } })
    await desk.imports.undo(moved.id)
    expect([(await desk.current('charge', 'VA')).length, await desk.current('charge', 'VB')]).toEqual([1, []])
  })

  test('a version that revises another is marked, also where it comes to another account', async () => {
    const file = (...rows: string[]): Record<string, string> => ({ 'usage_events.csv': `event_id,account_id,user_id,occurred_at,event\n${rows.join('\n')}\n` })
    const [early, late] = ['2024-03-01T10:00:00Z', '2024-03-05T10:00:00Z']
    await desk.importAll(file(`e1,A1,u,${early},open`, `e2,A1,u,${early},open`, `e3,A1,u,${early},open`))
    await desk.importAll(file(`e1,A1,u,${late},open`, `e2,A1,u,${early},open`, `e3,A2,u,${early},open`, `e4,A1,u,${late},open`))
    const found = await desk.facts.read<{ row: string }>(
      sql`SELECT concat(source_id, ' ', account_id, if(deleted = 1, ' gone', ''), if(revises = 1, ' revises', '')) AS row
        FROM ${desk.facts.everyShard('fact_usage_event')} ORDER BY source_id, recorded_at, account_id`,
    )
    expect(found.map(({ row }) => row)).toEqual(['e1 A1', 'e1 A1 revises', 'e2 A1', 'e3 A1', 'e3 A1 gone revises', 'e3 A2', 'e4 A1'])
  })

  test('of rows that repeat an identity the last one counts where it was said, whichever account it names', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `W1,WA${i},2024-01-01T00:00:00Z,${i},USD`)
    const {
      id,
      files: [file],
    } = await desk.draft({ 'charges.csv': `charge_id,account_id,charged_at,amount,currency\n${rows.join('\n')}\nW2,WA0,2024-01-01,1,USD\n` })
    await desk.imports.mapFile(id, file!.id, { ...file!.mapping!, answers: { id: 'last' } })
    expect(desk.changes(await desk.imports.commit(id))).toEqual({ charge: { new: 2, repeated: 11 } })
    const counted = await Promise.all(Array.from({ length: 12 }, (_, i) => desk.current('charge', `WA${i}`)))
    expect(counted.map((found) => found.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    expect(counted[11]).toMatchObject([{ amount: '11' }])
  })

  test('the row behind a fact is found by its number', async () => {
    const record = await desk.importAll({ 'a.csv': 'account_id,name\nK1,x\n', 'b.csv': 'account_id,name,note\n\nK2,"y, z",kept\n' })
    const [row] = await desk.current<{ row_number: string; import_id: string }>('account', 'K2')
    expect(Number(row?.row_number)).toBe(ROWS_PER_STAGE + 3)
    expect(await desk.imports.readKeptRow(record.id, Number(row?.row_number))).toEqual({
      file: 'b.csv',
      row_number: 3,
      headers: ['account_id', 'name', 'note'],
      raw: ['K2', 'y, z', 'kept'],
    })
    await expect(desk.imports.readKeptRow(record.id, 99)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('what fails after the facts are recorded is done again, not recorded again', async () => {
    const failing = desk.over(desk.facts, async () => {
      throw new Error('no ledgers today')
    })
    const { id } = await desk.draft({ 'accounts.csv': 'account_id,name\nF1,x\n' })
    await expect(failing.commit(id)).rejects.toThrow('no ledgers today')
    expect(await desk.imports.read(id)).toMatchObject({ state: 'refreshing', error: { message: 'no ledgers today' } })
    expect(await desk.current('account', 'F1')).toHaveLength(1)
    const before = await desk.versions('account')
    await desk.imports.resume()
    expect(await desk.imports.read(id)).toMatchObject({ state: 'done', error: null, files: [{ counts: [{ fact: 'account', new: 1 }] }] })
    expect([await desk.versions('account'), desk.refreshed.at(-1)]).toEqual([before, id])
    await expect(failing.undo(id)).rejects.toThrow('no ledgers today')
    await desk.imports.resume()
    expect([(await desk.imports.read(id)).progress, desk.refreshed.slice(-2)]).toEqual([null, [id, id]])
  })
})
