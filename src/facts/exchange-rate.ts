import { currency, date, defineFact, number } from './fact.ts'

export const exchangeRate = defineFact({
  id: 'exchange_rate',
  name: 'Exchange rate',
  plural: 'exchange rates',
  says: 'What one unit of a currency was worth in another at the close of a day. It holds until the next stored day.',
  placement: 'everywhere',
  columns: {
    date: date('The day', { required: true, aliases: ['day', 'rate_date', 'effective_date'] }),
    currency: currency('The currency that is priced', { required: true, aliases: ['ccy', 'from', 'base', 'currency_code'] }),
    per: currency('The currency it is priced in', { required: true, aliases: ['to', 'quote', 'in', 'target'] }),
    rate: number('Units of the second currency for one unit of the first', { required: true, aliases: ['value', 'price', 'exchange_rate'], min: 0 }),
  },
  identity: [['date', 'currency', 'per']],
  effective: 'date',
  heldPer: ['currency', 'per'],
  fileNames: ['fx', 'exchange_rate', 'rates', 'currency'],
})
