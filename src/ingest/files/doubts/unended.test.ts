import { expect, test } from 'vitest'
import { compileMapper } from '../row-mapper.ts'
import { proposeColumns } from '../guess.ts'
import { checkMapping, factNamed } from '../mapping.ts'

const HEADERS = ['discount_id', 'subscription_id', 'percent', 'duration', 'duration_in_months', 'start', 'end']
const ENDED = ['D1', 'S1', '10', 'repeating', '3', '2024-01-01T00:00:00Z', '']
const UNENDED = ['D2', 'S1', '10', 'repeating', '', '2024-01-01T00:00:00Z', '']

function read(lines: string[][], answers: Record<string, string> = {}) {
  const fact = factNamed('discount')
  const mapping = checkMapping({ fact: 'discount', source: 'files', columns: proposeColumns(fact, HEADERS).columns, answers }, HEADERS)
  const mapper = compileMapper(mapping, { headers: HEADERS, zone: 'UTC', importId: 'i', stage: 's', rowOffset: 0, ragged: false })
  const outcomes = lines.map((line, i) => mapper.map(line, i + 2) ?? { ...mapper.rows[0] })
  return { outcomes, notes: mapper.notes(), questions: mapper.questions() }
}

test('a discount that recurs for some months and says not how many is told of', () => {
  expect(read([ENDED, UNENDED])).toMatchObject({
    outcomes: [{ duration: 'repeating' }, { duration: 'repeating' }],
    notes: ['1 row is "repeating" without an end, so taken as in force for good.'],
    questions: [],
  })
  expect(read([ENDED, ['D3', 'S1', '10', 'forever', '', '2024-01-01T00:00:00Z', '']]).notes).toEqual([])
})

test('it is asked about where everything is asked, and becomes what is answered', () => {
  expect(read([UNENDED], { ask: 'all' }).questions).toMatchObject([{ key: 'unended', choices: [{ value: 'forever' }, { value: 'once' }] }])
  expect(read([UNENDED], { unended: 'once' })).toMatchObject({ outcomes: [{ duration: 'once' }], notes: [], questions: [] })
})

test('a coupon of three months ends after them', () => {
  const lasting = (months: string) => read([['D1', 'S1', '10', 'repeating', months, '2024-01-31T10:00:00Z', '']]).outcomes[0]
  expect([lasting('3'), lasting('')]).toMatchObject([{ ends_at: '2024-04-30T10:00:00.000Z' }, { ends_at: undefined }])
  expect(lasting('1.5')).toMatchObject({ column: 'duration_in_months', reason: expect.stringMatching(/whole number/) })
})
