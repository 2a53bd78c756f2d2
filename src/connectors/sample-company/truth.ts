import { drawAccount, handedOverAt, isEarned, isUnknown, ownsHarderPortfolio, segmentAt } from './account.ts'
import type { Account } from './account.ts'
import { dayText } from './calendar.ts'
import type { Contracts, Status, Version } from './contracts.ts'
import { isCompetitorCell, isCrisisIndustry, isHardRegion } from './hazard.ts'
import { live } from './life.ts'
import { Random } from './random.ts'
import { BUYING, CSMS, EFFECTS, HARDER_BOOK_CSM, LEAVING_CSM, OUTCOMES, RATES, REGIONS, USE } from './rates.ts'
import type { Story } from './story.ts'
import { MOODS } from './voice.ts'

/** What was planted, its time, the factor on the chance of giving notice, and the accounts it could reach. */
export interface PlantedEffect {
  readonly id: string
  readonly says: string
  /** Days, half-open; null for what holds all the time. */
  readonly from: string | null
  readonly until: string | null
  /** Whom it reaches, as attribute values. */
  readonly where: Readonly<Record<string, string>>
  /** Multiplies the chance of notice; one number, or one per segment. 1: no effect on it. */
  readonly notice_factor: number | Readonly<Record<string, number>>
  readonly accounts: readonly string[]
}

export interface Truth {
  readonly seed: number
  readonly first_day: string
  readonly last_day: string
  /** Chances before any factor: per billing month for monthly plans, per renewal for yearly ones. */
  readonly rates: typeof RATES
  /** How many of the paid seats somebody has. */
  readonly taken_seats: number
  /** How outcomes come on, and how credits are bought. */
  readonly outcomes: typeof OUTCOMES
  readonly buying: typeof BUYING
  readonly effects: readonly PlantedEffect[]
  readonly merged: readonly { readonly duplicate: string; readonly into: string; readonly on: string }[]
  readonly internal: readonly string[]
  readonly paused: readonly string[]
  readonly delinquent: readonly string[]
  readonly returned: readonly string[]
  readonly renewed: readonly string[]
  readonly moved_up: readonly { readonly account: string; readonly on: string; readonly to: string }[]
  readonly sources: { readonly earned: readonly string[]; readonly bought: readonly string[]; readonly unknown: readonly string[] }
}

interface Seen {
  readonly account: Account
  readonly versions: readonly Version[]
  readonly contracts: Contracts
}

const PAYING: readonly Status[] = ['active', 'past_due']

/** The account's core subscription's terms at an instant, null when none is paid for. */
function termsAt(seen: Seen, at: number): Version | null {
  const last = seen.versions.findLast((version) => version.product === 'core' && version.at < at)
  return last !== undefined && PAYING.includes(last.status) ? last : null
}

