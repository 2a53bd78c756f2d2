import { describe, expect, test } from 'vitest'
import { tellStory } from '../../src/connectors/sample-company/story.ts'
import { tellTales } from '../../src/connectors/sample-company/tales.ts'
import { DEFAULT_MODEL } from '../../src/health/default-model.ts'
import { nextDeadline } from '../../src/health/opt-out-calendar.ts'
import { addDays } from '../../src/kernel/period.ts'
import { knowFleet } from '../../src/signals/fleet-day.ts'
import { replay } from '../../src/signals/replay.ts'
import { SIGNS } from '../../src/signals/signs.ts'
import { historyOf } from './tale-histories.ts'

const DAYS = 200

const story = tellStory({ endMonth: '2025-06' })
const tales = tellTales(story)
const until = addDays(story.lastDay, -1)
const histories = tales.map((tale) => historyOf(tale, story.firstDay))
const scores = new Map<string, number | null>()
const lived = await replay(histories, {
  from: addDays(until, -DAYS),
  until,
  model: DEFAULT_MODEL,
  signs: SIGNS,
  onReport: (reported) => reported.forEach(({ on, health }) => scores.set(on.facts.account, health.score)),
})
const known = knowFleet(histories, until)

describe('the told customers of the sample company', () => {
  test('show every sign there is, and two who need nobody', () => {
    expect(
      tales
        .map(({ sign }) => sign)
        .filter((sign) => sign !== null)
        .sort(),
    ).toEqual(SIGNS.map(({ id }) => id))
    expect(tales.filter(({ sign }) => sign === null)).toHaveLength(2)
  })

  test.each(tales)('$name raises $sign and nothing else, in time', ({ id, sign }) => {
    const raised = lived.signals.filter(({ account }) => account === id)
    expect(raised.map(({ kind, closed }) => [kind, closed])).toEqual(sign === null ? [] : [[sign, null]])
    for (const { raised: on } of raised) {
      const deadline = nextDeadline(known.facts.get(id)?.contracts ?? [], on)?.deadline
      if (deadline !== undefined) expect(deadline > on).toBe(true)
    }
  })

  test('have as many cells in a row as their file has columns', () => {
    for (const { rows } of tales)
      for (const [name, text] of rows) {
        const widths = new Set(
          text
            .trimEnd()
            .split('\n')
            .map((line) => line.replaceAll(/"[^"]*"/g, '').split(',').length),
        )
        expect([name, ...widths]).toHaveLength(2)
      }
  })

  test('knows nothing of one of them, and all of a healthy one', () => {
    const idOf = (name: string): string => tales.find((tale) => tale.name === name)?.id ?? ''
    expect(scores.get(idOf('Ebury Partners'))).toBeNull()
    expect(scores.get(idOf('Larkspur Analytics'))).toBeGreaterThan(90)
    expect(scores.get(idOf('Wicklow Charter'))).toBe(10)
  })
})
