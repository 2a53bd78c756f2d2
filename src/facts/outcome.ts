import { accountId, currency, date, defineFact, id, instant, money, number, text } from './fact.ts'

export const outcome = defineFact({
  id: 'outcome',
  name: 'Desired outcome',
  plural: 'desired outcomes',
  says: 'One result that an account wants to reach, in its own words, with where it starts and where it wants to be.',
  about: 'value',
  placement: 'account',
  columns: {
    outcome_id: id('Your own id of the outcome', { required: true, aliases: ['id', 'objective_id', 'goal_id', 'outcome'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    defined_at: instant('When it was agreed', { required: true, aliases: ['date', 'created_at', 'agreed_at', 'start_date', 'set_at', 'created'] }),
    name: text("The outcome in the customer's words", { aliases: ['title', 'objective', 'goal', 'description', 'success_criterion'] }),
    type: text('Sort of outcome: cost, revenue, time, risk, adoption ...', { aliases: ['category', 'kind', 'outcome_type', 'objective_category'] }),
    unit: text('Unit of the values: hours, %, EUR ...', { aliases: ['uom', 'measure', 'metric'] }),
    baseline: number('Value when it was agreed', {
      required: true,
      aliases: ['start_value', 'from_value', 'initial_value', 'starting_point', 'current_state'],
    }),
    target: number('Value that is wanted; below the baseline for what should fall', {
      required: true,
      aliases: ['target_value', 'goal_value', 'to_value', 'desired_value'],
    }),
    due_on: date('When it should be reached', { aliases: ['due', 'due_date', 'target_date', 'deadline'] }),
    weight: number('Weight among the outcomes of the account', { fallback: '1', aliases: ['importance', 'priority'], min: 0 }),
    money_value: money('What reaching it is worth to the customer', { aliases: ['value', 'worth', 'business_value', 'expected_value', 'benefit'] }),
    currency: currency('Currency of that worth'),
    closed_at: instant('When it was given up or replaced; empty while it stands', { aliases: ['closed', 'dropped_at', 'abandoned_at', 'archived_at'] }),
  },
  identity: [['outcome_id']],
  effective: 'defined_at',
  fileNames: ['outcome', 'objective', 'goal', 'success_plan', 'success_criteria'],
})
