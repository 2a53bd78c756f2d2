import { describe, expect, test } from 'vitest'
import { compileMapper } from './row-mapper.ts'
import type { MapperOptions } from './row-recipe.ts'
import { proposeColumns } from './guess.ts'
import { checkMapping, factNamed } from './mapping.ts'
import type { ColumnMapping, Mapping } from './types.ts'

const options = (headers: string[]): MapperOptions => ({ headers, zone: 'America/New_York', importId: 'i', stage: 's', rowOffset: 0, ragged: false })
function mapper(fact: string, headers: string[], extra: ColumnMapping[] = [], more: Partial<MapperOptions> = {}) {
  const { columns } = proposeColumns(factNamed(fact), headers)
  const replaced = columns.filter((column) => !extra.some(({ header }) => header !== '' && header === column.header))
  return compileMapper({ fact, source: 'files', columns: [...replaced, ...extra] }, { ...options(headers), ...more })
}
function mapRow(fact: string, row: Record<string, string>, extra: ColumnMapping[] = [], more: Partial<MapperOptions> = {}) {
  const compiled = mapper(fact, Object.keys(row), extra, more)
  const refused = compiled.map(Object.values(row), 2)
  return refused ?? compiled.rows
}
const SUBSCRIPTION = { subscription_id: 'S|1', account_id: 'A1', effective_at: '2024-03-01', status: 'Canceled', unit_amount: '$1,200.00', currency: 'usd' }

