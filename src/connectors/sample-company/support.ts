import type { Account } from './account.ts'
import { DAY } from './calendar.ts'
import type { Minute } from './calendar.ts'
import type { Contracts, Status } from './contracts.ts'
import { isCrisisIndustry } from './hazard.ts'
import { EFFECTS } from './rates.ts'
import { Random } from './random.ts'
import type { Story } from './story.ts'

/** One thing that happened to a ticket. */
export interface TicketStep {
  readonly at: Minute
  readonly kind: 'reply' | 'status'
  readonly visibility: 'public' | 'private'
  readonly author: 'customer' | 'agent' | 'automatic'
  readonly status: string
}

export interface Ticket {
  readonly id: string
  readonly account: string
  readonly created: Minute
  readonly byAgent: boolean
  readonly channel: string
  readonly priority: string
  readonly category: string
  readonly team: number
  readonly agent: string
  readonly calendar: string
  readonly mergedInto: string
  readonly steps: readonly TicketStep[]
}

/** A stretch of time in which an account was a customer, under the id it then had. */
interface Served {
  readonly account: string
  readonly from: Minute
  readonly until: Minute
  readonly seats: number
}

const HOUR = 60
const STREAM = 611_953
const SERVED: readonly Status[] = ['active', 'past_due', 'trialing']
const CHANNELS = ['email', 'chat', 'form', 'phone']
const PRIORITIES = ['low', 'normal', 'high', 'urgent']
const CATEGORIES = ['how-to', 'billing', 'bug', 'integration', 'access']
export const TEAMS = ['Americas', 'EMEA', 'APAC'] as const
export const CALENDARS = ['americas', 'emea', 'apac'] as const
const AGENTS = [
  ['rosa', 'kofi', 'dana'],
  ['lena', 'milo', 'sven'],
  ['yuki', 'arjun'],
] as const
/** North America, Europe, Latin America, Asia Pacific. */
const TEAM_OF_REGION = [0, 1, 0, 2]

export const supportStream = (story: Story, account: Account, which = 0): Random => new Random(story.seed + STREAM + which, account.index)

export function servedTimes(story: Story, contracts: Contracts): Served[] {
  const core = contracts.versions.filter((version) => version.product === 'core')
  return core.flatMap((version, i) => {
    const until = Math.min(core[i + 1]?.at ?? story.end, story.end)
    return SERVED.includes(version.status) && until > version.at ? [{ account: version.account, from: version.at, until, seats: version.quantity }] : []
  })
}

const later = (random: Random, median: number, spread: number): Minute => Math.max(1, Math.round(median * spread ** (random.unit() + random.unit() - 1)))

function stepsOf(story: Story, random: Random, created: Minute, priority: number, slow: number): TicketStep[] {
  const steps: TicketStep[] = []
  const add = (at: Minute, kind: TicketStep['kind'], author: TicketStep['author'], status = '', visibility: TicketStep['visibility'] = 'public'): void => {
    if (at < story.end) steps.push({ at, kind, author, status, visibility })
  }
  if (random.chance(0.6)) add(created + 1, 'reply', 'automatic')
  let at = created + later(random, [300, 180, 90, 35][priority] ?? 180, 9) * slow
  if (random.chance(0.25)) add(Math.max(created + 2, at - 20), 'reply', 'agent', '', 'private')
  add(at, 'reply', 'agent')
  add(at, 'status', 'agent', 'open')
  for (let rounds = random.whole(0, 2); rounds > 0; rounds--) {
    at += later(random, 40, 4)
    add(at, 'status', 'agent', random.chance(0.8) ? 'pending' : 'on_hold')
    at += later(random, 9 * HOUR, 8)
    add(at, 'reply', 'customer')
    add(at, 'status', 'customer', 'open')
    at += later(random, 3 * HOUR, 6) * Math.ceil(slow / 3)
    add(at, 'reply', 'agent')
  }
  at += later(random, 5 * HOUR, 8) * Math.ceil(slow / 2)
  add(at, 'status', 'agent', 'solved')
  if (random.chance(slow > 1 ? 0.3 : 0.07)) {
    at += later(random, 20 * HOUR, 5)
    add(at, 'status', 'customer', 'open')
    at += later(random, 12 * HOUR, 6) * Math.ceil(slow / 2)
    add(at, 'reply', 'agent')
    add(at, 'status', 'agent', 'solved')
  }
  add(at + 4 * DAY, 'status', 'automatic', 'closed')
  return steps
}

/** What the account asked of support while it was a customer: every draw comes from a stream of its own. */
export function ticketsOf(story: Story, account: Account, contracts: Contracts): Ticket[] {
  const random = supportStream(story, account)
  const tickets: Ticket[] = []
  if (story.supportRate === 0) return tickets
  const { support_crisis } = EFFECTS
  const crisis = (at: Minute): boolean => isCrisisIndustry(account) && at >= story.supportCrisis.from && at < story.supportCrisis.until
  const team = TEAM_OF_REGION[account.region] ?? 0
  for (const { account: id, from, until, seats } of servedTimes(story, contracts))
    for (let week = from; week < until; week += 7 * DAY) {
      const end = Math.min(week + 7 * DAY, until)
      const mean = (story.supportRate * Math.sqrt(seats) * (end - week) * (crisis(week) ? support_crisis.tickets : 1)) / (30.4 * DAY)
      for (let left = random.events(mean); left > 0; left--) {
        const created = week + Math.floor((end - week) * random.unit())
        const priority = random.share([0.2, 0.55, 0.2, 0.05])
        const slow = crisis(created) ? support_crisis.delay : 1
        const agents = AGENTS[team] ?? AGENTS[0]
        const previous = tickets.at(-1)
        tickets.push({
          id: `${account.id}-T${tickets.length + 1}`,
          account: id,
          created,
          byAgent: random.chance(0.03),
          channel: CHANNELS[random.share([0.5, 0.25, 0.18, 0.07])] ?? '',
          priority: PRIORITIES[priority] ?? '',
          category: slow > 1 && random.chance(0.8) ? 'integration' : (CATEGORIES[random.share([0.4, 0.15, 0.2, 0.1, 0.15])] ?? ''),
          team,
          agent: agents[random.whole(0, agents.length - 1)] ?? '',
          calendar: CALENDARS[team] ?? '',
          mergedInto: random.chance(0.02) && previous !== undefined && previous.mergedInto === '' ? previous.id : '',
          steps: stepsOf(story, random, created, priority, slow),
        })
      }
    }
  return tickets
}
