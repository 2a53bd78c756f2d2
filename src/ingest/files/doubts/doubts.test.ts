import { describe, expect, test } from 'vitest'
import { applyAnswers } from '../answers.ts'
import { proposeColumns } from '../guess.ts'
import { askMissing, checkMapping, factNamed } from '../mapping.ts'
import { compileMapper } from '../row-mapper.ts'
import type { ColumnMapping, Mapping } from '../types.ts'

type Answers = Record<string, string>

/** A file of a fact as its headers say, with answers; `columns` where somebody wrote the mapping. */
function read(fact: string, headers: string[], lines: string[][], { answers = {}, columns }: { answers?: Answers; columns?: ColumnMapping[] } = {}) {
  const proposed: Mapping = {
    fact,
    source: 'files',
    columns: columns ?? proposeColumns(factNamed(fact), headers).columns,
    ...(columns === undefined || Object.keys(answers).length > 0 ? { answers } : {}),
  }
  const mapping = applyAnswers(factNamed(fact), checkMapping(proposed, headers))
  const mapper = compileMapper(mapping, { headers, zone: 'UTC', importId: 'i', stage: 's', rowOffset: 0, ragged: false })
  const outcomes = lines.map((line, i) => {
    const outcome = mapper.map(line, i + 2)
    return outcome === null ? { ...mapper.rows[0] } : outcome
  })
  return {
    mapping,
    outcomes,
    missing: askMissing(mapping, ['USD'], headers, lines),
    questions: mapper.questions(),
    notes: mapper.notes(),
    leftOut: mapper.leftOut(),
    isOpen: mapper.isOpen(true),
  }
}
const keys = ({ questions }: ReturnType<typeof read>) => questions.map(({ key }) => key)
const amounts = ({ outcomes }: ReturnType<typeof read>) =>
  outcomes.map((outcome) => (typeof outcome === 'string' ? outcome : (outcome as Record<string, unknown>).amount))

const CHARGE = ['id', 'Customer ID', 'Date', 'Currency']
const charge = (id: string, ...cells: string[]) => [id, 'A', '2024-01-05', 'USD', ...cells]

