import { Buffer } from 'node:buffer'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshStores, layoutKinds } from '../../../test/engines/engines.ts'
import type { FreshStores } from '../../../test/engines/engines.ts'
import { recordedByFact, touchedBy } from '../../../test/recorded.ts'
import { countFacts, currentFacts } from '../../facts/current.ts'
import { factById } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import type { Clock } from '../../kernel/clock.ts'
import { defaultSettings } from '../../kernel/settings.ts'
import { param, sql } from '../../kernel/sql.ts'
import { openFactStore } from '../../stores/fact-store.ts'
import { openWorkspace } from '../../stores/workspace.ts'
import type { Workspace } from '../../stores/workspace.ts'
import { createImports } from './imports.ts'
import type { Imports } from './imports.ts'
import { ROWS_PER_FILE } from './types.ts'
import type { FactCounts, ImportRecord, Mapping } from './types.ts'

const GOLDEN = fileURLToPath(new URL('../../../test/golden/company/', import.meta.url))
const goldenFiles = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(GOLDEN)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => [name, readFileSync(join(GOLDEN, name), 'utf8')]),
  )
const fact = (id: string) => factById(id)!

async function* bytesOf(text: string, size = 700): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

const onlyChanges = (counts: FactCounts[]) =>
  Object.fromEntries(counts.map(({ fact: id, ...rest }) => [id, Object.fromEntries(Object.entries(rest).filter(([, n]) => n !== 0))]))
