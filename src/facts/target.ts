import { date, defineFact, id, number, text } from './fact.ts'

export const target = defineFact({
  id: 'target',
  name: 'Target',
  plural: 'targets',
  says: 'The value that a metric is to have over some months, for the whole company or one segment.',
  placement: 'everywhere',
  columns: {
    metric: id('Id of the metric, such as nrr', { required: true, aliases: ['metric_id', 'kpi', 'measure'] }),
    segment: text('The segment it is for; empty for the whole company', { aliases: ['customer_segment', 'tier'] }),
    starts_on: date('First day it holds', { required: true, aliases: ['period_start', 'start', 'start_date', 'from', 'valid_from'] }),
    months: number('How many months it holds', { fallback: '12', aliases: ['length', 'period_months'], min: 1, max: 120 }),
    value: number('The value: 1.05 for 105 %, money in the reporting currency', { required: true, aliases: ['target', 'goal', 'target_value'] }),
    owner: text('Who answers for it', { aliases: ['responsible', 'set_by'] }),
  },
  identity: [
    ['metric', 'segment', 'starts_on'],
    ['metric', 'starts_on'],
  ],
  effective: 'starts_on',
  fileNames: ['metric_target', 'kpi_target', 'goal', 'okr'],
})
