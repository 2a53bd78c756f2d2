import type { AccountDay } from './account-day.ts'
import { licenceUseOf, mrrOn, readingOf, readingsOf, oldestUse, readable } from './account-day.ts'
import type { CapEvidence } from './caps.ts'
import type { ShownBand } from './bands.ts'
import { lowestBand, plainBand } from './bands.ts'
import type { Decision } from './decisions.ts'
import { accountDecisionOn } from './decisions.ts'
import type { Before, Health } from './health.ts'
import { capsOn, healthOf } from './health.ts'
import type { HealthModel } from './model.ts'
import { ofTerm } from './operand.ts'
import type { RuleTerm } from '../kernel/rule/rule.ts'
import type { Readings } from './score.ts'

/** Caps that no sign of their own reports. */
const OWN_CAPS: ReadonlySet<string> = new Set(['critical_ticket_7', 'licence_use_low'])

/** What is said of an account on a day. */
export interface AccountHealth extends Health {
  readonly readings: Readings
  /** The band by what is held, and by caps that no sign of their own reports. */
  readonly own_band: ShownBand
  readonly own_cap: boolean
  readonly mrr: number
  readonly decided: Decision | null
}

/** What caps of a model look at. */
export function capEvidence(model: HealthModel, on: AccountDay): CapEvidence {
  const { day, facts, circumstances } = on
  const read = readable(on)
  const useAge = oldestUse(model)
  // A rule says itself what is too much; how old what it rests on may be is not its business.
  const readValue = (term: RuleTerm): number | null => {
    const reading = readingOf(read, ofTerm(term), Infinity, useAge)
    return 'value' in reading ? reading.value : null
  }
  return { day, facts, circumstances, licence: licenceUseOf(on, useAge), readValue }
}

/** The health of an account on a day by the facts that are known of it. */
export function accountHealth(model: HealthModel, on: AccountDay, before?: Before): AccountHealth {
  const { day, facts, circumstances } = on
  const readings = readingsOf(readable(on), model)
  const caps = capsOn(model, capEvidence(model, on))
  const health = healthOf(model, readings, caps, before)
  const own = caps.filter(({ id }) => OWN_CAPS.has(id))
  return {
    ...health,
    readings,
    own_band: health.held === null ? 'unknown' : lowestBand([health.held, ...own.map(({ at_most }) => plainBand(at_most))]),
    own_cap: own.length > 0,
    mrr: mrrOn(facts, day),
    decided: accountDecisionOn(facts.contracts, day, circumstances),
  }
}
