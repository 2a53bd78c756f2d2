import { accountId, defineFact, id, instant, number, text } from './fact.ts'

export const outcomeMeasurement = defineFact({
  id: 'outcome_measurement',
  name: 'Outcome measurement',
  plural: 'outcome measurements',
  says: 'Where a desired outcome stood at a time, on what evidence, and whether the customer confirmed it.',
  about: 'value',
  placement: 'account',
  isAnswer: true,
  columns: {
    measurement_id: id('Your own id of the measurement', { aliases: ['id', 'update_id', 'checkpoint_id'] }),
    outcome_id: id('The outcome', { required: true, aliases: ['outcome', 'objective_id', 'goal_id'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    measured_at: instant('When it was measured', { required: true, aliases: ['date', 'measured_on', 'as_of', 'recorded_at', 'created_at', 'updated_at'] }),
    value: number('The value', { required: true, aliases: ['current_value', 'actual', 'actual_value', 'measured_value', 'result'] }),
    evidence: text('Where the value comes from', { aliases: ['source', 'proof', 'link', 'note', 'notes', 'comment'] }),
    confirmed_at: instant('When the customer confirmed it; empty while they have not', {
      aliases: ['confirmed', 'customer_confirmed_at', 'signed_off_at', 'confirmation_date', 'approved_at'],
    }),
  },
  identity: [['measurement_id'], ['outcome_id', 'measured_at']],
  effective: 'measured_at',
  fileNames: ['measurement', 'outcome_measurement', 'outcome_update', 'goal_update', 'progress'],
})
