import { addMonths } from '../../kernel/period.ts'
import { ownerAt, drawAccount } from './account.ts'
import type { Account } from './account.ts'
import { DAY, dayText, instantText } from './calendar.ts'
import type { Contracts, Version } from './contracts.ts'
import { live } from './life.ts'
import { CSMS } from './rates.ts'
import { Random } from './random.ts'
import { servedTimes, supportStream } from './support.ts'
import { SAVE_PLAY, runsOf, signalsOf, tasksOf, touchesOf } from './team-work.ts'
import type { Story } from './story.ts'

/** Files of the team's own work, and of what it was to reach. */

export const TEAM_HEADERS = {
  touchpoints: 'touchpoint_id,account_id,happened_at,kind,two_way,csm_id,contact_id,minutes,subject,state\n',
  tasks: 'task_id,account_id,created_at,due_on,done_at,csm_id,playbook,title\n',
  runs: 'run_id,account_id,playbook,started_at,deadline_on,finished_at,arm,success\n',
  signals: 'signal_id,account_id,rule,raised_at,first_action_at,predicts,horizon_days\n',
  onboardings: 'onboarding_id,account_id,started_at,agreed_end,finished_at,path,csm_id\n',
  milestones: 'account_id,onboarding_id,milestone,due_on,done_at\n',
  pulses: 'account_id,set_at,value,reason,author\n',
  trainings: 'attendance_id,account_id,contact_id,course,attended_at,minutes,completed\n',
} as const

const optional = (at: number): string => (at === 0 ? '' : instantText(at))

export function touchpointLines(story: Story, account: Account, contracts: Contracts): string {
  return touchesOf(story, account, contracts)
    .map(
      ({ at, kind, twoWay, csm }, i) =>
        `${account.id}-H${i + 1},${account.id},${instantText(at)},${kind},${twoWay ? 'yes' : 'no'},${csm},${account.id}-P${i % 3 === 2 ? 2 : 1},${kind === 'email' ? '' : 30},,\n`,
    )
    .join('')
}

export function taskLines(story: Story, account: Account, contracts: Contracts): string {
  return tasksOf(story, account, contracts)
    .map(
      (task, i) =>
        `${account.id}-K${i + 1},${account.id},${instantText(task.created)},${dayText(task.due)},${optional(task.done)},${task.csm},${task.playbook},${task.title}\n`,
    )
    .join('')
}

export function runLines(story: Story, account: Account, contracts: Contracts): string {
  return runsOf(story, account, contracts)
    .map(
      (run, i) =>
        `${account.id}-R${i + 1},${account.id},${SAVE_PLAY},${instantText(run.at)},${dayText(run.deadline)},${optional(run.finished)},${run.held ? 'holdout' : 'treated'},${run.success}\n`,
    )
    .join('')
}

export function signalLines(story: Story, account: Account, contracts: Contracts): string {
  return signalsOf(story, account, contracts)
    .map((signal, i) => `${account.id}-S${i + 1},${account.id},${signal.rule},${instantText(signal.at)},${optional(signal.acted)},churn,90\n`)
    .join('')
}

const AGREED_DAYS = [14, 30, 60]
const PATHS = ['self-serve', 'guided', 'enterprise']
const MILESTONES = ['Kick-off', 'Data connected', 'First report', 'Handed over']

/** When the account's onboarding started, was to end and ended; null for who never became a customer. */
function onboardingOf(story: Story, account: Account): { started: number; agreed: number; finished: number } | null {
  if (account.kind !== 'customer' || account.start >= story.end) return null
  const random = supportStream(story, account, 5)
  const days = AGREED_DAYS[account.segment] ?? 30
  const started = account.start + random.whole(30, 2000)
  const took = random.chance(0.76 - 0.08 * account.segment) ? random.between(0.5, 1) : random.between(1.1, 2.2)
  const finished = started + Math.floor(days * took * DAY)
  return { started, agreed: started + days * DAY, finished: finished < story.end ? finished : 0 }
}

export function onboardingLines(story: Story, account: Account): string {
  const found = onboardingOf(story, account)
  if (found === null || found.started >= story.end) return ''
  return `${account.id}-O1,${account.id},${instantText(found.started)},${dayText(found.agreed)},${optional(found.finished)},${PATHS[account.segment] ?? ''},${ownerAt(account, found.started)}\n`
}

