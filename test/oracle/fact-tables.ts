import { account } from '../../src/facts/account.ts'
import { accountAttribute } from '../../src/facts/account-attribute.ts'
import { charge } from '../../src/facts/charge.ts'
import { cost } from '../../src/facts/cost.ts'
import { csmAssignment } from '../../src/facts/csm-assignment.ts'
import { csm } from '../../src/facts/csm.ts'
import { discount } from '../../src/facts/discount.ts'
import { exchangeRate } from '../../src/facts/exchange-rate.ts'
import type { FactDefinition } from '../../src/facts/fact.ts'
import { subscriptionVersion } from '../../src/facts/subscription-version.ts'
import { TEAM_FACTS } from './team-facts.ts'
import { USE_FACTS } from './use-facts.ts'
import { VOICE_FACTS } from './voice-facts.ts'

/** From the declarations the oracle takes column names and identities, nothing else. */
const FACTS = {
  account,
  account_attribute: accountAttribute,
  csm,
  csm_assignment: csmAssignment,
  subscription_version: subscriptionVersion,
  discount,
  charge,
  cost,
  exchange_rate: exchangeRate,
  ...USE_FACTS,
  ...VOICE_FACTS,
  ...TEAM_FACTS,
} satisfies Record<string, FactDefinition>

export type FactId = keyof typeof FACTS
export const FACT_IDS = Object.keys(FACTS) as FactId[]
export const factOf = (id: FactId): FactDefinition => FACTS[id]
