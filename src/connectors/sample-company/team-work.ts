import { ownerAt, segmentAt } from './account.ts'
import type { Account } from './account.ts'
import { DAY } from './calendar.ts'
import type { Minute } from './calendar.ts'
import type { Contracts } from './contracts.ts'
import { CSMS, EFFECTS, HARDER_BOOK_CSM } from './rates.ts'
import type { Segment } from './rates.ts'
import type { Random } from './random.ts'
import { servedTimes, supportStream, ticketsOf } from './support.ts'
import type { Story } from './story.ts'

export interface Touch {
  readonly at: Minute
  readonly kind: 'email' | 'call' | 'meeting'
  readonly twoWay: boolean
  readonly csm: string
}

export interface Raised {
  readonly rule: 'support_spike' | 'payment_late'
  readonly at: Minute
  /** 0: nobody acted. */
  readonly acted: Minute
  readonly csm: string
}

export interface Work {
  readonly title: string
  readonly playbook: string
  readonly created: Minute
  readonly due: Minute
  /** 0: not done. */
  readonly done: Minute
  readonly csm: string
}

export interface Run {
  readonly at: Minute
  readonly held: boolean
  readonly deadline: Minute
  /** 0: not finished. */
  readonly finished: Minute
  /** Empty while the time it needs is not over. */
  readonly success: '' | 'yes' | 'no'
}

export const SAVE_PLAY = 'Save at risk'
const REVIEW_PLAY = 'Business review'
const SUCCESS_AFTER = 60 * DAY
const TOUCHES: Readonly<Record<Segment, number>> = { SMB: 0.35, 'Mid-market': 1.1, Enterprise: 3 }
const REVIEW_EVERY: Readonly<Record<Segment, number>> = { SMB: 0, 'Mid-market': 180, Enterprise: 90 }
const HOUR = 60

/** How reliably a CSM works. Who owns the harder portfolio works as well as any. */
const diligence = (csm: string): number => (csm === '' ? 0 : csm === CSMS[HARDER_BOOK_CSM] ? 0.93 : 0.86)

export function touchesOf(story: Story, account: Account, contracts: Contracts): Touch[] {
  const random = supportStream(story, account, 1)
  const touches: Touch[] = []
  for (const { from, until } of servedTimes(story, contracts))
    for (let left = random.events((TOUCHES[segmentAt(account, from)] * (until - from)) / (30.4 * DAY)); left > 0; left--) {
      const at = from + Math.floor((until - from) * random.unit())
      const kind = (['email', 'call', 'meeting'] as const)[random.share([0.55, 0.27, 0.18])] ?? 'email'
      const twoWay = random.chance(kind === 'email' ? 0.4 : 0.85)
      const csm = ownerAt(account, at)
      if (csm !== '') touches.push({ at, kind, twoWay, csm })
    }
  return touches.sort((a, b) => a.at - b.at)
}

/** Warnings as rules would have raised them: several tickets within two weeks, or a bill that is ten days late. */
export function signalsOf(story: Story, account: Account, contracts: Contracts): Raised[] {
  const random = supportStream(story, account, 2)
  const created = ticketsOf(story, account, contracts)
    .map((ticket) => ticket.created)
    .sort((a, b) => a - b)
  const spikes = created.filter((at, i) => at - (created[i - 3] ?? -Infinity) < 14 * DAY)
  const late = contracts.versions.filter((version) => version.product === 'core' && version.status === 'past_due').map((version) => version.dueAt + 10 * DAY)
  const raised: Raised[] = []
  const raise = (rule: Raised['rule'], at: Minute): void => {
    const csm = ownerAt(account, at)
    const acted = at + Math.max(5, Math.round(20 * HOUR * 12 ** (random.unit() + random.unit() - 1)))
    const acts = random.chance(diligence(csm))
    if (at < story.end && !raised.some((before) => before.rule === rule && at - before.at < 60 * DAY))
      raised.push({ rule, at, acted: acts && acted < story.end ? acted : 0, csm })
  }
  for (const at of spikes) raise('support_spike', at)
  for (const at of late) raise('payment_late', at)
  return raised.sort((a, b) => a.at - b.at)
}

function done(story: Story, random: Random, created: Minute, due: Minute, csm: string): Minute {
  const onTime = random.chance(diligence(csm))
  const at = onTime ? created + Math.floor((due - created) * random.unit()) : random.chance(0.6) ? due + random.whole(1, 20) * DAY : story.end
  return at < story.end ? at : 0
}

/** What was set to be done: an answer to each signal that somebody took up, and reviews at a pace that the segment sets. */
export function tasksOf(story: Story, account: Account, contracts: Contracts): Work[] {
  const random = supportStream(story, account, 3)
  const tasks: Work[] = []
  const add = (title: string, playbook: string, created: Minute, days: number): void => {
    const csm = ownerAt(account, created)
    const due = created + days * DAY
    const finished = done(story, random, created, due, csm)
    if (csm !== '' && created < story.end) tasks.push({ title, playbook, created, due, done: finished, csm })
  }
  for (const { rule, acted } of signalsOf(story, account, contracts))
    if (acted !== 0) add(rule === 'support_spike' ? 'Call about the open tickets' : 'Call about the late bill', SAVE_PLAY, acted, 7)
  for (const { from, until } of servedTimes(story, contracts)) {
    const every = REVIEW_EVERY[segmentAt(account, from)] * DAY
    if (every > 0)
      for (let at = Math.ceil((from - account.start + 1) / every) * every + account.start; at < until; at += every)
        add('Prepare the business review', REVIEW_PLAY, at, 21)
  }
  return tasks.sort((a, b) => a.created - b.created)
}

/** Runs of the playbook for accounts at risk; some accounts are held out by chance. Whether they stay does not hang on it. */
export function runsOf(story: Story, account: Account, contracts: Contracts): Run[] {
  const random = supportStream(story, account, 4)
  const notices = contracts.versions.map((version) => version.canceledAt).filter((at) => at > 0)
  return signalsOf(story, account, contracts).flatMap(({ at, csm }) => {
    const [held, finishes, takes] = [random.chance(EFFECTS.save_play.holdout), random.chance(diligence(csm)), random.whole(2, 28) * DAY]
    const gone = notices.some((notice) => notice >= at && notice < at + SUCCESS_AFTER)
    const finished = !held && finishes && at + takes < story.end ? at + takes : 0
    return csm === ''
      ? []
      : [{ at, held, deadline: at + 21 * DAY, finished, success: at + SUCCESS_AFTER >= story.end ? ('' as const) : gone ? ('no' as const) : ('yes' as const) }]
  })
}