function plantedEffects(story: Story, all: readonly Seen[]): PlantedEffect[] {
  const ids = (holds: (seen: Seen) => boolean): string[] => all.filter(holds).map((seen) => seen.account.id)
  const region = (seen: Seen): string => REGIONS[seen.account.region] ?? ''
  const customerIn = (seen: Seen, from: number, until: number): boolean =>
    termsAt(seen, from) !== null || seen.versions.some((v) => v.at >= from && v.at < until && PAYING.includes(v.status))
  const days = (span: { from: number; until: number }) => ({ from: dayText(span.from), until: dayText(span.until) })
  const { competitor_launch, hard_region, price_rise, outage, support_crisis } = EFFECTS
  const { competitor, priceRise } = story
  const always = { from: null, until: null }
  return [
    {
      id: 'competitor_launch',
      says: `A competitor enters ${competitor_launch.region} with an offer for small businesses.`,
      ...days(competitor),
      where: { segment: competitor_launch.segment, region: competitor_launch.region },
      notice_factor: competitor_launch.factor,
      accounts: ids((s) => isCompetitorCell(segmentAt(s.account, competitor.from), region(s)) && customerIn(s, competitor.from, competitor.until)),
    },
    {
      id: 'hard_region',
      says: `Small businesses in ${hard_region.region} are always harder to keep.`,
      ...always,
      where: { segment: hard_region.segment, region: hard_region.region },
      notice_factor: hard_region.factor,
      accounts: ids((s) => isHardRegion(segmentAt(s.account, s.account.start), region(s))),
    },
    {
      id: 'price_rise',
      ...days(priceRise),
      where: { plan: price_rise.plan, interval: 'monthly' },
      notice_factor: price_rise.factor,
      says: `The plan ${price_rise.plan} costs ${price_rise.rise * 100} % more: monthly contracts from their next bill on, yearly ones from renewal on. ${price_rise.contraction * 100} % of the monthly ones answer with fewer seats.`,
      accounts: ids((s) => s.versions.some((v) => v.reason === 'price' && v.at >= priceRise.from && v.at < priceRise.until)),
    },
    {
      id: 'outage',
      says: 'A long outage; in the months after it small customers leave far more often, large ones do not.',
      ...days(story.outage),
      where: {},
      notice_factor: outage.factor,
      accounts: ids((s) => customerIn(s, story.outage.from, story.outage.until)),
    },
    {
      id: 'support_crisis',
      ...days(story.supportCrisis),
      where: { industry: support_crisis.industry },
      notice_factor: support_crisis.factor,
      says: `An integration that only ${support_crisis.industry} uses breaks: ${support_crisis.tickets} times the tickets, each waiting ${support_crisis.delay} times as long, and customers leave over it.`,
      accounts: ids((s) => isCrisisIndustry(s.account) && customerIn(s, story.supportCrisis.from, story.supportCrisis.until)),
    },
    ...effectsOfCare(story, ids),
    ...effectsOfUseAndMood(story, ids, customerIn),
  ]
}

/** What was planted in who looks after an account, and on what terms. */
function effectsOfCare(story: Story, ids: (holds: (seen: Seen) => boolean) => string[]): PlantedEffect[] {
  const { handover, discount_end, save_play } = EFFECTS
  const always = { from: null, until: null }
  return [
    {
      id: 'save_play',
      ...always,
      where: { playbook: 'Save at risk' },
      notice_factor: save_play.factor,
      accounts: [],
      says: `The playbook for accounts at risk keeps nobody: treated accounts leave as often as the ${save_play.holdout * 100} % that are held out by chance.`,
    },
    {
      id: 'csm_handover',
      says: `${CSMS[LEAVING_CSM]} leaves; other CSMs take over the book.`,
      from: dayText(story.handover.from),
      until: dayText(story.handover.until),
      where: { csm_before: CSMS[LEAVING_CSM] },
      notice_factor: handover.factor,
      accounts: ids((s) => handedOverAt(s.account) !== Infinity),
    },
    {
      id: 'harder_book',
      says: `${CSMS[HARDER_BOOK_CSM]} owns most of the harder region: worse retention without worse work.`,
      ...always,
      where: { csm: CSMS[HARDER_BOOK_CSM] },
      notice_factor: 1,
      accounts: ids((s) => ownsHarderPortfolio(s.account)),
    },
    {
      id: 'discount_end',
      says: `In the ${discount_end.days} days after a discount for some months ends.`,
      ...always,
      where: {},
      notice_factor: discount_end.factor,
      accounts: ids((s) => s.contracts.discounts.some((d) => d.duration === 'repeating' && d.ends < story.end)),
    },
  ]
}

