import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { exitCodeOf } from '../../src/cli/exit.ts'
import { runImport } from '../../src/cli/import-command.ts'
import type { ImportFlags } from '../../src/cli/import-command.ts'
import { runMetric } from '../../src/cli/metric-command.ts'
import { runRedo, runUndo } from '../../src/cli/undo-command.ts'
import { openProduct } from '../conformance/product.ts'
import type { Product } from '../conformance/product.ts'
import { testEngineKinds } from '../engines/engines.ts'
import { makeTemporaryFolder } from '../engines/temporary.ts'

const ACCOUNTS = 'Customer ID,tier,created,notes\nA1,SMB,31/12/2023,x\nA2,MID,02/01/2024,y\n'
const CHARGES = 'charge_id;account_id;charged_at;amount_eur\nC1;A1;2024-03-01;1.234,50\nC2;A2;2024-03-02;5,25\n'

describe.skipIf(!testEngineKinds.includes('private'))('the command line', () => {
  let product: Product
  const folder = makeTemporaryFolder('command-line-')
  const put = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  beforeAll(async () => {
    product = await openProduct('private', { reporting_currency: 'EUR' })
    put('accounts.csv', ACCOUNTS)
    put('2024/charges.csv', CHARGES)
    put('book.xlsx', 'PK')
    put('mapping.json', '{}')
    put('.hidden.csv', 'a,b\n')
    put('torn.csv', 'PK\u0003\u0004 no text')
    symlinkSync(join(folder, 'nowhere'), join(folder, 'lost.csv'))
  })
  afterEach(() => void vi.restoreAllMocks())
  afterAll(async () => {
    await product.close()
    rmSync(folder, { recursive: true })
  })

  /** What a command prints, and its exit code as the shell would see it. */
  async function run(work: () => Promise<number | void>): Promise<{ out: string; notes: string; code: number }> {
    const written = { out: '', notes: '' }
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written.out += String(text)), true))
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((written.notes += String(text)), true))
    const code = await work().then((given) => given ?? 0, exitCodeOf)
    vi.restoreAllMocks()
    return { ...written, code }
  }
  const importing = (flags: Partial<ImportFlags>) => run(() => runImport(product.client, [folder], { format: 'table', ...flags }))

  test('a dry run says how columns would be read and what is left out, and leaves nothing', async () => {
    const { out, notes, code } = await importing({ dryRun: true })
    expect(out).toContain('Customer ID → account_id')
    expect(out).toContain('created → created_at (day first: "31/12/2023" fits no other way)')
    expect(out).toContain('kept, but not read: notes')
    expect(out).toContain('amount_eur → amount (a comma before the decimals: "1.234,50" fits no other way)')
    expect(out).toContain('currency is EUR in every row, as a header says')
    expect(notes).toContain('Left out: book.xlsx (a spreadsheet: save the sheet as CSV).')
    expect(notes).toContain('Left out: mapping.json')
    expect(notes).toContain('Cannot be read: lost.csv: a link that leads nowhere')
    expect(notes).toMatch(/Cannot be read: torn\.csv: .*spreadsheet/)
    expect(notes).not.toContain('hidden')
    expect(code).toBe(3)
    expect(await product.client.listImports({})).toEqual([])
    const { rows } = await product.stores.workspace.pool.query(
      'SELECT (SELECT count(*)::int FROM import_file) + (SELECT count(*)::int FROM saved_mapping) AS left',
    )
    expect(rows).toEqual([{ left: 0 }])
  })

  test('what is told about a file that is not there, or of a fact that there is not, is wrong use', async () => {
    put('wrong.json', JSON.stringify({ 'orders.csv': { fact: 'charge', columns: [] } }))
    for (const flags of [
      { as: ['orders.csv=charge'] },
      { as: ['accounts.csv=nothing'] },
      { without: ['orders.csv'] },
      { mapping: join(folder, 'wrong.json') },
      { mapping: join(folder, 'accounts.csv') },
    ])
      expect([flags, (await importing({ ...flags, dryRun: true })).code]).toEqual([flags, 2])
    rmSync(join(folder, 'wrong.json'))
    expect((await run(() => runImport(product.client, [join(folder, 'nowhere.csv')], { format: 'table' }))).code).toBe(2)
    expect(await product.client.listImports({})).toEqual([])
  })

  test('one bad file does not stop the others, and how they were read is said again', async () => {
    const { out, notes, code } = await importing({ without: ['accounts.csv'] })
    expect(notes).toContain('Left out: accounts.csv (as told).')
    expect(notes).toContain('2 files could not be read; the others were recorded.')
    expect(out).toContain('amount_eur → amount')
    expect(code).toBe(3)
    const [record] = await product.client.listImports({})
    expect(record).toMatchObject({
      state: 'done',
      files: expect.arrayContaining([
        expect.objectContaining({ name: 'torn.csv', state: 'failed' }),
        expect.objectContaining({ name: 'charges.csv', state: 'staged' }),
      ]),
    })
    expect((await run(() => runImport(product.client, [join(folder, 'torn.csv')], { format: 'table' }))).code).toBe(1)
  })

  test('an undo says how many facts that is, before and after, and is redone by its id', async () => {
    const [recorded] = await product.client.listImports({})
    const undone = await run(() => runUndo(product.client, recorded?.id ?? '', 'table'))
    expect(undone.notes).toContain('Taking back charges.csv, torn.csv: 2 facts will count no longer, 0 will be as they were before.')
    expect(undone.out).toMatch(/charge +2 +0 +0\n/)
    expect(undone.notes).toMatch(/Facts that count: 2 before, 0 now\. To bring it back: binnacle redo /)
    const redone = await run(() => runRedo(product.client, recorded?.id ?? '', 'table'))
    expect([redone.code, redone.out]).toEqual([0, expect.stringMatching(/charges\.csv +2 +charge +2/)])
    expect((await run(() => runRedo(product.client, 'no-such-import', 'table'))).code).toBe(2)
  })

  test('a metric is answered for the period that the web app begins with, which is said', async () => {
    const { out, notes, code } = await run(() => runMetric(product.client, 'net_revenue', { format: 'table' }))
    expect([code, notes]).toEqual([0, expect.stringContaining('--from 2024-03-01 --until 2024-04-01')])
    expect(out).toContain('1,239.75')
  })

  test.each([
    ['half a period', 'net_revenue', { from: '2024-01-01' }],
    ['no day', 'net_revenue', { from: '2024-13-01', until: '2024-14-01' }],
    ['an empty period', 'net_revenue', { from: '2024-02-01', until: '2024-02-01' }],
    ['no metric', 'net_revenues', {}],
    ['no filter', 'net_revenue', { where: ['segment'] }],
    ['no option', 'net_revenue', { option: ['depth'] }],
    ['no folder to save in', 'net_revenue', { out: '/nowhere/at/all.csv' }],
  ])('%s is wrong use', async (_, id, flags) => {
    expect((await run(() => runMetric(product.client, id, { format: 'table', ...flags }))).code).toBe(2)
  })
})