describe('amounts', () => {
  test('what stands beside a subtotal is not taken for it', () => {
    const file = read('charge', [...CHARGE, 'Total', 'Subtotal', 'Tax'], [charge('1', '119', '100', '19')])
    expect([amounts(file), keys(file)]).toEqual([['100'], []])
  })
  test('a total alone may be with tax: a person says what it is', () => {
    const file = read('charge', [...CHARGE, 'Total'], [])
    expect(file.missing).toMatchObject([{ key: 'column:amount', choices: [{ value: 'Total', says: expect.stringMatching(/may be with tax/) }] }])
    expect(amounts(read('charge', [...CHARGE, 'Total'], [charge('1', '119')], { answers: { 'column:amount': 'Total' } }))).toEqual(['119'])
  })
  test('what is net of fees is not taken for net of tax', () =>
    expect(read('charge', [...CHARGE, 'Fee', 'Net'], []).missing.map(({ key }) => key)).toEqual(['column:amount']))
  test('tax beside an amount is asked about once it is not 0, and taken off where it is in it', () => {
    const headers = [...CHARGE, 'Amount', 'Tax']
    expect(keys(read('charge', headers, [charge('1', '100', '0.00')]))).toEqual([])
    const open = read('charge', headers, [charge('1', '100', '0'), charge('2', '119', '19')])
    expect(open.questions).toMatchObject([{ key: 'part:Tax', choices: [{ value: 'take_off' }, { value: 'leave' }], examples: ['Amount: 119, Tax: 19'] }])
    const off = read('charge', headers, [charge('1', '119', '19'), charge('2', '-119', '19'), charge('3', '5', '')], { answers: { 'part:Tax': 'take_off' } })
    expect([amounts(off), off.notes]).toEqual([['100', '-100', '5'], [expect.stringMatching(/"Tax" is taken off "Amount" in 2 rows/)]])
    expect(amounts(read('charge', headers, [charge('1', '119', '19')], { answers: { 'part:Tax': 'leave' } }))).toEqual(['119'])
  })
  test('two headers that fit are asked about where they differ', () => {
    const headers = [...CHARGE, 'Amount', 'Subtotal']
    expect(keys(read('charge', headers, [charge('1', '5', '5')]))).toEqual([])
    const open = read('charge', headers, [charge('1', '5', '4')])
    expect(open.questions).toMatchObject([
      { key: 'column:amount', choices: [{ value: 'Amount' }, { value: 'Subtotal' }], examples: ['Amount: 5, Subtotal: 4'] },
    ])
    expect(amounts(read('charge', headers, [charge('1', '5', '4')], { answers: { 'column:amount': 'Subtotal' } }))).toEqual(['4'])
  })
  test('dates too; names and plans are taken in the order of what they are called', () => {
    const headers = ['charge_id', 'account_id', 'created_at', 'paid_at', 'amount', 'currency', 'product_id', 'product_name']
    expect(keys(read('charge', headers, [['1', 'A', '2024-01-01', '2024-02-01', '5', 'USD', 'p1', 'Pro']]))).toEqual(['column:charged_at'])
  })
  test('refunds without a minus are taken off, and that is told; some with and some without are asked', () => {
    const headers = [...CHARGE, 'Type', 'Amount']
    const bare = read('charge', headers, [charge('1', 'sale', '9'), charge('2', 'refund', '60'), charge('3', 'subscription', '200')])
    expect([amounts(bare)[1], amounts(bare)[2], bare.notes, bare.isOpen]).toEqual([
      '-60',
      '200',
      [expect.stringMatching(/1 row of kind refund without a minus is taken off/)],
      false,
    ])
    const mixed = [charge('1', 'refund', '60'), charge('2', 'refund', '-5')]
    expect(keys(read('charge', headers, mixed))).toEqual(['taken_off'])
    expect(amounts(read('charge', headers, mixed, { answers: { taken_off: 'as_written' } }))).toEqual(['60', '-5'])
    expect(amounts(read('charge', headers, mixed, { answers: { taken_off: 'take_off' } }))).toEqual(['-60', '-5'])
  })
})

describe('prices of subscriptions', () => {
  const headers = ['subscription_id', 'account_id', 'start_date', 'status', 'currency', 'billing_period', 'seats']
  const row = (...cells: string[]) => ['S', 'A', '2024-01-01', 'active', 'USD', 'annual', ...cells]
  test('a column of MRR is for a month and all seats, of ARR for a year', () => {
    expect(read('subscription_version', [...headers, 'mrr'], [row('10', '100')]).outcomes).toMatchObject([
      { unit_amount: '100', amount_per: 'month', quantity: '10', interval_unit: 'year' },
    ])
    expect(read('subscription_version', [...headers, 'ARR (USD)'], [row('10', '1200')]).outcomes).toMatchObject([{ unit_amount: '1200', amount_per: 'year' }])
    const both = read('subscription_version', [...headers, 'mrr_amount', 'arr_amount'], [row('10', '100', '1200')])
    expect([both.outcomes, keys(both)]).toMatchObject([[{ unit_amount: '100', amount_per: 'month' }], []])
  })
  test('an amount beside seats is of one or of all: asked where there is more than one', () => {
    expect(keys(read('subscription_version', [...headers, 'amount'], [row('1', '100')]))).toEqual([])
    expect(keys(read('subscription_version', [...headers, 'unit_price'], [row('10', '100')]))).toEqual([])
    const open = read('subscription_version', [...headers, 'amount'], [row('1', '100'), row('10', '100')])
    expect(open.questions).toMatchObject([
      { key: 'column:amount_per', choices: [{ value: 'unit' }, { value: 'interval' }, { value: 'month' }, { value: 'year' }] },
    ])
    const answered = read('subscription_version', [...headers, 'amount'], [row('10', '100')], { answers: { 'column:amount_per': 'interval' } })
    expect([answered.outcomes, keys(answered)]).toMatchObject([[{ amount_per: 'interval' }], []])
  })
  test('a total is for nobody knows what: which column and what for are both asked', () => {
    expect(read('subscription_version', [...headers, 'total'], []).missing).toMatchObject([{ key: 'column:unit_amount', choices: [{ value: 'total' }] }])
    expect(keys(read('subscription_version', [...headers, 'total'], [row('1', '100')], { answers: { 'column:unit_amount': 'total' } }))).toEqual([
      'column:amount_per',
    ])
  })
  test('another column than the one that was an MRR is no MRR', () =>
    expect(
      read('subscription_version', [...headers, 'mrr', 'unit price'], [row('10', '100', '12')], { answers: { 'column:unit_amount': 'unit price' } }).outcomes,
    ).toMatchObject([{ unit_amount: '12', amount_per: undefined }]))
  test('in a mapping that somebody wrote nothing is asked about headers', () => {
    const columns = proposeColumns(factNamed('subscription_version'), [...headers, 'amount']).columns
    expect(keys(read('subscription_version', [...headers, 'amount'], [row('10', '100')], { columns }))).toEqual([])
  })
})

