import { DAY } from './calendar.ts'
import type { Minute } from './calendar.ts'
import { CSMS, EFFECTS, HARDER_BOOK_CSM, LEAVING_CSM, NEW_CSM, RATES, SEGMENTS, SHARES, SOURCES } from './rates.ts'
import type { Plan, Segment } from './rates.ts'
import { Random } from './random.ts'
import { adoptionStarts, joinMonth } from './story.ts'
import type { Story } from './story.ts'

export interface Discount {
  readonly percent: number
  /** 0: for ever. */
  readonly months: number
  readonly duration: 'once' | 'repeating' | 'forever'
}

export interface Assignment {
  readonly csm: string
  readonly from: Minute
}

/** Who an account is: everything about it that does not depend on how its life goes. */
export interface Account {
  readonly index: number
  readonly id: string
  /** The id under which it was entered a second time, "" for most. The duplicate was merged into it at `mergedAt`. */
  readonly duplicate: string
  readonly mergedAt: Minute
  readonly kind: 'customer' | 'trial_only' | 'free'
  readonly internal: boolean
  readonly created: Minute
  readonly joinMonth: number
  /** When the first subscription begins. */
  readonly start: Minute
  readonly trial: boolean
  readonly segment: number
  /** When it grows into the next segment; Infinity for most. */
  readonly movesUp: Minute
  readonly region: number
  readonly industry: number
  readonly source: number
  readonly currency: number
  readonly plan: Plan
  readonly yearly: boolean
  readonly seats: number
  readonly discount: Discount | null
  readonly owners: readonly Assignment[]
  /** From when it uses scheduled reports, which hold customers; Infinity for most. */
  readonly adopts: Minute
}

const SEATS: readonly (readonly [low: number, high: number])[] = [
  [3, 8],
  [6, 26],
  [20, 70],
]
const PLANS: readonly (readonly [plan: Plan, other: Plan, share: number])[] = [
  ['starter', 'team', 0.4],
  ['team', 'business', 0.5],
  ['enterprise', 'enterprise', 1],
]
const YEARLY = [0.18, 0.5, 0.95]
// Shares of the CSMs in the accounts of a segment and region, the last for accounts that nobody owns.
const BOOKS = {
  enterprise: [0.7, 0.3, 0, 0, 0, 0],
  middle: [0.1, 0.5, 0, 0.4, 0, 0],
  middleHard: [0, 0.5, 0.5, 0, 0, 0],
  small: [0, 0.2, 0.12, 0.38, 0, 0.3],
  smallHard: [0, 0, 0.85, 0, 0, 0.15],
}
/** To whom the leaving CSM's accounts go. */
const HEIRS = [0.2, 0.3, 0, 0, 0.5]
const HARD_REGION = 2

export const isEarned = (source: number): boolean => source < 2
export const isUnknown = (source: number): boolean => SOURCES[source] === ''
export const segmentAt = (account: Account, at: Minute): Segment => SEGMENTS[account.segment + (at >= account.movesUp ? 1 : 0)] ?? 'Enterprise'
export const ownerAt = (account: Account, at: Minute): string => account.owners.findLast((owner) => owner.from <= at)?.csm ?? ''
/** When the leaving CSM's account got a new owner; Infinity for all others. */
export const handedOverAt = (account: Account): Minute => (account.owners[0]?.csm === CSMS[LEAVING_CSM] ? (account.owners[1]?.from ?? Infinity) : Infinity)

function drawOwners(story: Story, random: Random, segment: number, region: number, created: Minute): Assignment[] {
  const hard = region === HARD_REGION
  const shares = segment === 2 ? BOOKS.enterprise : segment === 1 ? (hard ? BOOKS.middleHard : BOOKS.middle) : hard ? BOOKS.smallHard : BOOKS.small
  const first = random.share(shares)
  const heir = CSMS[random.share(HEIRS)] ?? ''
  const { from } = story.handover
  if (first >= CSMS.length) return []
  if (first !== LEAVING_CSM) return [{ csm: CSMS[first] ?? '', from: created }]
  if (created >= from) return [{ csm: CSMS[NEW_CSM], from: created }]
  return [
    { csm: CSMS[LEAVING_CSM], from: created },
    { csm: heir, from: from + 9 * 60 },
  ]
}

