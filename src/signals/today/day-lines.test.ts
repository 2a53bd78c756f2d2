import { expect, test } from 'vitest'
import { addDays } from '../../kernel/period.ts'
import { seededRandom } from '../../statistics/random.ts'
import type { AccountToday } from './account-today.ts'
import type { OpenSignal, SkipNote } from './day-lines.ts'
import { dayOrder, unworked } from './day-lines.ts'

const DAY = '2025-08-08'
const account = (account_id: string, arr: number, churn_probability: number | null, more: Partial<AccountToday> = {}): AccountToday => ({
  account_id,
  name: account_id,
  csm: 'jo',
  score: 50,
  band: 'amber',
  held: 'amber',
  coverage: 1,
  arr,
  decided_on: null,
  next_deadline: null,
  deadline_arr: 0,
  phase: 'later',
  churn_probability,
  ...more,
})
const signal = (id: string, account_id: string, more: Partial<OpenSignal> = {}): OpenSignal => ({
  id,
  account_id,
  kind: 'usage_down',
  name: 'Use down',
  class: 'risk',
  sentence: id,
  raised_on: '2025-08-01',
  ...more,
})
const skip = (signal_id: string, look_again_on: string, skipped_at = '2025-08-02T00:00:00Z'): SkipNote => ({
  signal_id,
  reason: 'later',
  look_again_on,
  skipped_at,
})
const ordered = (accounts: readonly AccountToday[], signals: readonly OpenSignal[], skips: readonly SkipNote[] = [], budget = 5) =>
  dayOrder({ accounts: new Map(accounts.map((each) => [each.account_id, each])), signals, skips, budget, day: DAY })
const ids = (lines: readonly { readonly account: AccountToday }[]): string[] => lines.map((line) => line.account.account_id)

test('ARR x the chance that it goes decides, all of it for who has decided; signals of one account are one line, the gravest first', () => {
  const accounts = [account('large', 10_000, 0.1), account('likely', 3000, 0.5), account('gone', 1600, null, { decided_on: '2025-08-01' })]
  const signals = [
    signal('a', 'large'),
    signal('b', 'likely', { class: 'opportunity', raised_on: DAY }),
    signal('c', 'likely'),
    signal('d', 'gone', { class: 'decided' }),
  ]
  const { worked, usual_chance } = ordered(accounts, signals)
  expect(worked.map(({ account: { account_id }, worth }) => [account_id, worth])).toEqual([
    ['gone', 1600],
    ['likely', 1500],
    ['large', 1000],
  ])
  expect(worked[1]?.signals.map(({ id }) => id)).toEqual(['c', 'b'])
  expect(usual_chance).toBeCloseTo(0.3, 12)
})

test('where a chance is not known the mean of the others stands in; where none is, ARR alone decides', () => {
  const signals = [signal('a', 'known'), signal('b', 'dark')]
  expect(ordered([account('known', 100, 0.2), account('dark', 200, null)], signals).worked.map(({ worth, chance }) => [worth, chance])).toEqual([
    [40, null],
    [20, 0.2],
  ])
  expect(ordered([account('known', 100, null), account('dark', 200, null)], signals)).toMatchObject({
    usual_chance: null,
    worked: [{ worth: 200 }, { worth: 100 }],
  })
})

test('each CSM has a budget of their own, and what is below it is ordered too', () => {
  const accounts = ['a', 'b', 'c', 'd'].map((id, i) => account(id, 400 - 100 * i, 0.5, { csm: id === 'd' ? 'ann' : 'jo' }))
  const { worked, below } = ordered(
    accounts,
    ['d', 'c', 'b', 'a'].map((id) => signal(id, id)),
    [],
    1,
  )
  expect([ids(worked), ids(below)]).toEqual([
    ['a', 'd'],
    ['b', 'c'],
  ])
})

test('what is skipped in writing is off the day until its day comes; the last word on it counts', () => {
  const [accounts, signals] = [[account('a', 100, 0.5)], [signal('s', 'a')]]
  expect(ids(ordered(accounts, signals, [skip('s', addDays(DAY, 1))]).skipped)).toEqual(['a'])
  expect(ordered(accounts, signals, [skip('s', addDays(DAY, 1))]).worked).toEqual([])
  expect(ordered(accounts, signals, [skip('s', DAY)]).worked[0]?.came_back?.reason).toBe('later')
  const again = [skip('s', DAY), skip('s', addDays(DAY, 3), '2025-08-07T00:00:00Z')]
  expect(ordered(accounts, signals, again).skipped[0]?.skip.look_again_on).toBe(addDays(DAY, 3))
  // Another signal of the account brings it back, and only that one.
  expect(ordered(accounts, [...signals, signal('t', 'a')], again).worked[0]?.signals.map(({ id }) => id)).toEqual(['t'])
})

test('nobody worked what was raised a week ago without a talk or a task since', () => {
  const accounts = ['old', 'talked', 'new'].map((id) => account(id, 100, 0.5))
  const { worked } = ordered(accounts, [signal('a', 'old'), signal('b', 'talked'), signal('c', 'new', { raised_on: DAY })])
  expect(
    ids(
      unworked(
        worked,
        new Map([
          ['talked', '2025-08-05'],
          ['old', '2025-07-01'],
        ]),
        addDays(DAY, -7),
      ),
    ),
  ).toEqual(['old'])
})

test('on random days every waiting account is told once: worked, below the line, or skipped in writing', () => {
  const random = seededRandom('days')
  for (let run = 0; run < 200; run++) {
    const accounts = Array.from({ length: 1 + random.below(20) }, (_, i) =>
      account(`a${i}`, random.below(1000), random.below(4) === 0 ? null : random.unit(), { csm: random.below(5) === 0 ? null : `c${random.below(3)}` }),
    )
    const signals = Array.from({ length: random.below(40) }, (_, i) => signal(`s${i}`, `a${random.below(20)}`))
    const skips = signals.filter(() => random.below(3) === 0).map(({ id }) => skip(id, addDays(DAY, random.below(5) - 2)))
    const budget = 1 + random.below(4)
    const { worked, below, skipped } = ordered(accounts, signals, skips, budget)
    const known = new Set(accounts.map(({ account_id }) => account_id))
    const told = [...worked, ...below, ...skipped].map((line) => line.account.account_id)
    expect(told.toSorted()).toEqual([...new Set(signals.map(({ account_id }) => account_id))].filter((id) => known.has(id)).sort())
    for (const lines of [worked, below]) for (let i = 1; i < lines.length; i++) expect(lines[i - 1]?.worth).toBeGreaterThanOrEqual(lines[i]?.worth ?? 0)
    for (const csm of new Set(accounts.map((each) => each.csm))) expect(worked.filter((line) => line.account.csm === csm).length).toBeLessThanOrEqual(budget)
  }
})
