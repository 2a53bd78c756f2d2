import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layoutKinds } from '../../../test/engines/engines.ts'
import { bytesOf } from '../../../test/open-ingest.ts'
import { onlyChanges, openImports } from '../../../test/open-imports.ts'
import type { OpenImports } from '../../../test/open-imports.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Mapping } from './types.ts'

describe.each(layoutKinds)('drafts into stores of kind %s', (kind) => {
  let desk: OpenImports
  beforeAll(async () => {
    desk = await openImports(kind)
  })
  afterAll(() => desk.close())

  test('refused rows are kept, listed, exported, and come in when they are mended', async () => {
    const text =
      'charge_id,account_id,charged_at,amount,currency\nR1,RA,2024-01-01,5,USD\nR2,RA,2024-01-01,12x,USD\nR3,RA,soon,1,USD\n=R4,RA,2024-01-01\nR5,RA,2024-01-01,"6"x,USD\n'
    const record = await desk.draft({ 'charges.csv': text })
    const [file] = record.files
    expect([file?.rows, file?.refused, desk.changes(record)]).toEqual([5, 4, { charge: { new: 1 } }])
    expect(file?.refused_reasons).toContainEqual({ reason: expect.stringMatching(/not a number/), column: 'amount', count: 1, example: '12x' })
    const refused = await desk.imports.listRefused(record.id, { offset: 1, limit: 2 })
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
    await desk.imports.commit(record.id)
    let exported = ''
    for await (const piece of desk.imports.exportRefused(record.id)) exported += piece
    expect(exported).toContain("\r\n'=R4,RA,2024-01-01,")
    const mended = exported.replace('12x', '12').replace('soon', '2024-01-03').replace(',2024-01-01,,,', ',2024-01-01,8,USD,')
    const second = await desk.draft({ 'mended.csv': mended })
    expect([second.files[0]?.refused, desk.changes(second)]).toEqual([1, { charge: { new: 3 } }])
    await desk.imports.commit(second.id)
    expect((await desk.current<{ charge_id: string }>('charge', 'RA')).map((row) => row.charge_id)).toEqual(['=R4', 'R1', 'R2', 'R3'])
  })

  test('what can be read in two ways is asked, and read as answered', async () => {
    const record = await desk.draft({ 'charges.csv': 'charge_id,account_id,charged_at,amount\nQ1,QA,01/02/2024,1.234\nQ2,QA,02/02/2024,5\n' })
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
    await expect(desk.imports.commit(record.id)).rejects.toMatchObject({ code: 'import_needs_answer' })
    const columns = file!.mapping!.columns.map((column) => ({
      ...column,
      ...(column.to === 'charged_at' ? { read_as: 'dmy' as const } : column.to === 'amount' ? { read_as: 'comma' as const } : {}),
    }))
    const answered = await desk.imports.mapFile(record.id, file!.id, {
      ...file!.mapping!,
      columns: [...columns, { header: '', to: 'currency', constant: 'EUR' }],
    })
    expect([answered.state, answered.rows, onlyChanges(answered.counts)]).toEqual(['staged', 2, { charge: { new: 2 } }])
    await desk.imports.commit(record.id)
    expect(await desk.current('charge', 'QA')).toMatchObject([{ charged_at: '2024-02-01T05:00:00.000Z', amount: '1234', currency: 'EUR' }, { amount: '5' }])
    const next = await desk.draft({ 'more.csv': 'Charge ID,account id,charged_at,amount\nQ3,QA,03/02/2024,2.500\n' })
    expect([next.files[0]?.state, next.files[0]?.mapping?.columns.map(({ read_as }) => read_as)]).toEqual([
      'staged',
      [undefined, undefined, 'dmy', 'comma', undefined],
    ])
  })

  test('a row far down the file decides how the first ones are read', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `L${i},LA,${i < 2000 ? '2024-01-01' : '01/02/2024'},${i < 1500 ? '5' : '1.234'},EUR`)
    const head = 'charge_id,account_id,charged_at,amount,currency\n'
    const open = await desk.draft({ 'charges.csv': `${head}${rows.join('\n')}\n` })
    expect(open.files[0]?.ambiguities.map(({ header }) => header)).toEqual(['charged_at', 'amount'])
    const decided = await desk.draft({ 'charges.csv': `${head}${rows.join('\n')}\nLZ,LA,13/02/2024,"12,50",EUR\n` })
    expect([decided.files[0]?.state, decided.files[0]?.rows, desk.changes(decided)]).toEqual(['staged', 3001, { charge: { new: 3001 } }])
    await desk.imports.commit(decided.id)
    const [row] = await desk.facts.read<Record<string, string>>(
      sql`SELECT amount, charged_at FROM ${desk.facts.everyShard('fact_charge')} WHERE charge_id = 'L2500'`,
    )
    expect(row).toMatchObject({ amount: '1234', charged_at: '2024-02-01T05:00:00.000Z' })
  })

  test('a mapping can be changed, a file taken out, an import discarded', async () => {
    const record = await desk.draft({ 'a.csv': 'account_id,name,note\nM1,x,old\n', 'b.csv': 'account_id,name\nM1,y\nM2,z\n' })
    expect(record.files.map((file) => onlyChanges(file.counts).account)).toEqual([{ repeated: 1 }, { new: 2 }])
    const [a, b] = record.files
    const wrong = desk.imports.mapFile(record.id, a!.id, { ...a!.mapping!, columns: [{ header: 'note', to: 'nowhere' }] })
    await expect(wrong).rejects.toMatchObject({ code: 'bad_mapping' })
    const changed = await desk.imports.mapFile(record.id, a!.id, {
      ...a!.mapping!,
      columns: [
        { header: 'account_id', to: 'account_id' },
        { header: 'note', to: 'attribute:mood' },
      ],
    })
    expect(onlyChanges(changed.counts)).toEqual({ account: { repeated: 1 }, account_attribute: { new: 1 } })
    const asCsm = await desk.imports.mapFile(record.id, a!.id, { fact: 'csm_assignment', source: 'files', columns: [] })
    expect([asCsm.state, asCsm.mapping?.columns.map(({ to }) => to), onlyChanges(asCsm.counts)]).toEqual([
      'staged',
      ['account_id', null, null],
      { csm_assignment: { same: 1 } },
    ])
    const without = await desk.imports.removeFile(record.id, b!.id)
    expect(without.files.map(({ id }) => id)).toEqual([a!.id])
    expect((await desk.imports.discard(record.id)).state).toBe('discarded')
    expect(await desk.facts.read(sql`SELECT row_number FROM import_row WHERE import_id = ${param('String', record.id)}`)).toEqual([])
    await expect(desk.imports.commit(record.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a reading that breaks off leaves nothing behind for the next one', async () => {
    const record = await desk.draft({ 'a.csv': 'account_id,name\nN1,x\nN2,y\n' })
    const file = record.files[0]!
    const mapping = (to: string): Mapping => ({
      ...file.mapping!,
      columns: [
        { header: 'name', to: 'account_id' },
        { header: 'account_id', to },
      ],
    })
    const failing = desk.over({
      ...desk.facts,
      insertText: async (...parameters) => {
        await desk.facts.insertText(...parameters)
        throw new Error('no more disk')
      },
    })
    await expect(failing.mapFile(record.id, file.id, mapping('name'))).rejects.toThrow('no more disk')
    expect((await desk.imports.read(record.id)).files[0]).toMatchObject({ state: 'staged', mapping: file.mapping })
    const again = await desk.imports.mapFile(record.id, file.id, file.mapping!)
    expect(onlyChanges(again.counts)).toEqual({ account: { new: 2 } })
    await desk.imports.commit(record.id)
    expect([(await desk.current('account', 'N1')).length, await desk.current('account', 'x')]).toEqual([1, []])
  })

  test('JSON lines come in like any file', async () => {
    const record = await desk.importAll({
      'charges.ndjson':
        '{"charge_id":"J1","account_id":"JA","charged_at":1704067200,"amount":12.5,"currency":"eur"}\n{"charge_id":"J2","account_id":"JA","charged_at":"2024-01-02","amount":"3","currency":"EUR","extra":{"x":1}}\nnonsense\n',
    })
    expect([record.files[0]?.refused, record.files[0]?.headers.at(-1), desk.changes(record)]).toEqual([1, 'extra.x', { charge: { new: 2 } }])
    expect(await desk.current('charge', 'JA')).toMatchObject([{ amount: '12.5', charged_at: '2024-01-01T00:00:00.000Z' }, { amount: '3' }])
  })

  test('a file that cannot be read says why, an upload that breaks off fails', async () => {
    const { id } = await desk.imports.create()
    expect(await desk.imports.addFile(id, { name: 'x.xlsx' }, bytesOf('PK\u0003\u0004'))).toMatchObject({
      state: 'failed',
      error: { code: 'file_is_spreadsheet' },
    })
    await expect(desk.imports.commit(id)).rejects.toMatchObject({ code: 'import_empty' })
    const broken = async function* (): AsyncIterable<Uint8Array> {
      yield new TextEncoder().encode('account_id,name\nX1,a\n'.repeat(30_000))
      throw new Error('the line went dead')
    }
    await expect(desk.imports.addFile(id, { name: 'accounts.csv' }, broken())).rejects.toThrow('the line went dead')
    expect((await desk.imports.read(id)).files.map((file) => file.state)).toEqual(['failed', 'failed'])
    await desk.imports.discard(id)
  })
})
