import { accountId, boolean, choice, defineFact, id, instant, text } from './fact.ts'

export const request = defineFact({
  id: 'request',
  name: 'Request',
  plural: 'requests',
  says: 'One account behind one request: a feature it asked for or a bug that troubles it. A request of many accounts has a row for each.',
  about: 'voice',
  placement: 'account',
  columns: {
    request_id: id('The feature request or bug', {
      required: true,
      aliases: ['id', 'request', 'idea_id', 'feature_id', 'bug_id', 'issue_id', 'issue_key', 'feature', 'idea'],
    }),
    account_id: accountId('An account that asked for it', {
      required: true,
      aliases: ['account', 'customer_id', 'customer', 'requester', 'company_id', 'company', 'requested_by'],
    }),
    requested_at: instant('When the account asked', { required: true, aliases: ['date', 'created_at', 'asked_at', 'reported_at', 'voted_at', 'created'] }),
    kind: choice('What it is', {
      fallback: 'feature',
      aliases: ['type', 'issue_type', 'category'],
      choices: {
        feature: ['feature', 'feature_request', 'idea', 'improvement', 'enhancement', 'story', 'task'],
        bug: ['bug', 'defect', 'problem', 'issue', 'incident'],
      },
    }),
    title: text('What is asked for', { aliases: ['name', 'summary', 'subject', 'description'] }),
    blocking: boolean('The account cannot work, or will not renew, without it', { aliases: ['blocker', 'is_blocking', 'critical', 'must_have'] }),
    closed_at: instant('When it was delivered, fixed or withdrawn', {
      aliases: ['closed', 'resolved_at', 'delivered_at', 'shipped_at', 'done_at', 'released_at'],
    }),
  },
  identity: [['request_id', 'account_id']],
  effective: 'requested_at',
  fileNames: ['request', 'feature_request', 'idea', 'bug', 'vote'],
})
