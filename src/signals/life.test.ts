import { expect, test } from 'vitest'
import { addDays } from '../kernel/period.ts'
import { seededRandom } from '../statistics/random.ts'
import type { Life, Today } from './life.ts'
import { UNBORN, closeByHand, liveOn } from './life.ts'
import { redLineTable } from './work.ts'

const check = (holds: boolean) => ({ holds, still_on: holds, ground: holds, evidence: {}, sentence: '' })
const today = (day: string, holds: boolean, own: Partial<Today> = {}): Today => ({
  day,
  is_customer: true,
  has_decided: false,
  is_warm: true,
  check: check(holds),
  ground: () => true,
  ...own,
})
const RISK = { class: 'risk', expires: 30 } as const

test('a decision is reported after it was taken, and nothing is foretold', () => {
  const raised = (kind: 'risk' | 'decided') => liveOn({ class: kind, expires: 30 }, UNBORN, today('2025-01-01', true, { has_decided: true })).life.open
  expect(raised('risk')).toBeNull()
  expect(raised('decided')).not.toBeNull()
})

test("a person's word ends it, and it stays quiet for 14 days though the rule holds", () => {
  const open = liveOn(RISK, UNBORN, today('2025-01-01', true)).life
  const closed = closeByHand(open, '2025-01-02')
  expect(liveOn(RISK, closed, today('2025-01-15', true)).life.open).toBeNull()
  expect(liveOn(RISK, closed, today('2025-01-16', true)).life.open).not.toBeNull()
})

test('on random days at most one is open, every close has a reason, and none is raised once the account has decided', () => {
  const random = seededRandom('life')
  for (let run = 0; run < 200; run++) {
    const sign = { class: 'risk', expires: 5 + random.below(20), ...(random.unit() < 0.5 ? { lingers: 7 } : {}) } as const
    let life: Life = UNBORN
    let hasDecided = false
    for (let i = 0; i < 120; i++) {
      const day = addDays('2025-01-01', i)
      hasDecided ||= random.unit() < 0.01
      const before = life
      const found = liveOn(sign, life, today(day, random.unit() < 0.6, { has_decided: hasDecided, ground: () => random.unit() < 0.8 }))
      life = found.life
      expect(before.open !== null && found.closed === null ? life.open : before.open).toBe(before.open)
      if (found.closed !== null) expect(['left', 'decided', 'corrected', 'ended', 'expired']).toContain(found.closed.why)
      if (hasDecided) expect(life.open).toBeNull()
      if (life.open !== null) expect(life.open.raised <= day).toBe(true)
    }
  }
})

test('more hands draw the line higher', () => {
  const scores = Array.from({ length: 100 }, (_, i) => i)
  const [now, fewer, more] = redLineTable(scores, { csms: 4, usable_hours: 20, hours_per_save: 2.5 })
  expect([now?.score, fewer?.score, more?.score]).toEqual([31, 23, 39])
})
