import { describe, expect, it } from 'vitest'
import type { Terms } from './contracts.ts'
import { optOutOf } from './contracts.ts'
import { accountDecisionOn } from './decisions.ts'

const yearly = (from: string, auto_renew: Terms['auto_renew'], more: Partial<Terms> = {}): Terms => ({
  contract: 'S1',
  from,
  status: 'active',
  mrr: 100,
  currency: 'USD',
  seats: 5,
  interval_months: 1,
  term_months: 12,
  canceled_on: null,
  ends_on: null,
  notice_days: 30,
  auto_renew,
  renews_on: null,
  ...more,
})

describe('a contract that renewed by itself, of which no export says when', () => {
  const contract = [yearly('2023-05-10', 'yes'), yearly('2025-03-01', 'no')]

  it('ends with the term that runs when its renewal is switched off, not with the first one', () => {
    const [, off] = contract
    expect(optOutOf('2023-05-10', off as Terms, '2025-03-20')).toMatchObject({ type: 'must_sign', deadline: '2025-05-10', flags: ['must_sign'] })
    expect(accountDecisionOn([contract], '2025-03-20')).toMatchObject({ source: 'auto_renew_off', day: '2025-03-01' })
  })

  it('is signed for the term that its renewal begins', () => {
    expect(optOutOf('2023-05-10', yearly('2024-05-10', 'no'), '2024-06-01')).toMatchObject({ deadline: '2025-05-10', flags: ['must_sign'] })
  })

  it('is overdue where nothing came after the day by which it had to be signed', () => {
    expect(optOutOf('2023-05-10', yearly('2023-05-10', 'no'), '2024-06-01')).toMatchObject({ deadline: '2024-05-10', flags: ['must_sign', 'overdue'] })
  })
})
