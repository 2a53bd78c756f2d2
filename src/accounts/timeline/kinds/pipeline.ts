import { opportunity } from '../../../facts/opportunity.ts'
import { referral } from '../../../facts/referral.ts'
import type { Told } from '../happening.ts'
import { defineTimelineKind, joined, moneyOf } from '../happening.ts'

export const pipeline = defineTimelineKind({
  id: 'pipeline',
  name: 'Pipeline',
  of: [opportunity, referral],
  tell: (known) =>
    known.of(opportunity).flatMap((own): Told[] => {
      const { name, opportunity_id, opened_at = null, won_at = null, amount = null, currency = null, csm_id } = own.values
      const title = String(name ?? opportunity_id)
      const detail = joined([moneyOf(amount, currency), csm_id])
      const opened: Told = { of: own, what: 'opened', at: opened_at, title: `Opportunity: ${title}`, detail }
      const won: Told[] = won_at === null ? [] : [{ of: own, what: 'won', at: won_at, title: `Won: ${title}`, detail, tone: 'good' }]
      return [opened, ...won]
    }),
})