describe('a row', () => {
  test('becomes its fact, every column in its type, what is empty left to the table', () => {
    expect(mapRow('subscription_version', { ...SUBSCRIPTION, seats: '', term_months: '' })).toEqual([
      {
        subscription_id: 'S|1',
        account_id: 'A1',
        effective_at: '2024-03-01T05:00:00.000Z',
        status: 'ended',
        quantity: '1',
        unit_amount: '1200',
        currency: 'USD',
        interval_months: '1',
        interval_unit: 'month',
        source: 'files',
        source_id: 'S%7C1|2024-03-01T05:00:00.000Z',
        import_id: 'i',
        row_number: 2,
        file_id: 's',
      },
    ])
  })
  test('of accounts becomes the facts it carries', () => {
    const rows = mapRow('account', { account_id: 'A1', name: 'Alder', segment: 'SMB', csm: '' }) as Record<string, unknown>[]
    expect(rows[0]).toMatchObject({
      account_id: 'A1',
      name: 'Alder',
      is_internal: undefined,
      created_at: '1970-01-01T00:00:00.000Z',
      source_id: 'A1',
      undated: undefined,
    })
    expect(rows.slice(1)).toEqual([
      expect.objectContaining({
        account_id: 'A1',
        attribute: 'segment',
        value: 'SMB',
        source_id: 'A1|segment|',
        undated: 1,
        effective_at: '1970-01-01T00:00:00.000Z',
      }),
      expect.objectContaining({ account_id: 'A1', source_id: 'A1|', undated: 1 }),
    ])
  })
  test('may carry attributes of any name', () => {
    const rows = mapRow('account', { account_id: 'A1', note: 'x' }, [{ header: 'note', to: 'attribute:note' }]) as Record<string, unknown>[]
    expect(rows[1]).toMatchObject({ attribute: 'note', value: 'x' })
  })
  test('carries weights as numbers, whether they stand in a column or in a list of attributes', () => {
    expect(mapRow('account', { account_id: 'A1', load_weight: '1,5', parent: 'A0' })).toMatchObject([
      {},
      { attribute: 'load_weight', value: '1.5' },
      { attribute: 'parent', value: 'A0' },
    ])
    expect(mapRow('account', { account_id: 'A1', load_weight: 'heavy' })).toMatchObject({
      column: 'load_weight',
      value: 'heavy',
      reason: expect.stringMatching(/not a number/),
    })
    const listed = (value: string, attribute = 'load_weight') => mapRow('account_attribute', { account_id: 'A1', attribute, value, effective_at: '' })
    expect([listed('1,5'), listed('2.50'), listed('1,5', 'region')]).toMatchObject([[{ value: '1.5' }], [{ value: '2.5' }], [{ value: '1,5' }]])
    expect([listed('1,500'), listed('heavy'), listed('a;b', 'parent')]).toMatchObject([
      { column: 'value', reason: expect.stringMatching(/two ways/) },
      { reason: expect.stringMatching(/not a number/) },
      { reason: expect.stringMatching(/more than one account/) },
    ])
  })
  test('of a calendar is in hours and zones that are known, or refused with what to write', () => {
    const calendar = (row: Record<string, string>) =>
      mapRow('business_calendar', { calendar_id: 'c', time_zone: 'Eastern Time (US & Canada)', monday: '9am-5pm', tuesday: 'closed', ...row })
    expect(calendar({ 'Business hours': 'Wed-Fri 9–17' })).toMatchObject([
      { time_zone: 'America/New_York', monday: '09:00-17:00', tuesday: 'closed', hours: '||09:00-17:00|09:00-17:00|09:00-17:00||' },
    ])
    expect(calendar({ monday: 'by appointment' })).toEqual({
      column: 'monday',
      value: 'by appointment',
      reason: expect.stringMatching(/write them like 09:00-17:00/),
    })
    expect(calendar({ time_zone: 'Moon/Base' })).toEqual({ column: 'time_zone', value: 'Moon/Base', reason: expect.stringMatching(/America\/New_York/) })
  })
  test('ends with the day that it names as its end, and begins with the day that it names as its beginning', () => {
    const [row] = mapRow('subscription_version', { ...SUBSCRIPTION, effective_at: '2024-07-01', end_date: '2024-06-30', due_at: '2024-06-30' }) as Record<
      string,
      unknown
    >[]
    expect([row?.effective_at, row?.ends_at, row?.due_at]).toEqual(['2024-07-01T04:00:00.000Z', '2024-07-01T04:00:00.000Z', '2024-06-30T04:00:00.000Z'])
  })
  test('is over with the beginning of a day under a header that names a moment', () => {
    const [row] = mapRow('subscription_version', { ...SUBSCRIPTION, ends_at: '2024-06-30' }) as Record<string, unknown>[]
    expect(row?.ends_at).toBe('2024-06-30T04:00:00.000Z')
  })
  test('is numbered within its import', () =>
    expect(mapRow('account', { account_id: 'A1' }, [], { rowOffset: 5_000_000_000_000 })).toMatchObject([{ row_number: 5_000_000_000_002 }]))
  test('takes the first identity that is filled', () => {
    expect(mapRow('discount', { discount_id: 'D%1', subscription_id: 'S', starts_at: '2024-01-01T00:00:00Z' })).toMatchObject([{ source_id: 'D%251' }])
    expect(mapRow('discount', { discount_id: '', subscription_id: 'S', starts_at: '2024-01-01T00:00:00Z' })).toMatchObject([
      { source_id: 'S|2024-01-01T00:00:00.000Z|repeating' },
    ])
  })
  test('is one of several of its day where it has no id and no time, and the same one when the file comes again', () => {
    const touches = mapper('touchpoint', ['account', 'date', 'type', 'touchpoint_id'])
    const read = () =>
      [
        ['A', '2025-02-10', 'call', ''],
        ['A', '2025-02-10', 'call', ''],
        ['A', '2025-02-11', 'call', ''],
        ['A', '2025-02-10T15:00:00Z', 'call', ''],
        ['A', '2025-02-10T15:00:00Z', 'call', ''],
        ['A', '2025-02-10', 'call', '7'],
        ['A', '2025-02-10', 'call', '7'],
      ].map((cells, i) => (touches.map(cells, i + 2), touches.rows[0]?.source_id))
    const first = read()
    expect(first).toEqual([
      'A|2025-02-10T05:00:00.000Z|call',
      'A|2025-02-10T05:00:00.000Z|call|2',
      'A|2025-02-11T05:00:00.000Z|call',
      'A|2025-02-10T15:00:00.000Z|call',
      'A|2025-02-10T15:00:00.000Z|call',
      '7',
      '7',
    ])
    expect(touches.notes()).toEqual([expect.stringMatching(/^1 row says what another/)])
    touches.restart('t')
    expect(read()).toEqual(first)
  })
  test('takes constants', () =>
    expect(mapRow('cost', { month: '2024-01', category: 'tools', amount_usd: '5' })).toMatchObject([
      { currency: 'USD', purpose: 'retention', share: '1', source_id: '2024-01-01|tools|retention' },
    ]))
  test('with what databases write for nothing has nothing there', () =>
    expect(mapRow('subscription_version', { ...SUBSCRIPTION, reason: 'NULL', term_months: '\\N' })).toMatchObject([
      { reason: undefined, term_months: undefined },
    ]))
  test('in a column that says UTC is in UTC', () =>
    expect(mapRow('charge', { charge_id: 'C', account_id: 'A', created_at_utc: '2024-03-01 10:00', amount: '1', currency: 'USD' })).toMatchObject([
      { charged_at: '2024-03-01T10:00:00.000Z' },
    ]))
})

