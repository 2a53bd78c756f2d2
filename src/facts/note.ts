import { date, defineFact, id, text } from './fact.ts'

export const note = defineFact({
  id: 'note',
  name: 'Note',
  plural: 'notes',
  says: 'Something that happened on a day and explains numbers: a price change, an outage, a new pricing page.',
  placement: 'everywhere',
  columns: {
    day: date('The day', { required: true, aliases: ['date', 'happened_on', 'noted_on'] }),
    text: text('What happened', { required: true, aliases: ['note', 'annotation', 'comment', 'remark', 'what'] }),
    metric: id('Id of the metric it is about; empty for all', { aliases: ['metric_id', 'kpi'] }),
    author: text('Who wrote it', { aliases: ['by', 'written_by', 'noted_by'] }),
  },
  identity: [['day', 'text'], ['day']],
  effective: 'day',
  fileNames: ['note', 'annotation', 'remark'],
})
