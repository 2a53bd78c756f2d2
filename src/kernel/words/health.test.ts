import { expect, it } from 'vitest'
import type { ShownBand } from '../../health/bands.ts'
import { CAP_RULES } from '../../health/caps.ts'
import type { DeadlineFlag, OptOut } from '../../health/contracts.ts'
import type { DecisionSource } from '../../health/decisions.ts'
import type { CheckLine } from '../../health/health.ts'
import type { Pulse } from '../../health/lists.ts'
import type { MoverStep } from '../../health/movers.ts'
import type { CloseReason } from '../../signals/life.ts'
import type { SignClass } from '../../signals/sign.ts'
import * as words from './health.ts'

/** The compiler is the test: an id of the rules without words, or words that no rule says, is an error. */
const said = {
  bands: words.BANDS satisfies Record<ShownBand, unknown>,
  states: words.CHECK_STATES satisfies Record<CheckLine['state'], unknown>,
  classes: words.SIGNAL_CLASSES satisfies Record<SignClass, unknown>,
  reasons: words.CLOSE_REASONS satisfies Record<CloseReason | 'done' | 'not_so', unknown>,
  flags: words.DEADLINE_FLAGS satisfies Record<DeadlineFlag, unknown>,
  types: words.CONTRACT_TYPES satisfies Record<OptOut['type'], unknown>,
  sources: words.DECISION_SOURCES satisfies Record<DecisionSource, unknown>,
  steps: words.MOVER_STEPS satisfies Record<MoverStep, unknown>,
  pulses: words.PULSES satisfies Record<Pulse['value'], unknown>,
}

it('has words for every id that rules of health say', () => {
  for (const ids of Object.values(said)) expect(Object.keys(ids).length).toBeGreaterThan(1)
})

it('names every cap of the product, and an own cap by its id', () => {
  for (const id of Object.keys(CAP_RULES)) expect(words.capWords(id).clear).not.toBe(words.capWords('own_rule').clear)
  expect(words.capWords('no_review_yet').label).toBe('No review yet')
})

it('says why an input is missing, and falls back to the reason of a metric', () => {
  expect(words.missingWords('silent')).toMatch(/silence/)
  expect(words.missingWords('no_matured_buyers')).toBe('No matured buyers')
})
