import { describe, expect, it } from 'vitest'
import { guessFacts, undecidedFacts } from './guess.ts'

/** Headers as common tools export them, with the fact each file holds and where its columns go. */
const EXPORTS: readonly (readonly [tool: string, file: string, headers: string, fact: string, to: Readonly<Record<string, string>>])[] = [
  [
    'Zendesk',
    'tickets.csv',
    'Id,Requester,Organization,Subject,Status,Priority,Via,Ticket type,Group,Assignee,Created at,Solved at',
    'ticket',
    { Id: 'ticket_id', Organization: 'account_id', Via: 'channel', Group: 'team', Assignee: 'agent_id', 'Solved at': 'solved_at' },
  ],
  [
    'Jira',
    'issues.csv',
    'Issue key,Summary,Issue Type,Priority,Assignee,Reporter,Organization,Created,Resolved',
    'ticket',
    { 'Issue key': 'ticket_id', Summary: 'subject', 'Issue Type': 'category', Resolved: 'solved_at', Reporter: 'contact_id' },
  ],
  [
    'HubSpot',
    'hubspot-tickets.csv',
    'Ticket ID,Ticket name,Create date,Close date,Priority,Source,Ticket owner,Associated Company,First agent reply date',
    'ticket',
    {
      'Ticket ID': 'ticket_id',
      'Create date': 'created_at',
      'Close date': 'solved_at',
      'Associated Company': 'account_id',
      'First agent reply date': 'first_reply_at',
    },
  ],
  [
    'Intercom',
    'conversations.csv',
    'Conversation ID,Company ID,Conversation created at,First close at,Last close at,First admin reply at,Teammate assigned,Team assigned,Channel',
    'ticket',
    {
      'Conversation ID': 'ticket_id',
      'Company ID': 'account_id',
      'First close at': 'first_solved_at',
      'Last close at': 'solved_at',
      'First admin reply at': 'first_reply_at',
      'Teammate assigned': 'agent_id',
    },
  ],
  [
    'Zendesk',
    'ticket_comments.csv',
    'Ticket ID,Comment ID,Organization ID,Created at,Type,Public,Author role',
    'ticket_event',
    { 'Ticket ID': 'ticket_id', 'Comment ID': 'event_id', 'Created at': 'happened_at', Public: 'visibility', 'Author role': 'author' },
  ],
  [
    'HubSpot',
    'meetings.csv',
    'Activity ID,Activity type,Activity date,Associated Company,Associated Contact,Activity assigned to,Duration',
    'touchpoint',
    { 'Activity date': 'happened_at', 'Activity type': 'kind', 'Associated Company': 'account_id', Duration: 'minutes' },
  ],
  [
    'Gainsight',
    'tasks.csv',
    'Task ID,Company,Subject,Due Date,Completed Date,Owner,Playbook,Created Date',
    'task',
    { 'Due Date': 'due_on', 'Completed Date': 'done_at', Playbook: 'playbook', Owner: 'csm_id' },
  ],
  ['a sheet', 'quotas.csv', 'CSM,Type,Quarter,Quota,Currency', 'quota', { Quarter: 'starts_on', Quota: 'amount', Type: 'kind' }],
  ['a sheet', 'renewal_forecast.csv', 'CSM,Quarter,Submitted at,Forecast,Currency', 'forecast', { Forecast: 'amount', 'Submitted at': 'frozen_at' }],
  [
    'a sheet',
    'business_hours.csv',
    'Schedule,Timezone,Mon,Tue,Wed,Thu,Fri',
    'business_calendar',
    { Schedule: 'calendar_id', Timezone: 'time_zone', Mon: 'monday', Fri: 'friday' },
  ],
  ['a sheet', 'holidays.csv', 'Date,Schedule,Name', 'holiday', { Date: 'day', Schedule: 'calendar_id' }],
  [
    'a sheet',
    'onboarding.csv',
    'Account,Kickoff date,Target date,Go live date,Template',
    'onboarding',
    { 'Target date': 'agreed_end', 'Go live date': 'finished_at', Template: 'path' },
  ],
  [
    'HubSpot',
    'meetings.csv',
    'Activity ID,Meeting start time,Associated Company,Associated Contact,Meeting outcome,Duration',
    'touchpoint',
    { 'Meeting start time': 'happened_at', 'Meeting outcome': 'state', 'Associated Company': 'account_id' },
  ],
  [
    'a CRM',
    'contracts.csv',
    'Contract ID,Account,Start date,Status,Price,Currency,Contract term,Notice period (days),Auto-renewal,Renewal date',
    'subscription_version',
    { 'Notice period (days)': 'notice_days', 'Auto-renewal': 'auto_renew', 'Renewal date': 'renews_at', 'Contract term': 'term_months' },
  ],
  ['a sheet', 'csm_pulse.csv', 'Account,Date,CSM pulse,Reason,CSM', 'pulse', { Date: 'set_at', 'CSM pulse': 'value', Reason: 'reason', CSM: 'author' }],
  [
    'a CRM',
    'contacts.csv',
    'Contact ID,Account,Full name,Buying role,Champion,Decision maker,Left company on',
    'contact',
    { 'Buying role': 'role', Champion: 'is_champion', 'Decision maker': 'is_executive', 'Left company on': 'left_at' },
  ],
]

describe('exports of support and team work', () => {
  it.each(EXPORTS)('%s: %s', (_tool, file, headers, fact, to) => {
    const guesses = guessFacts(headers.split(','), file)
    expect(guesses[0]?.fact.id).toBe(fact)
    expect(undecidedFacts(guesses).map((guess) => guess.fact.id)).toEqual([])
    const columns = new Map(guesses[0]?.columns.map((column) => [column.header, column.to]))
    expect(Object.fromEntries(Object.keys(to).map((header) => [header, columns.get(header)]))).toEqual(to)
    expect(guesses[0]?.missing).toEqual([])
  })
})