describe('a refusal names the column, the value and the cure', () => {
  test.each([
    [{ ...SUBSCRIPTION, unit_amount: '12x' }, 'unit_amount', '12x', /write it like/],
    [{ ...SUBSCRIPTION, effective_at: '2024-02-30' }, 'effective_at', '2024-02-30', /write it like/],
    [{ ...SUBSCRIPTION, status: 'gone' }, 'status', 'gone', /none of active, trialing/],
    [{ ...SUBSCRIPTION, currency: '' }, 'currency', '', /fill it in/],
    [{ ...SUBSCRIPTION, unit_amount: '-5' }, 'unit_amount', '-5', /below 0/],
    [{ ...SUBSCRIPTION, unit_amount: '€5' }, 'unit_amount', '€5', /another currency/],
    [{ ...SUBSCRIPTION, account_id: 'x'.repeat(500) }, 'account_id', `${'x'.repeat(59)}…`, /longer than/],
  ])('%#', (row, column, value, reason) => expect(mapRow('subscription_version', row)).toEqual({ column, value, reason: expect.stringMatching(reason) }))

  test('of rows of another width', () => {
    const compiled = mapper('account', ['account_id', 'name'])
    expect(compiled.map(['A1'], 2)).toMatchObject({ column: '', reason: expect.stringMatching(/fewer cells/) })
    expect(compiled.map(['A1', 'x', 'y'], 2)).toMatchObject({ column: '', reason: expect.stringMatching(/more cells/) })
    expect(compiled.map(['A1', 'x'], 2)).toBe(null)
    expect(mapper('account', ['account_id', 'name'], [], { ragged: true }).map(['A1'], 2)).toBe(null)
  })
  test('leaves nothing of the row behind', () => {
    const compiled = mapper('account', ['account_id', 'segment', 'created_at'])
    expect(compiled.map(['A1', 'SMB', '2024-01-01'], 2)).toBe(null)
    expect(compiled.map(['A2', 'MID', 'soon'], 3)).not.toBe(null)
    expect(compiled.map(['A3', '', ''], 4)).toBe(null)
    const fresh = mapper('account', ['account_id', 'segment', 'created_at'])
    fresh.map(['A3', '', ''], 4)
    expect(compiled.rows).toEqual(fresh.rows)
  })
})