describe('rows that may not count', () => {
  const headers = [...CHARGE, 'Amount', 'Status']
  test('void, draft and failed bills are left out, and that is told', () => {
    const file = read('charge', headers, [
      charge('1', '5', 'paid'),
      charge('2', '6', 'Void'),
      charge('3', '7', 'draft'),
      charge('4', '8', 'open'),
      charge('5', '1', 'void'),
    ])
    expect([amounts(file), file.leftOut, keys(file)]).toEqual([['5', 'left_out', 'left_out', '8', 'left_out'], 3, []])
    expect(file.notes).toEqual(['2 rows are left out: "Status" is "Void".', '1 row is left out: "Status" is "draft".'])
  })
  test('what may count is asked, word by word, and the answers are rules', () => {
    const lines = [charge('1', '5', 'refunded'), charge('2', '6', 'Pending'), charge('3', '7', 'paid')]
    const open = read('charge', headers, lines)
    expect([keys(open), open.isOpen]).toEqual([['rows:Status=refunded', 'rows:Status=pending'], true])
    const answered = read('charge', headers, lines, { answers: { 'rows:Status=refunded': 'leave_out', 'rows:Status=pending': 'count' } })
    expect([amounts(answered), answered.isOpen, answered.notes]).toEqual([['left_out', '6', '7'], false, ['1 row is left out: "Status" is "refunded".']])
  })
  test('also in a mapping that somebody wrote, and against the rule', () => {
    const columns = proposeColumns(factNamed('charge'), headers).columns
    expect(amounts(read('charge', headers, [charge('1', '5', 'void')], { columns }))).toEqual(['left_out'])
    expect(amounts(read('charge', headers, [charge('1', '5', 'void')], { answers: { 'rows:Status=void': 'count' } }))).toEqual(['5'])
    expect(keys(read('charge', headers, [charge('1', '5', 'void')], { answers: { ask: 'all' } }))).toEqual(['rows:Status=void'])
  })
  test('marks of deletion count where they say something', () => {
    const lines = [charge('1', '5', 'false'), charge('2', '6', 'true'), charge('3', '7', '')]
    expect(amounts(read('charge', [...CHARGE, 'Amount', 'is_deleted'], lines))).toEqual(['5', 'left_out', '7'])
    expect(
      keys(
        read(
          'account',
          ['account_id', 'name', 'deleted_at'],
          [
            ['A', 'x', ''],
            ['B', 'y', '2024-01-01'],
          ],
        ),
      ),
    ).toEqual(['rows:deleted_at=deleted'])
  })
  test('a deal that is not won is asked about', () => {
    const deal = (stage: string) => ['1', 'A', '2024-01-01', '2024-05-14', '100', 'USD', stage]
    expect(
      keys(
        read(
          'opportunity',
          ['deal_id', 'account_id', 'create_date', 'close_date', 'amount', 'currency', 'Deal Stage'],
          [deal('Closed Won'), deal('Closed Lost'), deal('Negotiation')],
        ),
      ),
    ).toEqual(['rows:Deal Stage=closed_lost', 'rows:Deal Stage=negotiation'])
  })
  test('a status that the fact takes is its own matter', () =>
    expect(keys(read('invoice', ['invoice_id', 'account_id', 'due_date', 'status'], [['1', 'A', '2024-01-01', 'void']]))).toEqual([]))
})

