import { describe, expect, it } from 'vitest'
import type { Mapping } from '../../../contract/imports.ts'
import { answerQuestion, askAgain, readAsOf, readingsOf, sendTo, setConstant, setReadAs, targetOf, unfedTargets } from './mapping-edit.ts'

const mapping: Mapping = {
  fact: 'charge',
  source: 'files',
  columns: [
    { header: 'id', to: 'charge_id' },
    { header: 'date', to: 'charged_at' },
    { header: 'when', to: null },
    { header: '', to: 'currency', constant: 'USD' },
  ],
}
const question = (kind: 'fact' | 'date' | 'decimal' | 'missing_column' | 'missing_currency', header: string) => ({
  key: `${kind}:${header}`,
  kind,
  header,
  says: '',
  choices: [],
  examples: [],
})

describe('mapping edits', () => {
  it('gives a target to one header only', () => {
    const next = sendTo(mapping, 'when', 'charged_at')
    expect([targetOf(next, 'when'), targetOf(next, 'date')]).toEqual(['charged_at', null])
    expect(targetOf(mapping, 'date')).toBe('charged_at')
  })

  it('replaces a constant by a column and a column that leaves keeps its place', () => {
    const next = sendTo(mapping, 'when', 'currency')
    expect(next.columns).toEqual([
      { header: 'id', to: 'charge_id' },
      { header: 'date', to: 'charged_at' },
      { header: 'when', to: 'currency' },
    ])
    expect(sendTo(mapping, 'id', null).columns[0]).toEqual({ header: 'id', to: null })
  })

  it('sets, changes and removes a constant', () => {
    const euro = setConstant(mapping, 'currency', ' EUR ')
    expect(euro.columns.filter((column) => column.to === 'currency')).toEqual([{ header: '', to: 'currency', constant: 'EUR' }])
    expect(setConstant(euro, 'currency', '').columns.some((column) => column.to === 'currency')).toBe(false)
  })

  it('answers each kind of question', () => {
    expect(answerQuestion(mapping, question('fact', ''), 'cost')).toEqual({ fact: 'cost', source: 'files', columns: [] })
    expect(answerQuestion(null, question('fact', ''), 'cost').fact).toBe('cost')
    const answered = answerQuestion({ ...mapping, answers: { id: 'last' } }, question('date', 'date'), 'dmy')
    expect(answered).toEqual({ ...mapping, answers: { id: 'last', 'date:date': 'dmy' } })
    expect(askAgain(answered).answers).toEqual({ ask: 'all' })
  })

  it('lets what is changed by hand take the place of answers', () => {
    const answered = { ...mapping, answers: { 'column:amount': 'date', 'date:date': 'dmy', id: 'last' } }
    expect(sendTo(answered, 'when', 'amount').answers).toEqual({ 'column:amount': 'when', 'date:date': 'dmy', id: 'last' })
    expect(setReadAs(answered, 'date', 'mdy').answers).toEqual({ 'column:amount': 'date', id: 'last' })
    expect(setConstant(answered, 'amount', '5').answers).toEqual({ 'date:date': 'dmy', id: 'last' })
  })

  it('sets how a column is read and leaves it to the cells again', () => {
    const read = setReadAs(mapping, 'date', 'mdy')
    expect([readAsOf(read, 'date'), readAsOf(setReadAs(read, 'date', null), 'date'), readAsOf(setReadAs(read, 'id', null), 'date')]).toEqual([
      'mdy',
      null,
      'mdy',
    ])
    expect(['instant', 'money', 'text'].map((type) => readingsOf(type).length)).toEqual([3, 2, 0])
  })

  it('names the required targets that nothing feeds', () => {
    const targets = [
      { to: 'amount', required: true },
      { to: 'currency', required: true },
      { to: 'product', required: false },
    ]
    expect(unfedTargets(mapping, targets).map((target) => target.to)).toEqual(['amount'])
  })
})
