import { accountId, boolean, defineFact, id, instant, text } from './fact.ts'

export const usageEvent = defineFact({
  id: 'usage_event',
  name: 'Usage event',
  plural: 'usage events',
  says: 'One thing that one user of an account did in the product at an instant. Bots, own staff and impersonation are marked and left out of every number.',
  about: 'use',
  placement: 'account',
  columns: {
    event_id: id('The event, where its source numbers events', { aliases: ['id', 'message_id', 'insert_id', 'uuid', 'event_uuid'] }),
    account_id: accountId('The account of the user', {
      required: true,
      aliases: ['account', 'customer_id', 'company_id', 'org_id', 'organization_id', 'group_id', 'workspace_id'],
    }),
    user_id: id('The user', { required: true, aliases: ['user', 'member_id', 'person_id', 'distinct_id', 'visitor_id'] }),
    occurred_at: instant('When it happened', { required: true, aliases: ['timestamp', 'time', 'at', 'event_time', 'sent_at', 'created_at', 'date'] }),
    event: text('Name of the event', { required: true, aliases: ['event_name', 'event_type', 'action', 'name', 'type'] }),
    feature: id('The feature that was used, by its id', { aliases: ['feature_id', 'module', 'area', 'feature_name'] }),
    product: text('Product', { aliases: ['product_id', 'product_name', 'app'] }),
    platform: text('Where it was used: web, ios, android, api ...', { aliases: ['channel', 'device', 'client', 'os', 'device_type'] }),
    user_role: text('Role of the user in the product', { aliases: ['role', 'user_type', 'persona'] }),
    session_id: id('Session as its source counts sessions: a hint that changes no number', { aliases: ['session', 'visit_id'] }),
    is_internal: boolean('A bot, own staff or somebody signed in for the user: left out of every number', {
      aliases: ['internal', 'is_bot', 'bot', 'is_staff', 'impersonated', 'is_test'],
    }),
  },
  identity: [['event_id'], ['account_id', 'user_id', 'event', 'feature', 'occurred_at'], ['account_id', 'user_id', 'event', 'occurred_at']],
  ownId: 'event_id',
  effective: 'occurred_at',
  restates: false,
  marksRevisions: true,
  fileNames: ['usage_event', 'usage', 'event', 'product_use', 'analytics', 'track'],
})