describe('ids of something wider than the row', () => {
  const ids = (fact: string, headers: string[], lines: string[][]) =>
    read(fact, headers, lines).outcomes.map((row) => (row as Record<string, unknown>).source_id)
  test('a refund that bears the id of its payment stands beside it', () => {
    const headers = ['transaction_id', 'customer', 'date', 'type', 'amount', 'currency']
    expect(
      ids('charge', headers, [
        ['t1', 'A', '2024-01-05', 'subscription', '200', 'USD'],
        ['t1', 'A', '2024-01-20', 'refund', '-60', 'USD'],
      ]),
    ).toEqual(['t1|recurring|2024-01-05T00:00:00.000Z', 't1|refund|2024-01-20T00:00:00.000Z'])
  })
  test('lines of one invoice are told apart by what they are for', () => {
    const headers = ['invoice_id', 'account_id', 'date', 'product', 'amount', 'currency']
    expect(
      new Set(
        ids('charge', headers, [
          ['i1', 'A', '2024-01-05', 'pro', '100', 'USD'],
          ['i1', 'A', '2024-01-05', 'support', '40', 'USD'],
        ]),
      ).size,
    ).toBe(2)
  })
  test('one coupon lowers many subscriptions', () => {
    expect(
      new Set(
        ids(
          'discount',
          ['coupon', 'subscription', 'percent_off', 'start'],
          [
            ['W', 's1', '50', '2024-01-01'],
            ['W', 's2', '50', '2024-01-01'],
          ],
        ),
      ).size,
    ).toBe(2)
  })
  test('costs of one month and category are told apart by their id or what they are for', () => {
    expect(
      ids(
        'cost',
        ['id', 'month', 'category', 'amount_usd'],
        [
          ['1', '2024-01', 'tools', '5'],
          ['2', '2024-01', 'tools', '6'],
        ],
      ),
    ).toEqual(['1', '2'])
    expect(
      new Set(
        ids(
          'cost',
          ['month', 'category', 'amount_usd', 'vendor'],
          [
            ['2024-01', 'tools', '5', 'x'],
            ['2024-01', 'tools', '6', 'y'],
          ],
        ),
      ).size,
    ).toBe(2)
  })
  test('different rows are told apart as it was answered', () => {
    const headers = ['charge_id', 'account_id', 'charged_at', 'amount', 'currency', 'product']
    const lines = [
      ['1', 'A', '2024-01-05', '5', 'USD', 'x'],
      ['1', 'A', '2024-01-05', '6', 'USD', 'y'],
    ]
    expect(read('charge', headers, lines, { answers: { id: 'apart:product' } }).outcomes).toMatchObject([
      { charge_id: '1|x', source_id: '1%7Cx' },
      { source_id: '1%7Cy' },
    ])
    const all = read('charge', headers, [...lines, lines[0] ?? []], { answers: { id: 'apart:*' } }).outcomes.map(
      (row) => (row as Record<string, unknown>).source_id,
    )
    expect([new Set(all).size, all[0] === all[2]]).toEqual([2, true])
  })
})

test('an answer that is none is refused', () => expect(() => read('charge', CHARGE, [], { answers: { 'date:Date': 'backwards' } })).toThrow(/no answer/))

