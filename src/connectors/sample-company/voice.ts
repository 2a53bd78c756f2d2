import { handedOverAt, isEarned, isUnknown, segmentAt } from './account.ts'
import type { Account } from './account.ts'
import { DAY } from './calendar.ts'
import type { Minute } from './calendar.ts'
import type { Contracts } from './contracts.ts'
import { isCompetitorCell } from './hazard.ts'
import { noticesOf, stretches } from './product-use.ts'
import { PRODUCTS, REGIONS } from './rates.ts'
import { Random } from './random.ts'
import type { Story } from './story.ts'

/** What customers say follows from how they fare. Moods are points on the scale of 0 to 10. */
export const MOODS = {
  usual: 7.7,
  /** Accounts differ by this much from each other, answers of one by that much. */
  between: 1.1,
  within: 1.2,
  earned: 0.8,
  bought: -0.2,
  before_notice: { days: 120, fall: -2.6 },
  outage: { fall: -1.6 },
  competitor: { fall: -0.6 },
  handover: { fall: -0.8 },
  /** What is felt about a ticket whose first answer took longer than so many hours. */
  slow_answer: { hours: 24, fall: -2 },
} as const

const STREAM = 15_485_863

/** Draws of what is said come from a stream of their own: they change nothing in what was bought or used. */
export const voiceOf = (story: Story, account: Account, part: number): Random => new Random(story.seed + STREAM + part * 7919, account.index)

/** Near enough to a normal draw, with a mean of 0 and a deviation of 1. */
export const bell = (random: Random): number => (random.unit() + random.unit() + random.unit() + random.unit() - 2) * Math.sqrt(3)

export interface Standing {
  /** Mean mood of the account at an instant. */
  mood(at: Minute): number
  isCustomer(at: Minute): boolean
  readonly from: Minute
  readonly until: Minute
  readonly notices: readonly Minute[]
}

/** How an account stands through its life; null for one that never became a customer or is our own. */
export function standingOf(story: Story, account: Account, contracts: Contracts): Standing | null {
  const paid = stretches(story, contracts, PRODUCTS[0])
  const [first, last] = [paid[0], paid.at(-1)]
  if (account.kind !== 'customer' || account.internal || first === undefined || last === undefined) return null
  const random = voiceOf(story, account, 0)
  const own = MOODS.usual + bell(random) * MOODS.between + (isEarned(account.source) ? MOODS.earned : isUnknown(account.source) ? 0 : MOODS.bought)
  const notices = noticesOf(contracts)
  const handedOver = handedOverAt(account)
  return {
    from: first.from,
    until: last.until,
    notices,
    isCustomer: (at) => paid.some((stretch) => stretch.from <= at && at < stretch.until),
    mood: (at) => {
      let mood: number = own
      if (notices.some((notice) => at >= notice - MOODS.before_notice.days * DAY && at < notice + 90 * DAY)) mood += MOODS.before_notice.fall
      if (at >= story.outage.from && at < story.outage.until) mood += MOODS.outage.fall
      if (at >= story.competitor.from && at < story.competitor.until && isCompetitorCell(segmentAt(account, at), REGIONS[account.region] ?? ''))
        mood += MOODS.competitor.fall
      if (at >= handedOver && at < story.handover.until) mood += MOODS.handover.fall
      return mood
    },
  }
}

/** A mood as an answer on a scale. */
export function answerFrom(random: Random, mood: number, lowest: number, highest: number): number {
  const felt = Math.min(10, Math.max(0, mood + bell(random) * MOODS.within))
  return Math.round(lowest + (felt / 10) * (highest - lowest))
}
