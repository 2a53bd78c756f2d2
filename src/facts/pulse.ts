import { accountId, choice, defineFact, instant, text } from './fact.ts'

export const pulse = defineFact({
  id: 'pulse',
  name: 'Pulse',
  plural: 'pulses',
  says: "A CSM's own view of how an account is, with the reason for it. It moves no score; where the two disagree, that is shown.",
  about: 'care',
  placement: 'account',
  columns: {
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    set_at: instant('When it was set', { required: true, aliases: ['set_on', 'date', 'created_at', 'created', 'updated_at', 'rated_at', 'timestamp'] }),
    value: choice('The view; purple is no view', {
      required: true,
      aliases: ['pulse', 'csm_pulse', 'account_pulse', 'csm_sentiment', 'csm_rating', 'csm_health', 'manual_health', 'rag', 'rag_status'],
      choices: {
        green: ['green', 'good', 'healthy', 'happy', 'on_track', 'positive'],
        amber: ['amber', 'yellow', 'orange', 'watch', 'at_watch', 'needs_attention', 'concerned', 'neutral', 'fair'],
        red: ['red', 'bad', 'poor', 'unhealthy', 'unhappy', 'at_risk', 'negative', 'critical'],
        purple: ['purple', 'grey', 'gray', 'no_view', 'unknown', 'unrated', 'not_rated'],
      },
    }),
    reason: text('Why', { required: true, aliases: ['why', 'comment', 'comments', 'explanation', 'justification', 'pulse_reason', 'pulse_comment'] }),
    author: text('Whose view it is', { aliases: ['by', 'csm', 'csm_id', 'set_by', 'owner', 'rated_by', 'created_by'] }),
  },
  identity: [['account_id', 'set_at']],
  effective: 'set_at',
  fileNames: ['pulse', 'csm_pulse', 'csm_sentiment', 'account_pulse'],
})