describe('columns that can be read in two ways', () => {
  test('leave the mapper open until they are decided', () => {
    const compiled = mapper('charge', ['charge_id', 'account_id', 'charged_at', 'amount', 'currency'])
    compiled.learn(['C1', 'A', '01/02/2024', '1.234', 'EUR'])
    expect([compiled.isOpen(), compiled.questions().map(({ header, kind }) => [header, kind])]).toEqual([
      true,
      [
        ['charged_at', 'date'],
        ['amount', 'decimal'],
      ],
    ])
    compiled.learn(['C2', 'A', '13/02/2024', '12,50', 'EUR'])
    compiled.restart('s:2')
    expect([compiled.isOpen(), compiled.questions()]).toEqual([false, []])
    expect(compiled.settled()).toEqual([
      { header: 'charged_at', read_as: 'dmy', because: '13/02/2024' },
      { header: 'amount', read_as: 'comma', because: '12,50' },
    ])
    compiled.map(['C1', 'A', '01/02/2024', '1.234', 'EUR'], 2)
    expect(compiled.rows[0]).toMatchObject({ charged_at: '2024-02-01T05:00:00.000Z', amount: '1234', file_id: 's:2' })
  })
  test('are asked with examples and what fits', () => {
    const compiled = mapper('cost', ['month', 'category', 'amount_usd'])
    compiled.learn(['01/02/2024', 'x', '5'])
    expect(compiled.questions()).toEqual([
      {
        key: 'date:month',
        header: 'month',
        kind: 'date',
        says: expect.stringMatching(/month/),
        choices: [expect.objectContaining({ value: 'dmy' }), expect.objectContaining({ value: 'mdy' })],
        examples: ['01/02/2024'],
      },
    ])
  })
  test('are read as they were answered', () => {
    const headers = ['month', 'category', 'amount_usd']
    const compiled = mapper('cost', headers, [
      { header: 'month', to: 'month', read_as: 'mdy' },
      { header: 'amount_usd', to: 'amount', read_as: 'comma' },
    ])
    expect(compiled.map(['01/02/2024', 'x', '1.234'], 2)).toBe(null)
    expect(compiled.rows[0]).toMatchObject({ month: '2024-01-02', amount: '1234' })
    expect(compiled.map(['13/02/2024', 'x', '1'], 3)).toMatchObject({ column: 'month', reason: expect.stringMatching(/order that was chosen/) })
    expect(compiled.isOpen()).toBe(false)
  })
})

describe('a mapping', () => {
  const check = (columns: ColumnMapping[], more: Partial<Mapping> = {}) => checkMapping({ fact: 'account', source: 'files', columns, ...more }, ['id', 'name'])
  test('names every column of the file', () => {
    expect(check([{ header: 'id', to: 'account_id' }]).columns).toEqual([
      { header: 'id', to: 'account_id' },
      { header: 'name', to: null },
    ])
  })
  test.each([
    [() => check([], { fact: 'nothing' }), /no fact "nothing"/],
    [() => check([{ header: 'nope', to: 'name' }]), /no column "nope"/],
    [() => check([{ header: 'id', to: 'amount' }]), /takes nothing called "amount"/],
    [
      () =>
        check([
          { header: 'id', to: 'name' },
          { header: 'name', to: 'name' },
        ]),
      /target "name" is mapped twice/,
    ],
    [
      () =>
        check([
          { header: 'id', to: 'name' },
          { header: 'id', to: 'account_id' },
        ]),
      /header "id" is mapped twice/,
    ],
    [() => check([{ header: '', to: 'name' }]), /needs a target and a constant/],
    [() => check([{ header: 'id', to: 'account_id', constant: 'x' }]), /read and be constant/],
    [() => check([{ header: 'id', to: 'attribute:No Such!' }]), /takes nothing called/],
    [() => check([], { source: 'My Source' }), /no name of a source/],
    [() => compileMapper(check([{ header: '', to: 'created_at', constant: 'soon' }]), options(['id', 'name'])), /"soon" for created_at is not a date/],
  ])('that cannot be is refused with a cure (%#)', (make, message) => {
    expect(make).toThrow(message)
    expect(make).toThrow(expect.objectContaining({ code: 'bad_mapping', cure: expect.stringMatching(/./) }))
  })
})