/** What was planted in product use and in what customers say. */
function effectsOfUseAndMood(
  story: Story,
  ids: (holds: (seen: Seen) => boolean) => string[],
  customerIn: (seen: Seen, from: number, until: number) => boolean,
): PlantedEffect[] {
  const { scheduled_reports, usage_drop } = EFFECTS
  const always = { from: null, until: null }
  const days = (span: { from: number; until: number }) => ({ from: dayText(span.from), until: dayText(span.until) })
  return [
    {
      id: 'scheduled_reports',
      ...always,
      where: { feature: 'scheduled_reports' },
      notice_factor: scheduled_reports.factor / scheduled_reports.without,
      says: 'A feature that holds customers: who has adopted it leaves less often than who has not, whatever else they are.',
      accounts: ids((s) => s.account.adopts < story.end && customerIn(s, s.account.adopts, story.end)),
    },
    {
      id: 'sso',
      ...always,
      where: { feature: 'sso' },
      notice_factor: 1,
      accounts: [],
      says: 'A feature that only seems to hold customers: the larger plans have it, and larger customers stay longer.',
    },
    {
      id: 'usage_drop',
      ...always,
      where: {},
      notice_factor: 1,
      says: `From ${usage_drop.days} days before they give notice on, accounts use the product ${usage_drop.factor} times as much as before.`,
      accounts: ids((s) => s.versions.some((v) => v.canceledAt > 0)),
    },
    {
      id: 'mood_before_notice',
      ...always,
      where: {},
      notice_factor: 1,
      says: `From ${MOODS.before_notice.days} days before they give notice on, accounts answer surveys ${-MOODS.before_notice.fall} points of 10 lower, pay later and come on more slowly with their outcomes.`,
      accounts: ids((s) => s.versions.some((v) => v.canceledAt > 0)),
    },
    {
      id: 'slow_answer',
      ...always,
      where: { survey: 'csat-support or ces-support' },
      notice_factor: 1,
      accounts: [],
      says: `Who waited more than ${MOODS.slow_answer.hours} hours for the first answer to a ticket answers ${-MOODS.slow_answer.fall} points of 10 lower about it.`,
    },
    {
      id: 'mood_in_outage',
      ...days(story.outage),
      where: {},
      notice_factor: 1,
      says: `In the months of the outage all answer ${-MOODS.outage.fall} points of 10 lower.`,
      accounts: ids((s) => customerIn(s, story.outage.from, story.outage.until)),
    },
  ]
}

/** Goes through all accounts and says what was planted into whom. */
export function readTruth(story: Story): Truth {
  const random = new Random(story.seed, 0)
  const all: Seen[] = []
  for (let index = 0; index < story.accounts; index++) {
    const account = drawAccount(story, index, random)
    const contracts = live(story, account, random, false)
    all.push({ account, contracts, versions: contracts.versions })
  }
  const accounts = (holds: (seen: Seen) => boolean): string[] => all.filter(holds).map((seen) => seen.account.id)
  const withReason = (reason: string): string[] => accounts((seen) => seen.versions.some((version) => version.reason === reason))
  return {
    seed: story.seed,
    first_day: story.firstDay,
    last_day: story.lastDay,
    rates: RATES,
    taken_seats: USE.taken_seats,
    outcomes: OUTCOMES,
    buying: { ...BUYING, share: story.packShare },
    effects: plantedEffects(story, all),
    merged: all
      .filter(({ account }) => account.duplicate !== '')
      .map(({ account }) => ({ duplicate: account.duplicate, into: account.id, on: dayText(account.mergedAt) })),
    internal: accounts((seen) => seen.account.internal),
    paused: withReason('pause'),
    delinquent: withReason('delinquent'),
    returned: withReason('win_back'),
    renewed: withReason('renewal'),
    moved_up: all
      .filter(({ account }) => account.movesUp < story.end)
      .map(({ account }) => ({ account: account.id, on: dayText(account.movesUp), to: segmentAt(account, account.movesUp) })),
    sources: {
      earned: accounts((seen) => isEarned(seen.account.source)),
      bought: accounts((seen) => !isEarned(seen.account.source) && !isUnknown(seen.account.source)),
      unknown: accounts((seen) => isUnknown(seen.account.source)),
    },
  }
}
