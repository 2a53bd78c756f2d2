import { optOutOn } from '../../health/contracts.ts'
import { decisionsOf } from '../../health/decisions.ts'
import { shortDay } from '../../health/caps.ts'
import { daysBetween } from '../../kernel/period.ts'
import type { Capped } from '../capped.ts'
import { cappedBy } from '../capped.ts'
import { defineSign } from '../sign.ts'

interface AutoRenewOff extends Capped {
  /** Days to the deadline as it was before; null without one. */
  readonly days: number | null
}

export const autoRenewOff = defineSign<AutoRenewOff>({
  id: 'auto_renew_off',
  name: 'Auto-renewal off',
  says: 'The customer switched off the renewal of the last contract.',
  class: 'decided',
  expires: 400,
  instant: true,
  opens: [{ fact: 'subscription_version' }],
  values(on) {
    const { cap } = cappedBy(on, 'auto_renew_off')
    const contract = on.facts.contracts.find((each) => each[0]?.contract === cap?.evidence)
    const deadline = contract === undefined ? null : (decisionsOf(contract, on.day).at(-1)?.deadline ?? optOutOn(contract, on.day)?.deadline ?? null)
    return { cap, days: deadline === null ? null : daysBetween(on.day, deadline) }
  },
  holds: ({ cap }) => cap !== null,
  evidence: ({ cap }) => ({ contract: cap?.evidence ?? null, since: cap?.since ?? null }),
  sentence: ({ cap, days }) =>
    cap === null ? '' : `Auto-renewal off since ${shortDay(cap.since)}${days === null || days < 0 ? '' : `; ${days} days to the deadline`}`,
})
