import type { Settings } from '../../src/kernel/settings.ts'
import { addDays } from '../../src/kernel/period.ts'
import type { Row } from './company.ts'
import type { FactId } from './fact-tables.ts'
import { instantOn, randomDay } from './random-subscriptions.ts'
import type { World } from './random-subscriptions.ts'
import type { Random } from './random.ts'
import type { TEAM_FACTS } from './team-facts.ts'

type Facts = { readonly [K in FactId]: Row[] }

export const teamSettings = (random: Random): Partial<Settings> => ({
  support_calendar: random.pick(['', '', 'east', 'nowhere']),
  support_clock: random.pick(['calendar', 'business']),
  first_response_target_minutes: random.pick(['480', '60', '4000']),
  coverage_days: random.pick(['90', '30', '7']),
  coverage_days_by_segment: random.pick(['', '', 'SMB=10, ent = 200']),
  churn_history_months: random.pick(['12', '3', '1']),
})

const HOURS = [
  '09:00-17:00',
  '9-17',
  '09:00-12:00, 13:00-17:30',
  '08:00-12:00, 11:00-15:00',
  '00:00-24:00',
  '01:30-03:30',
  '22:00-06:00',
  '20:00-00:30, 00:15-02:45',
  'closed',
  '',
]
const ZONES = ['America/New_York', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Europe/Berlin', '', '', 'Moon/Base']
const CSMS = ['mira', 'noor', 'tess', 'gone']
const days = (world: World): string => randomDay(world.random, '2023-09-01', '2024-08-01')
const later = (world: World, instant: string): string =>
  new Date(
    Date.parse(instant) + world.random.pick([0, 1, 60_000, 5_400_000, 36_000_000, 86_400_000, 90_000_001, 259_200_000, 1_000_000_000, 4_000_000_000]),
  ).toISOString()
const sometimes = (world: World, share: number, value: () => string): string => (world.random.chance(share) ? value() : '')

/** What belongs to no account: business hours, holidays, quotas and forecasts. */
export function listTeam(world: World, facts: Facts): void {
  const { random } = world
  for (const calendar_id of ['east', 'west', 'moon'].filter(() => random.chance(0.6))) {
    const week = () =>
      Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, random.pick(HOURS)]))
    const row = (effective_at: string) => ({
      batch: 1,
      calendar_id,
      name: '',
      time_zone: random.pick(ZONES),
      hours: random.chance(0.3) ? Array.from({ length: 7 }, () => random.pick(HOURS.slice(0, -2))).join('|') : '',
      ...(random.chance(0.3) ? {} : week()),
      ...(random.chance(0.03) ? { tuesday: 'by appointment' } : {}),
      effective_at,
    })
    // A calendar that is undated is known since always, whether or not dated ones stand beside it.
    facts.business_calendar.push(
      row(random.chance(0.6) ? '' : instantOn(world, days(world))),
      ...(random.chance(0.4) ? [row(instantOn(world, days(world)))] : []),
    )
  }
  for (let i = random.int(0, 6); i > 0; i--) facts.holiday.push({ batch: 1, day: days(world), calendar_id: random.pick(['', 'east', 'west']), name: '' })
  for (const csm_id of CSMS)
    for (const starts_on of ['2023-10-01', '2024-01-01', '2024-03-01', '2024-04-01'].filter(() => random.chance(0.7))) {
      const money = () => ({ amount: random.pick(['1000', '333.33', '12000', '0']), currency: random.pick(world.currencies) })
      facts.quota.push({ batch: 1, csm_id, kind: random.pick(['renewal', 'expansion']), starts_on, months: random.pick(['3', '1', '']), ...money() })
      for (let i = random.int(1, 3); i > 0; i--)
        facts.forecast.push({
          batch: 1,
          csm_id,
          starts_on,
          months: random.pick(['3', '1']),
          frozen_at: instantOn(world, addDays(starts_on, random.pick([-20, -1, 0, 1]))),
          ...money(),
        })
    }
}

function tickets(world: World, facts: Facts, account: string): void {
  const { random } = world
  for (let i = random.pick([0, 1, 3, 6]); i > 0; i--) {
    const ticket_id = `${account}-t${i}`
    const created_at = instantOn(world, days(world))
    const solved_at = sometimes(world, 0.5, () => later(world, created_at))
    facts.ticket.push({
      batch: 1,
      ticket_id,
      account_id: account,
      contact_id: '',
      created_at,
      created_by: random.pick(['customer', 'customer', 'agent', '']),
      channel: random.pick(['email', 'chat', '']),
      priority: random.pick(['urgent', 'low', '']),
      category: '',
      team: '',
      agent_id: random.pick(['ann', 'bob', '']),
      subject: '',
      calendar_id: random.pick(['', 'east', 'west', 'moon', 'mars']),
      first_reply_at: sometimes(world, 0.4, () => later(world, created_at)),
      first_solved_at: sometimes(world, 0.4, () => later(world, solved_at || created_at)),
      solved_at,
      merged_into: sometimes(world, 0.08, () => random.pick([`${account}-t9`, ticket_id])),
    })
    let happened_at = created_at
    for (let n = random.pick([0, 0, 3, 8]); n > 0; n--) {
      if (random.chance(0.8)) happened_at = later(world, happened_at)
      const kind = random.pick(['reply', 'status', 'status', 'assignment'])
      facts.ticket_event.push({
        batch: 1,
        ticket_id,
        event_id: random.chance(0.8) ? `${n}` : '',
        account_id: account,
        happened_at,
        kind,
        visibility: random.pick(['public', 'public', 'private', '']),
        author: random.pick(['agent', 'customer', 'automatic', 'automatic']),
        status: kind === 'status' ? random.pick(['open', 'pending', 'on_hold', 'solved', 'solved', 'closed', 'new', '']) : '',
        value: '',
      })
    }
  }
}

