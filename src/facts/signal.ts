import { accountId, choice, defineFact, id, instant, number, text } from './fact.ts'

export const signal = defineFact({
  id: 'signal',
  name: 'Signal',
  plural: 'signals',
  says: 'One warning or hint that a rule raised for an account, and what it foretells.',
  about: 'care',
  placement: 'account',
  columns: {
    signal_id: id('The signal; without it account, rule and time tell them apart', { aliases: ['id', 'alert_id', 'warning_id', 'cta_id'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    rule: text('The rule that raised it', { required: true, aliases: ['kind', 'type', 'signal', 'alert', 'alert_type', 'name', 'trigger'] }),
    raised_at: instant('When it was raised', { required: true, aliases: ['raised', 'created_at', 'created', 'triggered_at', 'fired_at', 'date', 'timestamp'] }),
    first_action_at: instant('First answer to it; where empty, the first touchpoint or task of the account after it', {
      aliases: ['acted_at', 'first_action', 'acknowledged_at', 'responded_at', 'actioned_at'],
    }),
    predicts: choice('What it foretells', {
      fallback: 'churn',
      aliases: ['event', 'predicted_event', 'risk_type', 'foretells'],
      choices: {
        churn: ['churn', 'loss', 'risk', 'cancellation', 'non_renewal'],
        contraction: ['contraction', 'downgrade', 'downsell'],
        expansion: ['expansion', 'upsell', 'opportunity', 'cross_sell', 'upgrade'],
        other: ['other'],
      },
    }),
    horizon_days: number('Days within which it is to come', { fallback: '90', aliases: ['horizon', 'within_days', 'lead_days'], min: 1, max: 730 }),
    event_at: instant('When what it foretold came about; where empty, MRR movements say so for churn, contraction and expansion', {
      aliases: ['outcome_at', 'event_date', 'outcome_date', 'happened_at'],
    }),
  },
  identity: [['signal_id'], ['account_id', 'rule', 'raised_at']],
  effective: 'raised_at',
  fileNames: ['signal', 'alert', 'warning', 'early_warning', 'risk'],
})
