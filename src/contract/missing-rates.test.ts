import { expect, it } from 'vitest'
import { missingRateWords } from './missing-rates.ts'

it('says which currency, which day, and the cure', () => {
  expect(
    missingRateWords({
      missing_rates: [
        { currency: 'EUR', per: 'USD', from: '2024-03-03', until: '2024-06-01' },
        { currency: 'GBP', per: 'USD', from: '2024-01-01', until: null },
      ],
    }),
  ).toBe(
    'No exchange rate from EUR to USD is known before 1 Jun 2024 and one is needed from 3 Mar 2024 on; no exchange rate from GBP to USD is known and one is needed from 1 Jan 2024 on. Import exchange rates that begin on 1 Jan 2024 or before',
  )
  expect(missingRateWords({ missing_rates: [] })).toBe('')
})