describe.each(layoutKinds)('imports into stores of kind %s', (kind) => {
  let stores: FreshStores
  let facts: FactStore
  let workspace: Workspace
  let imports: Imports
  const refreshed: string[] = []
  // Each look at the clock is a second later, so that no test depends on how fast it runs.
  let time = Date.parse('2024-07-01T00:00:00Z')
  const clock: Clock = { now: () => new Date((time += 1000)) }
  const settings = async () => ({ ...defaultSettings, time_zone: 'America/New_York' })
  const over = (store: FactStore, onCommitted = async (id: string): Promise<void> => void refreshed.push(id)): Imports =>
    createImports({ facts: store, workspace, clock, settings, onCommitted })

  beforeAll(async () => {
    stores = await freshStores(kind)
    facts = await openFactStore(stores.facts)
    workspace = await openWorkspace(stores.workspaceUrl, clock)
    imports = over(facts)
  })
  afterAll(async () => {
    await workspace.close()
    await stores.close()
  })

  async function draft(files: Record<string, string>, options: { as?: string; mapping?: Mapping } = {}): Promise<ImportRecord> {
    const { id } = await imports.create()
    for (const [name, text] of Object.entries(files)) await imports.addFile(id, { name, ...options }, bytesOf(text))
    return imports.read(id)
  }
  const importAll = async (files: Record<string, string>): Promise<ImportRecord> => imports.commit((await draft(files)).id)
  const changes = (record: ImportRecord) => Object.assign({}, ...record.files.map((file) => onlyChanges(file.counts))) as Record<string, Record<string, number>>
  const current = <Row>(id: string, account: string): Promise<Row[]> => {
    const query = currentFacts(fact(id), { where: sql`account_id = ${param('String', account)}` })
    return facts.read<Row>(sql`SELECT * FROM ${fact(id).placement === 'account' ? facts.shardLocal(query) : sql`(${query})`} ORDER BY source_id`)
  }
  const versions = async (id: string): Promise<number> => {
    const [row] = await facts.read<{ n: string }>(sql`SELECT count() AS n FROM ${facts.everyShard(`fact_${id}`)} FINAL`)
    return Number(row?.n)
  }

  test('the golden company is recognised, recorded once, and nothing the second time', async () => {
    const first = await importAll(goldenFiles())
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
    expect(changes(first)).toEqual(recorded)
    const present = async () => Object.fromEntries(await Promise.all(Object.keys(recorded).map(async (id) => [id, await countFacts(facts, fact(id))])))
    const expected = Object.fromEntries(Object.entries(recorded).map(([id, counts]) => [id, counts.new]))
    expect(await present()).toEqual(expected)
    expect(Object.fromEntries(await recordedByFact(facts, first.id))).toEqual(expected)

    const { id } = await imports.create()
    await Promise.all(Object.entries(goldenFiles()).map(([name, text]) => imports.addFile(id, { name }, bytesOf(text))))
    expect(changes(await imports.read(id))).toEqual(
      Object.fromEntries(Object.entries(recorded).map(([name, counts]) => [name, { same: counts.new + ('same' in counts ? counts.same : 0) }])),
    )
    await imports.commit(id)
    expect(await present()).toEqual(expected)
    expect(await recordedByFact(facts, id)).toEqual(new Map())
    expect(refreshed).toEqual([first.id, id])

    expect(await current('subscription_version', 'A03')).toMatchObject([
      { subscription_id: 'A03-S1', effective_at: '2023-04-01T04:00:00.000Z', unit_amount: '12000', interval_months: '12', status: 'active' },
      { status: 'ended', unit_amount: '0' },
      { unit_amount: '13200' },
    ])
    expect(await current('csm_assignment', 'A01')).toMatchObject([
      { csm_id: 'mira', effective_at: '1970-01-01T00:00:00.000Z', source_id: 'A01|1970-01-01T00:00:00.000Z' },
    ])
    const [rate] = await facts.read<{ rate: string; per: string }>(sql`SELECT rate, per FROM fact_exchange_rate WHERE date = '2024-01-31'`)
    expect(rate).toEqual({ rate: '1.08', per: 'USD' })
  })

  test('a changed row is one change, and its undo brings back what was', async () => {
    const file = (amount: string) => ({
      'charges.csv': `charge_id,account_id,charged_at,amount,currency\nU1,UA,2024-01-01T00:00:00Z,${amount},USD\nU2,UB,2024-01-02T00:00:00Z,7,USD\n`,
    })
    await importAll(file('100'))
    const second = await importAll(file('120.50'))
    expect(changes(second)).toEqual({ charge: { changed: 1, same: 1 } })
    expect(await current('charge', 'UA')).toMatchObject([{ amount: '120.5', import_id: second.id, row_number: '2' }])
    expect(await touchedBy(facts, second.id)).toEqual(['UA'])
    const undone = await imports.undo(second.id)
    expect([undone.state, undone.undone_at === null]).toEqual(['undone', false])
    expect(refreshed.at(-1)).toBe(second.id)
    expect(await current('charge', 'UA')).toMatchObject([{ amount: '100' }])
    expect(changes(await importAll(file('120.50')))).toEqual({ charge: { changed: 1, same: 1 } })
    await expect(imports.undo((await imports.create()).id)).rejects.toMatchObject({ code: 'import_not_done' })
  })

  test('undated values of a history hold since always, then from the import that changes them', async () => {
    const file = (segment: string, csm: string) => ({ 'accounts.csv': `account_id,segment,csm\nH1,${segment},${csm}\nH2,MID,\n` })
    await importAll(file('SMB', 'mira'))
    const second = await importAll(file('MID', 'noor'))
    expect(changes(second)).toMatchObject({ account_attribute: { changed: 1, same: 1 }, csm_assignment: { changed: 1, same: 1 } })
    const at = `${second.committed_at?.slice(0, 23)}Z`
    expect(await current('account_attribute', 'H1')).toMatchObject([
      { value: 'SMB', effective_at: '1970-01-01T00:00:00.000Z' },
      { value: 'MID', effective_at: at, source_id: `H1|segment|${at}` },
    ])
    expect(changes(await importAll(file('MID', 'noor')))).toMatchObject({ account_attribute: { same: 2 }, csm_assignment: { same: 2 } })
    const ended = await importAll(file('MID', ''))
    expect(changes(ended)).toMatchObject({ csm_assignment: { changed: 1, same: 1 } })
    expect((await current<{ csm_id: string }>('csm_assignment', 'H1')).map((row) => row.csm_id)).toEqual(['mira', 'noor', ''])
    await imports.undo(ended.id)
    expect(await current('csm_assignment', 'H2')).toEqual([])
    expect((await current<{ csm_id: string }>('csm_assignment', 'H1')).map((row) => row.csm_id)).toEqual(['mira', 'noor'])
  })

  test('an undated value beside its dated history is held against it', async () => {
    const history = 'account_id,attribute,value,effective_at\nHH,segment,SMB,2023-01-01\nHH,segment,MID,2024-02-01\nHH,segment,ENT,2099-01-01\n'
    const same = await importAll({ 'segment_history.csv': history, 'accounts.csv': 'account_id,segment\nHH,MID\nHI,SMB\n' })
    expect(same.files.map((file) => onlyChanges(file.counts).account_attribute)).toEqual([{ new: 3 }, { new: 1, same: 1 }])
    expect((await current<{ value: string }>('account_attribute', 'HH')).map((row) => row.value)).toEqual(['SMB', 'MID', 'ENT'])
  })

  test('refused rows are kept, listed, exported, and come in when they are mended', async () => {
    const text =
      'charge_id,account_id,charged_at,amount,currency\nR1,RA,2024-01-01,5,USD\nR2,RA,2024-01-01,12x,USD\nR3,RA,soon,1,USD\n=R4,RA,2024-01-01\nR5,RA,2024-01-01,"6"x,USD\n'
    const record = await draft({ 'charges.csv': text })
    const [file] = record.files
    expect([file?.rows, file?.refused, changes(record)]).toEqual([5, 4, { charge: { new: 1 } }])
    expect(file?.refused_reasons).toContainEqual({ reason: expect.stringMatching(/not a number/), column: 'amount', count: 1, example: '12x' })
    const refused = await imports.listRefused(record.id, { offset: 1, limit: 2 })
    expect(refused).toEqual({
      total: 4,
      rows: [
        {
          file: 'charges.csv',
          row_number: 4,
          column: 'charged_at',
          reason: expect.stringMatching(/^charged_at "soon" is not a date/),
          raw: ['R3', 'RA', 'soon', '1', 'USD'],
        },
        { file: 'charges.csv', row_number: 5, column: '', reason: expect.stringMatching(/fewer cells/), raw: ['=R4', 'RA', '2024-01-01'] },
      ],
    })
    await imports.commit(record.id)
    let exported = ''
    for await (const piece of imports.exportRefused(record.id)) exported += piece
    expect(exported).toContain("\r\n'=R4,RA,2024-01-01,")
    const mended = exported.replace('12x', '12').replace('soon', '2024-01-03').replace(',2024-01-01,,,', ',2024-01-01,8,USD,')
    const second = await draft({ 'mended.csv': mended })
    expect([second.files[0]?.refused, changes(second)]).toEqual([1, { charge: { new: 3 } }])
    await imports.commit(second.id)
    expect((await current<{ charge_id: string }>('charge', 'RA')).map((row) => row.charge_id)).toEqual(['=R4', 'R1', 'R2', 'R3'])
  })

  test('what can be read in two ways is asked, and read as answered', async () => {
    const record = await draft({ 'charges.csv': 'charge_id,account_id,charged_at,amount\nQ1,QA,01/02/2024,1.234\nQ2,QA,02/02/2024,5\n' })
    const [file] = record.files
    expect([file?.state, file?.counts, file?.ambiguities.map(({ kind, header }) => [kind, header])]).toEqual([
      'needs_answer',
      [],
      [
        ['missing_currency', 'currency'],
        ['date', 'charged_at'],
        ['decimal', 'amount'],
      ],
    ])
    await expect(imports.commit(record.id)).rejects.toMatchObject({ code: 'import_needs_answer' })
    const columns = file!.mapping!.columns.map((column) => ({
      ...column,
      ...(column.to === 'charged_at' ? { read_as: 'dmy' as const } : column.to === 'amount' ? { read_as: 'comma' as const } : {}),
    }))
    const answered = await imports.mapFile(record.id, file!.id, { ...file!.mapping!, columns: [...columns, { header: '', to: 'currency', constant: 'EUR' }] })
    expect([answered.state, answered.rows, onlyChanges(answered.counts)]).toEqual(['staged', 2, { charge: { new: 2 } }])
    await imports.commit(record.id)
    expect(await current('charge', 'QA')).toMatchObject([{ charged_at: '2024-02-01T05:00:00.000Z', amount: '1234', currency: 'EUR' }, { amount: '5' }])
    const next = await draft({ 'more.csv': 'Charge ID,account id,charged_at,amount\nQ3,QA,03/02/2024,2.500\n' })
    expect([next.files[0]?.state, next.files[0]?.mapping?.columns.map(({ read_as }) => read_as)]).toEqual([
      'staged',
      [undefined, undefined, 'dmy', 'comma', undefined],
    ])
  })

  test('a row far down the file decides how the first ones are read', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `L${i},LA,${i < 2000 ? '2024-01-01' : '01/02/2024'},${i < 1500 ? '5' : '1.234'},EUR`)
    const head = 'charge_id,account_id,charged_at,amount,currency\n'
    const open = await draft({ 'charges.csv': `${head}${rows.join('\n')}\n` })
    expect(open.files[0]?.ambiguities.map(({ header }) => header)).toEqual(['charged_at', 'amount'])
    const decided = await draft({ 'charges.csv': `${head}${rows.join('\n')}\nLZ,LA,13/02/2024,"12,50",EUR\n` })
    expect([decided.files[0]?.state, decided.files[0]?.rows, changes(decided)]).toEqual(['staged', 3001, { charge: { new: 3001 } }])
    await imports.commit(decided.id)
    const [row] = await facts.read<Record<string, string>>(sql`SELECT amount, charged_at FROM ${facts.everyShard('fact_charge')} WHERE charge_id = 'L2500'`)
    expect(row).toMatchObject({ amount: '1234', charged_at: '2024-02-01T05:00:00.000Z' })
  })

  test('a mapping can be changed, a file taken out, an import discarded', async () => {
    const record = await draft({ 'a.csv': 'account_id,name,note\nM1,x,old\n', 'b.csv': 'account_id,name\nM1,y\nM2,z\n' })
    expect(record.files.map((file) => onlyChanges(file.counts).account)).toEqual([{ repeated: 1 }, { new: 2 }])
    const [a, b] = record.files
    const wrong = imports.mapFile(record.id, a!.id, { ...a!.mapping!, columns: [{ header: 'note', to: 'nowhere' }] })
    await expect(wrong).rejects.toMatchObject({ code: 'bad_mapping' })
    const changed = await imports.mapFile(record.id, a!.id, {
      ...a!.mapping!,
      columns: [
        { header: 'account_id', to: 'account_id' },
        { header: 'note', to: 'attribute:mood' },
      ],
    })
    expect(onlyChanges(changed.counts)).toEqual({ account: { repeated: 1 }, account_attribute: { new: 1 } })
    const asCsm = await imports.mapFile(record.id, a!.id, { fact: 'csm_assignment', source: 'files', columns: [] })
    expect([asCsm.state, asCsm.mapping?.columns.map(({ to }) => to), onlyChanges(asCsm.counts)]).toEqual([
      'staged',
      ['account_id', null, null],
      { csm_assignment: { same: 1 } },
    ])
    const without = await imports.removeFile(record.id, b!.id)
    expect(without.files.map(({ id }) => id)).toEqual([a!.id])
    expect((await imports.discard(record.id)).state).toBe('discarded')
    expect(await facts.read(sql`SELECT row_number FROM import_row WHERE import_id = ${param('String', record.id)}`)).toEqual([])
    await expect(imports.commit(record.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a reading that breaks off leaves nothing behind for the next one', async () => {
    const record = await draft({ 'a.csv': 'account_id,name\nN1,x\nN2,y\n' })
    const file = record.files[0]!
    const mapping = (to: string): Mapping => ({
      ...file.mapping!,
      columns: [
        { header: 'name', to: 'account_id' },
        { header: 'account_id', to },
      ],
    })
    const failing = over({
      ...facts,
      insertText: async (...parameters) => {
        await facts.insertText(...parameters)
        throw new Error('no more disk')
      },
    })
    await expect(failing.mapFile(record.id, file.id, mapping('name'))).rejects.toThrow('no more disk')
    expect((await imports.read(record.id)).files[0]).toMatchObject({ state: 'staged', mapping: file.mapping })
    const again = await imports.mapFile(record.id, file.id, file.mapping!)
    expect(onlyChanges(again.counts)).toEqual({ account: { new: 2 } })
    await imports.commit(record.id)
    expect([(await current('account', 'N1')).length, await current('account', 'x')]).toEqual([1, []])
  })

  test('a fact that comes to another account leaves the first', async () => {
    const file = (account: string) => ({ 'charges.csv': `charge_id,account_id,charged_at,amount,currency\nV1,${account},2024-01-01T00:00:00Z,5,USD\n` })
    await importAll(file('VA'))
    const moved = await importAll(file('VB'))
    expect(changes(moved)).toEqual({ charge: { changed: 1 } })
    expect([await current('charge', 'VA'), (await current('charge', 'VB')).length]).toEqual([[], 1])
    expect(await touchedBy(facts, moved.id)).toEqual(['VA', 'VB'])
    expect(changes(await importAll(file('VB')))).toEqual({ charge: { same: 1 } })
    await imports.undo(moved.id)
    expect([(await current('charge', 'VA')).length, await current('charge', 'VB')]).toEqual([1, []])
  })

  test('a version that revises another is marked, also where it comes to another account', async () => {
    const file = (...rows: string[]): Record<string, string> => ({ 'usage_events.csv': `event_id,account_id,user_id,occurred_at,event\n${rows.join('\n')}\n` })
    const [early, late] = ['2024-03-01T10:00:00Z', '2024-03-05T10:00:00Z']
    await importAll(file(`e1,A1,u,${early},open`, `e2,A1,u,${early},open`, `e3,A1,u,${early},open`))
    await importAll(file(`e1,A1,u,${late},open`, `e2,A1,u,${early},open`, `e3,A2,u,${early},open`, `e4,A1,u,${late},open`))
    const found = await facts.read<{ row: string }>(
      sql`SELECT concat(source_id, ' ', account_id, if(deleted = 1, ' gone', ''), if(revises = 1, ' revises', '')) AS row
        FROM ${facts.everyShard('fact_usage_event')} ORDER BY source_id, recorded_at, account_id`,
    )
    expect(found.map(({ row }) => row)).toEqual(['e1 A1', 'e1 A1 revises', 'e2 A1', 'e3 A1', 'e3 A1 gone revises', 'e3 A2', 'e4 A1'])
  })

  test('of rows that repeat an identity the last one counts where it was said, whichever account it names', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `W1,WA${i},2024-01-01T00:00:00Z,${i},USD`)
    const {
      id,
      files: [file],
    } = await draft({ 'charges.csv': `charge_id,account_id,charged_at,amount,currency\n${rows.join('\n')}\nW2,WA0,2024-01-01,1,USD\n` })
    await imports.mapFile(id, file!.id, { ...file!.mapping!, answers: { id: 'last' } })
    expect(changes(await imports.commit(id))).toEqual({ charge: { new: 2, repeated: 11 } })
    const counted = await Promise.all(Array.from({ length: 12 }, (_, i) => current('charge', `WA${i}`)))
    expect(counted.map((found) => found.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    expect(counted[11]).toMatchObject([{ amount: '11' }])
  })

  test('the row behind a fact is found by its number', async () => {
    const record = await importAll({ 'a.csv': 'account_id,name\nK1,x\n', 'b.csv': 'account_id,name,note\n\nK2,"y, z",kept\n' })
    const [row] = await current<{ row_number: string; import_id: string }>('account', 'K2')
    expect(Number(row?.row_number)).toBe(ROWS_PER_FILE + 3)
    expect(await imports.readKeptRow(record.id, Number(row?.row_number))).toEqual({
      file: 'b.csv',
      row_number: 3,
      headers: ['account_id', 'name', 'note'],
      raw: ['K2', 'y, z', 'kept'],
    })
    await expect(imports.readKeptRow(record.id, 99)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('JSON lines come in like any file', async () => {
    const record = await importAll({
      'charges.ndjson':
        '{"charge_id":"J1","account_id":"JA","charged_at":1704067200,"amount":12.5,"currency":"eur"}\n{"charge_id":"J2","account_id":"JA","charged_at":"2024-01-02","amount":"3","currency":"EUR","extra":{"x":1}}\nnonsense\n',
    })
    expect([record.files[0]?.refused, record.files[0]?.headers.at(-1), changes(record)]).toEqual([1, 'extra.x', { charge: { new: 2 } }])
    expect(await current('charge', 'JA')).toMatchObject([{ amount: '12.5', charged_at: '2024-01-01T00:00:00.000Z' }, { amount: '3' }])
  })

  test('a file that cannot be read says why, an upload that breaks off fails', async () => {
    const { id } = await imports.create()
    expect(await imports.addFile(id, { name: 'x.xlsx' }, bytesOf('PK\u0003\u0004'))).toMatchObject({ state: 'failed', error: { code: 'file_is_spreadsheet' } })
    await expect(imports.commit(id)).rejects.toMatchObject({ code: 'import_empty' })
    const broken = async function* (): AsyncIterable<Uint8Array> {
      yield Buffer.from('account_id,name\nX1,a\n'.repeat(30_000))
      throw new Error('the line went dead')
    }
    await expect(imports.addFile(id, { name: 'accounts.csv' }, broken())).rejects.toThrow('the line went dead')
    expect((await imports.read(id)).files.map((file) => file.state)).toEqual(['failed', 'failed'])
    await imports.discard(id)
  })

  test('what fails after the facts are recorded is done again, not recorded again', async () => {
    const failing = over(facts, async () => {
      throw new Error('no ledgers today')
    })
    const { id } = await draft({ 'accounts.csv': 'account_id,name\nF1,x\n' })
    await expect(failing.commit(id)).rejects.toThrow('no ledgers today')
    expect(await imports.read(id)).toMatchObject({ state: 'refreshing', error: { message: 'no ledgers today' } })
    expect(await current('account', 'F1')).toHaveLength(1)
    const before = await versions('account')
    await imports.resume()
    expect(await imports.read(id)).toMatchObject({ state: 'done', error: null, files: [{ counts: [{ fact: 'account', new: 1 }] }] })
    expect([await versions('account'), refreshed.at(-1)]).toEqual([before, id])
    await expect(failing.undo(id)).rejects.toThrow('no ledgers today')
    await imports.resume()
    expect([(await imports.read(id)).progress, refreshed.slice(-2)]).toEqual([null, [id, id]])
  })
})
