import { handedOverAt, isEarned, isUnknown, segmentAt } from './account.ts'
import type { Account } from './account.ts'
import { DAY } from './calendar.ts'
import type { Minute } from './calendar.ts'
import { EFFECTS, INDUSTRIES, RATES, REGIONS } from './rates.ts'
import type { Plan } from './rates.ts'
import type { Span, Story } from './story.ts'

const within = (span: Span, at: Minute): boolean => at >= span.from && at < span.until

export const isCompetitorCell = (segment: string, region: string): boolean =>
  segment === EFFECTS.competitor_launch.segment && region === EFFECTS.competitor_launch.region
export const isHardRegion = (segment: string, region: string): boolean => segment === EFFECTS.hard_region.segment && region === EFFECTS.hard_region.region

export const isCrisisIndustry = (account: Account): boolean => INDUSTRIES[account.industry] === EFFECTS.support_crisis.industry

/** By how much everything planted multiplies the usual chance that this account gives notice at this instant. */
export function noticeFactor(story: Story, account: Account, terms: { plan: Plan; yearly: boolean; discountEnds: Minute }, at: Minute): number {
  const segment = segmentAt(account, at)
  const region = REGIONS[account.region] ?? ''
  const handedOver = handedOverAt(account)
  let factor: number = RATES.source_factor[isEarned(account.source) ? 'earned' : isUnknown(account.source) ? 'unknown' : 'bought']
  factor *= at >= account.adopts ? EFFECTS.scheduled_reports.factor : EFFECTS.scheduled_reports.without
  if (isHardRegion(segment, region)) factor *= EFFECTS.hard_region.factor
  if (isCompetitorCell(segment, region) && within(story.competitor, at)) factor *= EFFECTS.competitor_launch.factor
  if (isCrisisIndustry(account) && within(story.supportCrisis, at)) factor *= EFFECTS.support_crisis.factor
  if (within(story.outage, at)) factor *= EFFECTS.outage.factor[segment]
  if (terms.plan === EFFECTS.price_rise.plan && !terms.yearly && within(story.priceRise, at)) factor *= EFFECTS.price_rise.factor
  if (handedOver !== Infinity && at >= handedOver && at < story.handover.until) factor *= EFFECTS.handover.factor
  if (at >= terms.discountEnds && at < terms.discountEnds + EFFECTS.discount_end.days * DAY) factor *= EFFECTS.discount_end.factor
  return factor
}
