import { accountId, choice, defineFact, id, instant, text } from './fact.ts'

export const ticket = defineFact({
  id: 'ticket',
  name: 'Ticket',
  plural: 'tickets',
  says: 'One request for support, as it stands now. What happened to it is told by ticket events; an export without events may give its first reply and its solves here.',
  about: 'care',
  placement: 'account',
  columns: {
    ticket_id: id('The ticket', {
      required: true,
      aliases: ['id', 'ticket', 'ticket_number', 'issue_key', 'key', 'case_id', 'case_number', 'conversation_id', 'number'],
    }),
    account_id: accountId('The account that asks', {
      required: true,
      aliases: ['account', 'customer_id', 'customer', 'company_id', 'company', 'organization_id', 'organization', 'org_id', 'associated_company'],
    }),
    contact_id: id('The person who asks', {
      aliases: ['contact', 'requester_id', 'requester', 'requester_email', 'reporter', 'user_id', 'associated_contact', 'email'],
    }),
    created_at: instant('When it was opened', {
      required: true,
      aliases: ['created', 'create_date', 'created_date', 'opened_at', 'date_created', 'creation_date', 'conversation_created_at'],
    }),
    created_by: choice('Who opened it', {
      fallback: 'customer',
      aliases: ['opened_by', 'initiated_by', 'author'],
      choices: {
        customer: ['customer', 'end_user', 'end-user', 'user', 'requester', 'contact', 'visitor', 'lead', 'inbound'],
        agent: ['agent', 'admin', 'staff', 'teammate', 'outbound', 'operator'],
      },
    }),
    channel: text('How it came: email, chat, phone, form ...', {
      aliases: ['via', 'via_channel', 'ticket_channel', 'source_channel', 'origin', 'conversation_channel', 'ticket_source'],
    }),
    priority: choice('How urgent it is', {
      fallback: 'normal',
      aliases: ['ticket_priority', 'severity', 'urgency'],
      choices: {
        low: ['low', 'lowest', 'minor', 'trivial', 'p4', 'p5', 'sev4'],
        normal: ['normal', 'medium', 'moderate', 'p3', 'sev3', 'not_priority', 'none'],
        high: ['high', 'major', 'p2', 'sev2', 'priority'],
        urgent: ['urgent', 'highest', 'critical', 'blocker', 'p1', 'p0', 'sev1', 'emergency'],
      },
    }),
    category: text('What it is about', { aliases: ['ticket_type', 'issue_type', 'type', 'topic', 'reason', 'ticket_category', 'request_type'] }),
    team: text('Team that works on it', { aliases: ['group', 'assigned_group', 'group_name', 'queue', 'team_assigned', 'pipeline'] }),
    agent_id: id('Who works on it', { aliases: ['agent', 'assignee', 'assignee_id', 'assigned_to', 'owner', 'owner_id', 'ticket_owner', 'teammate_assigned'] }),
    subject: text('Its subject', { aliases: ['title', 'summary', 'ticket_name', 'name', 'ticket_subject'] }),
    calendar_id: id('Business calendar it is worked under; empty for the usual one', { aliases: ['calendar', 'schedule', 'schedule_id', 'business_hours'] }),
    first_reply_at: instant('First public reply by a person, where no event says so', {
      aliases: ['first_response_at', 'first_replied_at', 'first_agent_reply_date', 'first_response_date', 'first_admin_reply_at'],
    }),
    first_solved_at: instant('First time it was solved, where no event says so', {
      aliases: ['first_resolved_at', 'first_resolution_at', 'first_closed_at', 'first_close_at'],
    }),
    solved_at: instant('Last time it was solved, where no event says so; empty while it is open', {
      aliases: ['resolved', 'resolved_at', 'resolution_date', 'close_date', 'closed_at', 'closed_date', 'last_close_at', 'last_closed_at'],
    }),
    merged_into: id('The ticket that this one was merged into', { aliases: ['merged_to', 'duplicate_of', 'merged_ticket_id'] }),
  },
  identity: [['ticket_id']],
  effective: 'created_at',
  fileNames: ['ticket', 'issue', 'conversation', 'case', 'request'],
})
