import { defineMetric } from '../kit/metric.ts'
import { OPEN_TIME_BESIDES, openMedian } from '../kit/open-times.ts'
import { clocked, ticketReplies, unclocked } from '../rows/tickets.ts'

const NEW_YORK = {
  calendar_id: 'ny',
  time_zone: 'America/New_York',
  monday: '09:00-17:00',
  tuesday: '09:00-17:00',
  wednesday: '09:00-17:00',
  thursday: '09:00-17:00',
  friday: '09:00-17:00',
}
const ticket = { ticket_id: '1', account_id: 'a', calendar_id: 'ny', created_at: '2024-03-08T21:30:00Z' }
const reply = { ticket_id: '1', account_id: 'a', event_id: '1', kind: 'reply', visibility: 'public', author: 'agent', happened_at: '2024-03-11T14:15:00Z' }
const change = { ticket_id: '1', account_id: 'a', kind: 'status' }
const facts = { business_calendar: [NEW_YORK], ticket: [ticket], ticket_event: [reply] }
const answeredAfter = (minutes: number) => ({
  ticket_id: `m${minutes}`,
  account_id: 'a',
  created_at: '2024-03-05T10:00:00Z',
  first_reply_at: `2024-03-05T10:0${minutes}:00Z`,
})

export const firstResponseTime = defineMetric({
  id: 'first_response_time',
  name: 'First response time',
  says: 'Minutes from the opening of a ticket to the first public reply by a person: the median of the tickets answered in the period. Automatic and private replies do not count; where a bot answered and solved it, the time begins when the customer came back.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'ticket',
  unit: 'minutes',
  better: 'down',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'median of {replies}',
  nullWhen: 'No ticket was answered in the period, or none of them by a calendar that is known.',
  measures: {
    replies: {
      of: ticketReplies,
      each: 'assumeNotNull(minutes)',
      when: 'isNotNull(minutes)',
      reached: 'answered',
      label: 'Minutes to the first reply',
      kind: 'tally',
    },
    unclocked: unclocked(ticketReplies),
  },
  value: clocked(openMedian('replies', 'no_replies', 'first_response_time')),
  n: 'replies',
  ownInterval: 'bootstrap of the median; log-log Greenwood with more than 5 % unanswered',
  besides: OPEN_TIME_BESIDES,
  options: ticketReplies.options,
  settings: ['time_zone', 'support_calendar', 'support_clock'],
  aliases: ['FRT', 'first reply time', 'first time to response'],
  disagreements: [
    {
      anchor: 'Zendesk',
      says: 'measures the same; of a ticket opened by an agent with a public comment the time ends at the next public comment by an agent, as here.',
    },
    {
      anchor: 'Chatwoot',
      says: 'begins anew with every reopening before a reply; here only where a bot had answered, so that a close without an answer hides no wait.',
    },
    { anchor: 'Means', says: 'are common elsewhere; one forgotten ticket moves them by hours, so the mean only stands beside.' },
  ],
  revisions: [
    {
      on: '2026-12-01',
      says: 'A ticket that a bot answered and solved, and that was reopened before a person replied, is timed from the reopening: what lay between was nobody’s wait.',
    },
  ],
  examples: [
    {
      says: 'frt_business_and_dst: Friday 16:30 to Monday 10:15 in New York over the clock change, in business minutes',
      facts,
      ask: { from: '2024-03-01', until: '2024-04-01', options: { clock: 'business' } },
      value: 105,
    },
    { says: 'frt_business_and_dst: the same in calendar minutes', facts, value: 3885 },
    { says: 'quantiles: 1, 2, 3, 4', facts: { ticket: [1, 2, 3, 4].map(answeredAfter) }, value: 2.5, parts: { p90: 3.7, mean: 2.5, open: 0 } },
    {
      says: 'automatic and private replies do not count, nor the comment with which an agent opened the ticket',
      facts: {
        ticket: [{ ticket_id: '1', account_id: 'a', created_by: 'agent', created_at: '2024-03-05T10:00:00Z' }],
        ticket_event: [
          { ...reply, event_id: '1', happened_at: '2024-03-05T10:00:00Z' },
          { ...reply, event_id: '2', happened_at: '2024-03-05T10:01:00Z', author: 'automatic' },
          { ...reply, event_id: '3', happened_at: '2024-03-05T10:02:00Z', visibility: 'private' },
          { ...reply, event_id: '4', happened_at: '2024-03-05T10:30:00Z' },
        ],
      },
      value: 30,
    },
    {
      says: 'a bot answered and solved it; the customer came back days later and had an answer in ten minutes',
      facts: {
        ticket: [{ ticket_id: '1', account_id: 'a', created_at: '2024-03-05T09:00:00Z' }],
        ticket_event: [
          { ...reply, event_id: '1', happened_at: '2024-03-05T09:05:00Z', author: 'automatic' },
          { ...change, event_id: '2', happened_at: '2024-03-05T09:05:00Z', author: 'automatic', status: 'solved' },
          { ...change, event_id: '3', happened_at: '2024-03-09T14:00:00Z', author: 'customer', status: 'open' },
          { ...reply, event_id: '4', happened_at: '2024-03-09T14:10:00Z' },
        ],
      },
      value: 10,
    },
    {
      says: 'closed by the clock without any answer: the customer has waited since the opening',
      facts: {
        ticket: [{ ticket_id: '1', account_id: 'a', created_at: '2024-03-05T09:00:00Z' }],
        ticket_event: [
          { ...change, event_id: '2', happened_at: '2024-03-05T10:00:00Z', author: 'automatic', status: 'solved' },
          { ...change, event_id: '3', happened_at: '2024-03-05T11:00:00Z', author: 'customer', status: 'open' },
          { ...reply, event_id: '4', happened_at: '2024-03-05T11:10:00Z' },
        ],
      },
      value: 130,
    },
    {
      says: 'with more than 5 % unanswered the waiting ones count with their age (Kaplan-Meier)',
      facts: { ticket: [...[1, 2].map(answeredAfter), { ticket_id: 'open', account_id: 'a', created_at: '2024-03-31T23:00:00Z' }] },
      value: 2,
      parts: { open: 1, oldest: 60 },
    },
    {
      says: 'a ticket that names a calendar nobody knows has no business time, whatever the usual calendar is',
      facts: { business_calendar: [NEW_YORK], ticket: [{ ...ticket, calendar_id: 'moon' }], ticket_event: [reply] },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { clock: 'business' } },
      value: null,
      null_reason: 'no_business_time',
      parts: { unclocked: 1 },
    },
    {
      says: '... nor has one that came before its calendar began; one that came later has',
      facts: {
        business_calendar: [{ ...NEW_YORK, effective_at: '2024-03-10T05:00:00Z' }],
        ticket: [ticket, { ...ticket, ticket_id: '2', created_at: '2024-03-11T13:30:00Z' }],
        ticket_event: [reply, { ...reply, ticket_id: '2' }],
      },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { clock: 'business' } },
      value: 45,
      parts: { unclocked: 1 },
    },
    {
      says: 'a shift over midnight is one stretch: 23:00 to 05:00 are six hours of 22:00-06:00',
      facts: {
        business_calendar: [{ calendar_id: 'night', time_zone: 'UTC', hours: Array(7).fill('22:00-06:00').join('|') }],
        ticket: [{ ...ticket, calendar_id: 'night', created_at: '2024-03-05T23:00:00Z' }],
        ticket_event: [{ ...reply, happened_at: '2024-03-06T05:00:00Z' }],
      },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { clock: 'business' } },
      value: 360,
    },
    {
      says: 'a day that is said to be closed is closed, whatever the hours of the week are',
      facts: {
        business_calendar: [{ calendar_id: 'shop', time_zone: 'UTC', hours: Array(7).fill('09:00-17:00').join('|'), friday: 'closed' }],
        ticket: [{ ...ticket, calendar_id: 'shop', created_at: '2024-03-07T16:00:00Z' }],
        ticket_event: [{ ...reply, happened_at: '2024-03-09T10:00:00Z' }],
      },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { clock: 'business' } },
      value: 120,
    },
    {
      says: 'hours or a zone that cannot be read are not known, not closed and not those of the workspace',
      facts: {
        business_calendar: [
          { ...NEW_YORK, friday: 'by appointment' },
          { ...NEW_YORK, calendar_id: 'la', time_zone: 'America/LosAngeles' },
        ],
        ticket: [ticket, { ...ticket, ticket_id: '2', calendar_id: 'la' }],
        ticket_event: [reply, { ...reply, ticket_id: '2' }],
      },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { clock: 'business' } },
      value: null,
      null_reason: 'no_business_time',
      parts: { unclocked: 2 },
    },
    {
      says: 'nothing answered',
      facts: { ticket: [{ ticket_id: '1', account_id: 'a', created_at: '2024-03-31T23:00:00Z' }] },
      value: null,
      null_reason: 'no_replies',
      parts: { open: 1 },
    },
  ],
})
