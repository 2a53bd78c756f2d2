import type { ColumnHead } from '../../books/accounts/column.ts'
import { BAND_IDS } from '../../kernel/words/health.ts'
import type { Settings } from '../../kernel/settings.ts'

const head = (id: string, name: string, says: string, more: Partial<ColumnHead> = {}): ColumnHead => ({
  id,
  name,
  says,
  of: 'health',
  kind: 'number',
  unit: 'number',
  currency: null,
  better: 'context',
  ...more,
})

/** What the list can tell of the health of accounts. */
export const healthHeads = ({ reporting_currency: currency }: Pick<Settings, 'reporting_currency'>) => ({
  score: head('score', 'Health', 'The score from 0 to 100, after caps', { unit: 'score', better: 'up' }),
  band: head('band', 'Band', 'How the account is: red, amber or green, or unknown where too little is known', {
    kind: 'text',
    unit: null,
    choices: [...BAND_IDS],
  }),
  trend: head('trend', 'Trend', 'Points a week over the last eight weeks', { better: 'up' }),
  coverage: head('coverage', 'Coverage', 'Share of the weights of the model that is known', { unit: 'share', better: 'up' }),
  confidence: head('confidence', 'Confidence', 'How much the score can be relied on; never more than its coverage', { unit: 'share', better: 'up' }),
  low: head('low', 'Health at worst', 'The score with all that is missing counted 0', { unit: 'score', better: 'up' }),
  cap: head('cap', 'Capped by', 'What keeps the score down, whatever else is known', { kind: 'text', unit: null }),
  model: head('model', 'Health model', 'The model that scores it, with its version', { kind: 'text', unit: null }),
  churn_probability: head('churn_probability', 'Likely to leave', 'The chance of a decision to leave within 90 days', { unit: 'share', better: 'down' }),
  decided_on: head('decided_on', 'Decided on', 'The day of a decision to leave that is in force', { kind: 'day', unit: null }),
  next_deadline: head('next_deadline', 'Next deadline', 'The next day by which a contract must be decided about', { kind: 'day', unit: null }),
  deadline_days: head('deadline_days', 'Days to deadline', 'Days from the day of the list to the next deadline', { unit: 'days' }),
  deadline_arr: head('deadline_arr', 'ARR at the deadline', 'What hangs on the next deadline', { unit: 'money', currency }),
  hour: head('hour', 'Worth of an hour', 'Where an hour helps most: ARR x the chance that it goes, 1 once it has decided', { unit: 'money', currency }),
  hour_reason: head('hour_reason', 'Why an hour helps', 'Why an hour with this account is worth what it is', { kind: 'text', unit: null }),
})

export type HealthColumn = keyof ReturnType<typeof healthHeads>