describe('answers on a scale', () => {
  const headers = ['response_id', 'account_id', 'contact_id', 'answered_at', 'kind', 'score']
  const answers = (scores: string[], kind = 'nps', more: Answers = {}) =>
    read(
      'survey_response',
      headers,
      scores.map((score, i) => [`r${i}`, 'A', `p${i}`, '2024-01-05', kind, score]),
      { answers: more },
    )
  const scores = (file: ReturnType<typeof read>) => file.outcomes.map((row) => (row as Record<string, unknown>).score)
  test('stand with their words at the ends, or in full', () => {
    expect(scores(answers(['10 - Extremely likely', '9', '0 - Not at all likely', '7 (likely)', 'Extremely likely (10)', 'likely: 8', '6 points']))).toEqual([
      '10',
      '9',
      '0',
      '7',
      '10',
      '8',
      '6',
    ])
    expect(answers(['10 - Extremely likely', '9', '5', '0 - Not at all likely']).questions).toEqual([])
  })
  test('that are words alone make a question of the whole file', () => {
    const open = answers(['Extremely likely', '9', '5', '9/10'])
    expect(open.questions).toMatchObject([{ key: 'words:score', examples: ['Extremely likely', '9/10'] }])
    const left = answers(['Extremely likely', '9'], 'nps', { 'words:score': 'refuse' })
    expect([left.isOpen, left.outcomes[0]]).toMatchObject([false, { column: 'score', reason: expect.stringMatching(/not a number/) }])
  })
  test('of NPS off its scale too, also where they only lie low', () => {
    expect(keys(answers(['10', '87', '100']))).toEqual(['scale:nps'])
    expect(keys(answers(['8.5', '9']))).toEqual(['scale:nps'])
    expect(keys(answers(['1', '5', '4', '5', '5', '4', '3', '5', '5', '5']))).toEqual(['scale:nps'])
    expect([keys(answers(['1', '5', '4'])), keys(answers(Array(12).fill('5'), 'csat'))]).toEqual([[], []])
    expect(scores(answers(['10', '87'], 'nps', { 'scale:nps': 'refuse' }))).toEqual(['10', undefined])
    expect(scores(answers(['5', '4'], 'nps', { 'scale:nps': 'none' }))).toEqual([undefined, undefined])
  })
  test('in a column called after a kind are of that kind', () =>
    expect(read('survey_response', ['response_id', 'account_id', 'answered_at', 'NPS Score'], [['r', 'A', '2024-01-05', '9']]).outcomes).toMatchObject([
      { kind: 'nps', score: '9' },
    ]))
})

describe('local times that never were', () => {
  const headers = ['charge_id', 'account_id', 'charged_at', 'amount', 'currency']
  const at = (zone: string, cell: string, answers: Answers = {}) => {
    const mapping = { fact: 'charge', source: 'files', columns: proposeColumns(factNamed('charge'), headers).columns, answers }
    const mapper = compileMapper(mapping, { headers, zone, importId: 'i', stage: 's', rowOffset: 0, ragged: false })
    const refused = mapper.map(['1', 'A', cell, '5', 'USD'], 2)
    return { at: refused ?? mapper.rows[0]?.charged_at, asked: mapper.questions().map(({ key }) => key), open: mapper.isOpen() }
  }
  test('are asked about, and read as it was said', () => {
    expect(at('America/New_York', '2024-03-10 02:30:00')).toMatchObject({ asked: ['times:charged_at'], open: true })
    expect(at('America/New_York', '2024-03-10 03:30:00')).toMatchObject({ asked: [], open: false })
    expect(at('America/New_York', '2024-03-10 02:30:00', { 'times:charged_at': 'utc' })).toMatchObject({ at: '2024-03-10T02:30:00.000Z', asked: [] })
    expect(at('America/New_York', '2024-03-10 02:30:00', { 'times:charged_at': 'later' })).toMatchObject({ at: '2024-03-10T07:30:00.000Z', asked: [] })
    expect(at('America/New_York', '2024-03-10 02:30:00', { 'times:charged_at': 'refuse' })).toMatchObject({
      at: { column: 'charged_at', reason: expect.stringMatching(/skipped/) },
    })
  })
  test('a day that a zone never had is one; a midnight that a clock change skipped is its day', () => {
    expect(at('Pacific/Apia', '2011-12-30')).toMatchObject({ asked: ['times:charged_at'], open: true })
    expect(at('Pacific/Apia', '2011-12-29')).toMatchObject({ asked: [] })
    expect(at('America/Sao_Paulo', '2018-11-04')).toMatchObject({ asked: [], at: '2018-11-04T03:00:00.000Z' })
  })
})
