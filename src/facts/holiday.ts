import { date, defineFact, id, text } from './fact.ts'

export const holiday = defineFact({
  id: 'holiday',
  name: 'Holiday',
  plural: 'holidays',
  says: 'One day on which a business calendar is closed.',
  placement: 'everywhere',
  columns: {
    day: date('The day', { required: true, aliases: ['date', 'holiday', 'holiday_date', 'closed_on'] }),
    calendar_id: id('The calendar; empty for all of them', { aliases: ['calendar', 'schedule', 'schedule_id'] }),
    name: text('What is celebrated', { aliases: ['title', 'holiday_name', 'description'] }),
  },
  identity: [['day', 'calendar_id'], ['day']],
  effective: 'day',
  fileNames: ['holiday', 'public_holiday', 'closing_day'],
})