function drawDiscount(random: Random, segment: number): Discount | null {
  const [kind, percent, length] = [random.unit(), random.whole(2, 8) * 5, random.whole(1, 3)]
  if (segment === 2 || kind >= 0.3) return segment === 2 && kind < 0.1 ? { percent: 10, months: 0, duration: 'forever' } : null
  if (kind < 0.03) return { percent, months: 1, duration: 'once' }
  return kind < 0.06 ? { percent: 15, months: 0, duration: 'forever' } : { percent, months: length * 3, duration: 'repeating' }
}

/** One account in euros or pounds of six in Europe pays in dollars, everybody elsewhere does. */
const drawCurrency = (random: Random, region: number): number => random.share(region === 1 ? [0.16, 0.56, 0.28] : [1, 0, 0])

function drawTerms(random: Random, segment: number): Pick<Account, 'plan' | 'yearly' | 'seats'> {
  const [usual, other, share] = PLANS[segment] ?? ['starter', 'team', 1]
  const [low, high] = SEATS[segment] ?? [1, 1]
  return { plan: random.chance(share) ? usual : other, yearly: random.chance(YEARLY[segment] ?? 0), seats: Math.round(low * (high / low) ** random.unit()) }
}

/** Adoption has draws of its own, so that it moves no other. */
function drawAdoption(story: Story, index: number, start: Minute): Minute {
  const random = new Random(story.seed + 7907, index)
  const { share, days } = EFFECTS.scheduled_reports
  const [adopts, later] = [random.chance(share), random.whole(days[0], days[1]) * DAY]
  return adopts ? Math.max(start, adoptionStarts(story)) + later : Infinity
}

/** Draws account number `index` from its own stream; the stream stands where the account's life begins. */
export function drawAccount(story: Story, index: number, random: Random): Account {
  random.start(story.seed, index)
  const position = (index + random.unit()) / story.accounts
  const month = joinMonth(story, position)
  const monthStart = story.calendar.start(month)
  const days = (story.calendar.start(month + 1) - monthStart) / DAY
  const start = monthStart + random.whole(0, days - 1) * DAY + random.whole(7 * 60, 18 * 60)
  const segment = random.share(SHARES.segment)
  const region = random.share(SHARES.region)
  const industry = random.share(SHARES.industry)
  const source = random.share(SHARES.source)
  const currency = drawCurrency(random, region)
  const terms = drawTerms(random, segment)
  const discount = drawDiscount(random, segment)
  const created = start - random.whole(0, 12) * DAY - random.whole(1, 300)
  const owners = drawOwners(story, random, segment, region, created)
  const kind = random.share([0.93, 0.045, 0.025])
  const [moves, moveMonth, merged, mergeMonth, internal, trial] = [
    random.unit(),
    random.whole(7, 15),
    random.unit(),
    random.whole(3, 9),
    random.unit(),
    random.unit(),
  ]
  const id = `A${String(index + 1).padStart(Math.max(4, String(story.accounts).length), '0')}`
  const isCustomer = kind === 0
  const mergedAt = story.calendar.same(month, start, mergeMonth) + 90
  const isDuplicate = merged < 0.012 && isCustomer && !terms.yearly && mergedAt < story.end
  return {
    index,
    id,
    start,
    created,
    joinMonth: month,
    segment,
    region,
    industry,
    source,
    currency,
    owners,
    ...terms,
    // A merge must leave the price as it is, and a discount belongs to the subscription that ends with it.
    discount: isDuplicate ? null : discount,
    adopts: isCustomer ? drawAdoption(story, index, start) : Infinity,
    kind: isCustomer ? 'customer' : kind === 1 ? 'trial_only' : 'free',
    internal: internal < 0.012,
    trial: isCustomer && segment < 2 && trial < 0.35,
    duplicate: isDuplicate ? `${id}-OLD` : '',
    mergedAt: isDuplicate ? mergedAt : Infinity,
    movesUp: isCustomer && segment < 2 && moves < RATES.moves_up_a_segment ? story.calendar.same(month, start, moveMonth) : Infinity,
  }
}

export const ownsHarderPortfolio = (account: Account): boolean => account.owners[0]?.csm === CSMS[HARDER_BOOK_CSM]
