import type { Account } from './account.ts'
import { instantText } from './calendar.ts'
import type { Contracts } from './contracts.ts'
import { TEAMS, ticketsOf } from './support.ts'
import type { Story } from './story.ts'

/** Files of support: what was asked and what happened to it, the hours in which teams work, and when they do not. */

export const SUPPORT_HEADERS = {
  tickets: 'ticket_id,account_id,contact_id,created_at,created_by,channel,priority,category,team,agent_id,subject,calendar_id,merged_into\n',
  events: 'ticket_id,event_id,account_id,happened_at,kind,visibility,author,status\n',
} as const

const SUBJECTS: Readonly<Record<string, string>> = {
  'how-to': 'How do I set this up?',
  billing: 'Question about the bill',
  bug: 'Something does not work',
  integration: 'The integration stopped',
  access: 'Cannot sign in',
}

export function ticketLines(story: Story, account: Account, contracts: Contracts): string {
  let text = ''
  for (const t of ticketsOf(story, account, contracts))
    text += `${t.id},${t.account},${account.id}-P1,${instantText(t.created)},${t.byAgent ? 'agent' : 'customer'},${t.channel},${t.priority},${t.category},${TEAMS[t.team] ?? ''},${t.agent},${SUBJECTS[t.category] ?? ''},${t.calendar},${t.mergedInto}\n`
  return text
}

export function ticketEventLines(story: Story, account: Account, contracts: Contracts): string {
  let text = ''
  for (const { id, account: of, steps } of ticketsOf(story, account, contracts))
    steps.forEach((step, i) => {
      text += `${id},${i + 1},${of},${instantText(step.at)},${step.kind},${step.visibility},${step.author},${step.status}\n`
    })
  return text
}

export const calendarsText = (): string =>
  [
    'calendar_id,name,time_zone,monday,tuesday,wednesday,thursday,friday,saturday,sunday',
    'americas,Americas desk,America/New_York,09:00-18:00,09:00-18:00,09:00-18:00,09:00-18:00,09:00-17:00,,',
    'apac,APAC desk,Asia/Singapore,09:00-18:00,09:00-18:00,09:00-18:00,09:00-18:00,09:00-18:00,,',
    'emea,EMEA desk,Europe/Berlin,"08:30-12:30, 13:00-17:30","08:30-12:30, 13:00-17:30","08:30-12:30, 13:00-17:30","08:30-12:30, 13:00-17:30",08:30-15:00,,',
    '',
  ].join('\n')

const CLOSED = [
  ['01-01', '', 'New Year'],
  ['07-04', 'americas', 'Independence Day'],
  ['10-03', 'emea', 'Day of German Unity'],
  ['08-09', 'apac', 'National Day'],
  ['12-25', '', 'Christmas'],
  ['12-26', 'emea', 'Boxing Day'],
] as const

export function holidaysText(story: Story): string {
  const years = Array.from(
    { length: Number(story.lastDay.slice(0, 4)) - Number(story.firstDay.slice(0, 4)) + 1 },
    (_, i) => Number(story.firstDay.slice(0, 4)) + i,
  )
  return ['day,calendar_id,name', ...years.flatMap((year) => CLOSED.map(([day, calendar, name]) => `${year}-${day},${calendar},${name}`)), ''].join('\n')
}
