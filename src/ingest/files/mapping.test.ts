import { expect, it } from 'vitest'
import { guessFacts } from './guess.ts'
import { askMissing } from './mapping.ts'

const columns = (headers: string[]) => guessFacts(headers, 'charges.csv')[0]?.columns ?? []
const ask = (headers: string[], ...sample: string[][]) =>
  askMissing({ fact: 'charge', source: 'files', columns: columns(headers) }, ['USD', 'EUR'], headers, sample)

it.each(['cur', 'ccy', 'Curr.', 'currency_code', 'ISO currency'])('knows "%s" as the column of the currency', (header) => {
  expect(ask(['charge_id', 'account_id', 'charged_at', 'amount', header], ['1', 'a', '2024-01-01', '5', 'EUR'])).toEqual([])
})

it('offers the column of the file under which only currencies stand, before one currency for all rows', () => {
  const headers = ['charge_id', 'account_id', 'charged_at', 'amount', 'Geld', 'plan']
  const [question] = ask(
    headers,
    ['1', 'a', '2024-01-01', '5', 'eur', 'pro'],
    ['2', 'a', '2024-01-02', '5', 'USD', 'max'],
    ['3', 'a', '2024-01-02', '5', '', 'pro'],
  )
  expect(question?.choices).toEqual([
    { value: 'column:Geld', says: 'Column "Geld": EUR, USD' },
    { value: 'USD', says: 'All rows are in USD' },
    { value: 'EUR', says: 'All rows are in EUR' },
  ])
})
