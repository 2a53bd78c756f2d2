import type { Service } from '../../health/account-facts.ts'
import type { ShownBand } from '../../health/bands.ts'
import { activeDays } from '../../health/account-day.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const DAYS = 28
const LEAST_DAYS = 12
const RIPE = 90

export interface WhiteSpace {
  readonly band: ShownBand
  readonly active_days: number
  readonly unused: readonly Service[]
}

export const whiteSpace = defineSign<WhiteSpace>({
  id: 'white_space',
  name: 'White space',
  says: 'A lively and healthy account pays for a core part of the product and does not use it.',
  class: 'opportunity',
  expires: 90,
  restsOnScore: true,
  opens: [{ fact: 'feature_entitlement' }, { fact: 'usage_event', days: 90 }],
  values({ facts, day, until, band }) {
    if (facts.services.length === 0) return null
    const unused = facts.services.filter(
      ({ is_core, entitled_on, entitled_until = null, released_on, used_on }) =>
        is_core &&
        entitled_on !== null &&
        entitled_on <= day &&
        (entitled_until === null || entitled_until > day) &&
        released_on !== null &&
        daysBetween(released_on, day) > RIPE &&
        (used_on === null || used_on <= addDays(until, -RIPE)),
    )
    return { band, active_days: activeDays(facts.use, until, DAYS), unused }
  },
  holds: ({ band, active_days, unused }) => band === 'green' && active_days >= LEAST_DAYS && unused.length > 0,
  evidence: ({ active_days, unused }) => ({ active_days, feature: unused[0]?.id ?? null, unused: unused.length }),
  sentence: ({ unused }) => `${unused[0]?.used_on === null ? 'Never used' : 'Not used for long'}: ${unused.map(({ name }) => name).join(', ')}`,
})