export function milestoneLines(story: Story, account: Account): string {
  const found = onboardingOf(story, account)
  if (found === null || found.started >= story.end) return ''
  const [planned, took] = [found.agreed - found.started, found.finished === 0 ? Infinity : found.finished - found.started]
  return MILESTONES.map((milestone, i) => {
    const part = (i + 1) / MILESTONES.length
    return `${account.id},${account.id}-O1,${milestone},${dayText(Math.floor(found.started + planned * part))},${took === Infinity ? '' : instantText(Math.floor(found.started + took * part))}\n`
  }).join('')
}

const COURSES = ['Getting started', 'Reports that people read', 'Administration']

export function trainingLines(story: Story, account: Account, contracts: Contracts): string {
  const random = supportStream(story, account, 6)
  let text = ''
  let number = 0
  for (const { from, until } of servedTimes(story, contracts))
    for (let left = random.events((0.06 * (until - from)) / (30.4 * DAY)); left > 0; left--) {
      const at = from + Math.floor((until - from) * random.unit())
      text += `${account.id}-L${++number},${account.id},${account.id}-P${random.whole(1, 2)},${COURSES[random.whole(0, 2)] ?? ''},${instantText(at)},${random.whole(20, 90)},${random.chance(0.8) ? 'yes' : 'no'}\n`
    }
  return text
}

const USUAL_RATE: Readonly<Record<string, number>> = { USD: 1, EUR: 1.09, GBP: 1.27 }
const NOT_EXPANSION = new Set(['win_back', 'resume', 'trial_converted', 'payment_recovered'])
const yearly = (version: Version): number =>
  version.status === 'active' ? (version.quantity * version.unit * 12 * (USUAL_RATE[version.currency] ?? 1)) / version.interval / 100 : 0

/** Yearly value renewed and added, by CSM and quarter, in dollars at usual rates: what targets are set by. */
function reachedBy(story: Story): Map<string, { renewal: number; expansion: number }> {
  const random = new Random(story.seed, 0)
  const found = new Map<string, { renewal: number; expansion: number }>()
  for (let index = 0; index < story.accounts; index++) {
    const account = drawAccount(story, index, random)
    const before = new Map<string, number>()
    for (const version of live(story, account, random, false).versions) {
      const key = `${ownerAt(account, version.at)} ${quarterOf(dayText(version.at))}`
      const sum = found.get(key) ?? { renewal: 0, expansion: 0 }
      const [was, is] = [before.get(version.subscription) ?? 0, yearly(version)]
      if (version.reason === 'renewal') sum.renewal += is
      if (was > 0 && is > was && !NOT_EXPANSION.has(version.reason)) sum.expansion += is - was
      before.set(version.subscription, is)
      found.set(key, sum)
    }
  }
  return found
}

const quarterOf = (day: string): string => `${day.slice(0, 4)}-${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`

function quarters(story: Story): string[] {
  const found: string[] = []
  for (let day = quarterOf(addMonths(story.firstDay, 2)); day < story.lastDay; day = addMonths(day, 3)) found.push(day)
  return found
}

/** Quotas near what was reached, as good ones are, and forecasts that were said in the days before each quarter. */
function targets(story: Story, line: (csm: string, day: string, reached: { renewal: number; expansion: number }, random: Random) => string): string {
  const random = new Random(story.seed, -31)
  const reached = reachedBy(story)
  return quarters(story)
    .flatMap((day) => CSMS.map((csm) => line(csm, day, reached.get(`${csm} ${day}`) ?? { renewal: 0, expansion: 0 }, random)))
    .join('')
}

const rounded = (amount: number): number => Math.round(amount / 100) * 100

export const quotasText = (story: Story): string =>
  `csm_id,kind,starts_on,months,amount,currency\n${targets(story, (csm, day, { renewal, expansion }, random) => {
    const [renews, expands] = [rounded(renewal * random.between(0.92, 1.18)), rounded(expansion * random.between(0.8, 1.3))]
    return `${renews > 0 ? `${csm},renewal,${day},3,${renews},USD\n` : ''}${expands > 0 ? `${csm},expansion,${day},3,${expands},USD\n` : ''}`
  })}`

export const forecastsText = (story: Story): string =>
  `csm_id,starts_on,months,frozen_at,amount,currency\n${targets(story, (csm, day, { renewal }, random) => {
    const said = [25, 3].map((before, i) => ({
      at: Date.parse(`${day}T15:00:00Z`) / 60_000 - before * DAY,
      amount: rounded(renewal * random.between(i === 0 ? 0.75 : 0.88, i === 0 ? 1.3 : 1.12)),
    }))
    return renewal > 0 ? said.map(({ at, amount }) => `${csm},${day},3,${instantText(at)},${amount},USD\n`).join('') : ''
  })}`
