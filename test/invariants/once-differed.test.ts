import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answers } from '../oracle/answer.ts'
import { oracle } from '../oracle/oracle.ts'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { ONCE_DIFFERED } from './once-differed.ts'
import { asNeighbours } from './small-companies.ts'
import type { Neighbours } from './small-companies.ts'

async function shown(answers: Answers, { given: { metric, by }, question, nameOf }: Neighbours['asked'][number]): Promise<Record<string, number | string>> {
  const rows = by === undefined ? new Map([['', await answers.metric(metric, question)]]) : await answers.breakdown(metric, by, question)
  const filled = [...rows].filter(([value, answer]) => value === '' || answer.null_reason === 'fx_missing' || (answer.numerator ?? 0) !== 0)
  return Object.fromEntries(
    filled.flatMap(([value, answer]) => {
      const name = nameOf(value)
      return name === null ? [] : [[name, answer.value ?? answer.null_reason ?? '']]
    }),
  )
}

describe('small companies on which the engine and the oracle once differed', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine('private')
  })
  afterAll(() => engine.close())

  const all = asNeighbours(ONCE_DIFFERED)
  it('are all asked, few companies at a time', () => {
    expect(all.flatMap(({ asked }) => asked)).toHaveLength(ONCE_DIFFERED.length)
    expect(all.length).toBeLessThan(ONCE_DIFFERED.length / 3)
  })

  describe.each(all)('under their settings', ({ company, settings, asked }) => {
    const answered = new Map<string, Answers>([['oracle', oracle(company, settings)]])
    beforeAll(async () => {
      answered.set('engine', await engine.load(company, settings, []))
    })

    it.each(asked.map((each) => [each.says, each] as const))('%s', async (_, each) => {
      const { expected } = each.given
      expect([...answered.keys()]).toEqual(['oracle', 'engine'])
      for (const answers of answered.values()) {
        const found = await shown(answers, each)
        expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort())
        for (const [value, wanted] of Object.entries(expected))
          if (typeof wanted === 'number') expect(found[value]).toBeCloseTo(wanted, 9)
          else expect(found[value]).toBe(wanted)
      }
    })
  })
})
