import { choice, currency, date, defineFact, id, money, number, text } from './fact.ts'

export const cost = defineFact({
  id: 'cost',
  name: 'Cost',
  plural: 'costs',
  says: 'What one category of work cost in one month, and how much of it went to keeping existing customers.',
  about: 'care',
  placement: 'everywhere',
  columns: {
    month: date('The month, by its first day', { required: true, aliases: ['period', 'date', 'cost_month'] }),
    category: id('What it was spent on', { required: true, aliases: ['type', 'account_name', 'cost_center', 'cost_centre', 'line'] }),
    amount: money('Amount spent', { required: true, aliases: ['cost', 'value', 'total', 'spend'] }),
    currency: currency('Currency of the amount', { required: true }),
    purpose: choice('Whether it keeps customers or wins them', {
      fallback: 'retention',
      choices: { retention: ['retention', 'existing', 'cs', 'support'], acquisition: ['acquisition', 'new', 'sales', 'marketing'] },
    }),
    share: number('Share of the amount that went to that purpose', { aliases: ['share_existing', 'existing_share'], fallback: '1', min: 0, max: 1 }),
    cost_id: id('Your own id of the line; without it month, category, purpose and description tell lines apart', {
      aliases: ['id', 'line_id', 'expense_id', 'transaction_id', 'entry_id'],
    }),
    description: text('What it was', { aliases: ['details', 'memo', 'note', 'notes', 'vendor', 'supplier', 'item', 'name'] }),
  },
  identity: [['cost_id'], ['month', 'category', 'purpose']],
  identityAlso: ['description'],
  statuses: { leftOut: ['void', 'voided', 'draft', 'deleted'], asked: ['rejected', 'declined', 'pending', 'cancelled', 'canceled'] },
  effective: 'month',
  fileNames: ['cost', 'expense', 'spend', 'budget'],
})
