import { describe, expect, test } from 'vitest'
import type { AccountHistory } from '../../src/health/history.ts'
import { compare, sayDifference } from '../golden/health/compare.ts'
import { liveAgain, liveCompany } from '../golden/health/lived.ts'
import { NUMBERS } from '../golden/health/numbers.ts'
import { expectedHealth, readHealthCompany, readParents } from './health-company.ts'

const { time_zone: zone, reporting_currency: currency } = expectedHealth.settings
const histories = readHealthCompany()
const lived = await liveCompany({ histories, ideal: readHealthCompany(true), parents: readParents(), zone, currency }, expectedHealth)

describe('the health company, day by day as its files tell it', () => {
  test.each(Object.entries(expectedHealth))('%s', (part, expected) => {
    const { of, differences } = compare(expected, NUMBERS[part]?.(lived), part)
    expect(differences.slice(0, 10).map(sayDifference)).toEqual([])
    expect(of).toBeGreaterThan(0)
  })

  test('knows nothing of what is told later', async () => {
    const until = '2024-04-30'
    const upTo = histories.map(
      (history) =>
        Object.fromEntries(
          Object.entries(history).map(([kind, told]) => [kind, Array.isArray(told) ? told.filter(({ recorded_on }) => recorded_on <= until) : told]),
        ) as unknown as AccountHistory,
    )
    const early = await liveAgain(upTo, { from: lived.from, until })
    const asOfThen = lived.told.signals
      .filter(({ raised }) => raised <= until)
      .map((signal) => (signal.closed !== null && signal.closed > until ? { ...signal, closed: null, why: null } : signal))
    expect(early.signals.map(({ ground_now, ...signal }) => signal)).toEqual(asOfThen.map(({ ground_now, ...signal }) => signal))
    for (const [day, accounts] of early.snapshots) expect(accounts).toEqual(lived.told.snapshots.get(day))
  })
})

describe('what is held against what', () => {
  const sizes = (expected: unknown, found: unknown) => {
    const { of, differences } = compare(expected, found)
    return [of, differences.length]
  }
  test.each([
    ['a number to the sixth place', { a: 1 }, { a: 1.0000005 }, [1, 0]],
    ['a number that is off', { a: 1 }, { a: 1.00001 }, [1, 1]],
    ['a missing part counts whole', { a: { b: 1, c: [1, 2] } }, {}, [3, 3]],
    ['an element too many counts', [1], [1, 2], [2, 1]],
    [
      'a key too many counts where they must be these',
      { a: 1 },
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      [2, 1],
    ],
    ['a key too many of a plain record does not', { a: 1 }, { a: 1, b: 2 }, [1, 0]],
    [
      'rows are found by what they are of',
      [
        { day: '1', n: 1 },
        { day: '2', n: 2 },
      ],
      [
        { day: '2', n: 2 },
        { day: '1', n: 3 },
      ],
      [4, 1],
    ],
    ['nothing where nothing must be', [], [], [1, 0]],
    ['null is not zero', { a: null }, { a: 0 }, [1, 1]],
  ])('%s', (_, expected, found, wanted) => {
    expect(sizes(expected, found)).toEqual(wanted)
  })
})