function work(world: World, facts: Facts, account: string): void {
  const { random } = world
  const runs = { batch: 1, account_id: account }
  for (let i = random.pick([0, 2, 5]); i > 0; i--)
    facts.touchpoint.push({
      ...runs,
      touchpoint_id: random.chance(0.8) ? `${account}-h${i}` : '',
      happened_at: instantOn(world, days(world)),
      kind: random.pick(['email', 'call', 'meeting', 'other']),
      two_way: random.pick(['', '', 'yes', 'no']),
      csm_id: '',
      contact_id: '',
      minutes: '',
      subject: '',
      state: random.pick(['', '', '', 'held', 'scheduled', 'accepted', 'rescheduled', 'declined']),
    })
  for (let i = random.pick([0, 1, 4]); i > 0; i--) {
    const created_at = instantOn(world, days(world))
    facts.task.push({
      ...runs,
      task_id: `${account}-k${i}`,
      created_at,
      due_on: sometimes(world, 0.9, () => addDays(created_at.slice(0, 10), random.int(0, 40))),
      done_at: sometimes(world, 0.7, () => later(world, created_at)),
      cancelled_at: sometimes(world, 0.1, () => later(world, created_at)),
      csm_id: random.pick(CSMS),
      playbook: random.pick(['save', '']),
      title: '',
    })
  }
  for (let i = random.pick([0, 4, 40]); i > 0; i--) {
    const started_at = instantOn(world, days(world))
    facts.play_run.push({
      ...runs,
      run_id: random.chance(0.7) ? `${account}-r${i}` : '',
      playbook: random.pick(['save', 'grow']),
      started_at,
      deadline_on: sometimes(world, 0.8, () => addDays(started_at.slice(0, 10), random.int(0, 30))),
      finished_at: sometimes(world, 0.6, () => later(world, started_at)),
      arm: random.pick(['treated', '', 'holdout', 'control']),
      success: random.pick(['yes', 'no', '']),
      success_before: random.pick(['yes', 'no', '']),
    })
  }
  for (let i = random.pick([0, 1, 3]); i > 0; i--) {
    const raised_at = instantOn(world, days(world))
    facts.signal.push({
      ...runs,
      signal_id: random.chance(0.7) ? `${account}-s${i}` : '',
      rule: random.pick(['usage_drop', 'silence']),
      raised_at,
      first_action_at: sometimes(world, 0.4, () => later(world, raised_at)),
      predicts: random.pick(['churn', 'churn', 'other', '']),
      horizon_days: random.pick(['', '10', '90']),
      event_at: sometimes(world, 0.3, () => later(world, raised_at)),
    })
  }
  if (random.chance(0.5)) {
    const started_at = instantOn(world, days(world))
    facts.onboarding.push({
      ...runs,
      onboarding_id: '',
      started_at,
      agreed_end: sometimes(world, 0.8, () => addDays(started_at.slice(0, 10), random.int(5, 60))),
      finished_at: sometimes(world, 0.7, () => later(world, started_at)),
      path: random.pick(['guided', '']),
      csm_id: '',
    })
  }
}

/** What one account asks of support, and what the team does for it. */
export function addTeam(world: World, facts: Facts, account: string): void {
  tickets(world, facts, account)
  work(world, facts, account)
}

/** What a later import may say otherwise of the same thing. */
export const TEAM_CORRECTIONS: { readonly [K in keyof typeof TEAM_FACTS]: readonly Record<string, string>[] } = {
  ticket: [{ calendar_id: 'west' }, { first_reply_at: '' }, { merged_into: 'other' }, { created_at: '2024-02-29T10:00:00.000Z' }],
  ticket_event: [{ status: 'solved' }, { visibility: 'private' }],
  business_calendar: [{ monday: '10:00-11:00' }, { time_zone: 'Europe/Berlin' }],
  holiday: [{ name: 'renamed' }],
  touchpoint: [{ two_way: 'yes' }, { two_way: 'no' }, { state: 'held' }, { state: 'rescheduled' }],
  task: [{ done_at: '2024-03-05T10:00:00.000Z' }, { due_on: '2024-03-31' }],
  play_run: [{ success: 'yes' }, { deadline_on: '2024-05-01' }],
  signal: [{ first_action_at: '2024-08-05T10:00:00.000Z' }, { event_at: '' }],
  onboarding: [{ agreed_end: '2024-03-31' }, { finished_at: '' }],
  quota: [{ amount: '777' }],
  forecast: [{ amount: '888' }],
}
