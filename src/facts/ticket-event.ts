import { accountId, choice, defineFact, id, instant, text } from './fact.ts'

export const ticketEvent = defineFact({
  id: 'ticket_event',
  name: 'Ticket event',
  plural: 'ticket events',
  says: 'One thing that happened to a ticket: a comment, a change of its status, assignment or priority.',
  placement: 'account',
  columns: {
    ticket_id: id('The ticket', { required: true, aliases: ['ticket', 'ticket_number', 'issue_key', 'issue_id', 'case_id', 'conversation_id'] }),
    event_id: id('The event; without it ticket, time, kind and author tell events apart', { aliases: ['id', 'comment_id', 'part_id', 'conversation_part_id'] }),
    account_id: accountId('The account of the ticket', {
      required: true,
      aliases: ['account', 'customer_id', 'customer', 'company_id', 'organization_id', 'org_id'],
    }),
    happened_at: instant('When it happened', {
      required: true,
      aliases: ['at', 'time', 'timestamp', 'created_at', 'created', 'date', 'event_time', 'changed_at', 'updated_at'],
    }),
    kind: choice('What happened', {
      required: true,
      aliases: ['type', 'event_type', 'event', 'action', 'part_type', 'change_type', 'field_changed'],
      choices: {
        reply: ['reply', 'comment', 'note', 'message', 'email', 'public_reply', 'response'],
        status: ['status', 'status_change', 'state', 'transition', 'open', 'close', 'snoozed', 'unsnoozed'],
        assignment: ['assignment', 'assignee', 'assigned', 'group', 'owner'],
        priority: ['priority', 'priority_change', 'severity'],
      },
    }),
    visibility: choice('Whether the customer can see it', {
      fallback: 'public',
      aliases: ['public', 'is_public', 'comment_public', 'privacy'],
      choices: { public: ['public', 'true', 'yes', '1', 't', 'external'], private: ['private', 'internal', 'false', 'no', '0', 'f', 'note'] },
    }),
    author: choice('Who did it; what no person wrote is automatic', {
      fallback: 'agent',
      aliases: ['by', 'actor', 'author_type', 'author_role', 'role', 'sender_type', 'performed_by'],
      choices: {
        customer: ['customer', 'end_user', 'end-user', 'user', 'requester', 'contact', 'lead', 'visitor'],
        agent: ['agent', 'admin', 'staff', 'teammate', 'operator', 'human'],
        automatic: ['automatic', 'automation', 'bot', 'trigger', 'system', 'macro', 'workflow', 'rule', 'api', 'ai', 'fin', 'auto_reply'],
      },
    }),
    status: choice('The status from then on, when that changed', {
      aliases: ['new_status', 'to_status', 'status_to', 'new_state', 'to_state', 'to'],
      choices: {
        new: ['new', 'created', 'to_do', 'backlog', 'waiting_on_us'],
        open: ['open', 'reopened', 'in_progress', 'active', 'assigned', 'waiting_for_support', 'unsnoozed'],
        pending: ['pending', 'waiting_on_contact', 'waiting_for_customer', 'waiting_on_customer', 'awaiting_reply', 'snoozed'],
        on_hold: ['on_hold', 'hold', 'blocked', 'waiting_on_third_party', 'escalated'],
        solved: ['solved', 'resolved', 'done', 'completed', 'fixed'],
        closed: ['closed', 'close', 'cancelled', 'archived'],
      },
    }),
    value: text('The agent, team or priority from then on, when that changed', { aliases: ['new_value', 'assigned_to', 'to_value', 'after'] }),
  },
  identity: [
    ['ticket_id', 'event_id'],
    ['ticket_id', 'happened_at', 'kind', 'author'],
  ],
  ownId: 'event_id',
  effective: 'happened_at',
  fileNames: ['ticket_event', 'ticket_audit', 'ticket_history', 'ticket_comment', 'issue_history', 'conversation_part', 'audit'],
})
