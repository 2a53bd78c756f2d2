import { defineFact, id, instant, text } from './fact.ts'

const hours = (day: string) => text(`Hours on ${day}: 09:00-17:00, or 09:00-12:00, 13:00-17:00; empty is closed`, { aliases: [day.slice(0, 3).toLowerCase(), `${day.toLowerCase()}_hours`] })

export const businessCalendar = defineFact({
  id: 'business_calendar',
  name: 'Business calendar',
  plural: 'business calendars',
  says: 'The hours of a week in which a team works, in its own time zone, from the day they hold. Business time counts only inside them.',
  placement: 'everywhere',
  columns: {
    calendar_id: id('The calendar', { required: true, aliases: ['id', 'calendar', 'schedule', 'schedule_id'] }),
    name: text('Display name', { aliases: ['calendar_name', 'schedule_name'] }),
    time_zone: text('IANA time zone of the hours; empty for the zone of the workspace', { aliases: ['zone', 'timezone', 'tz'] }),
    monday: hours('Monday'),
    tuesday: hours('Tuesday'),
    wednesday: hours('Wednesday'),
    thursday: hours('Thursday'),
    friday: hours('Friday'),
    saturday: hours('Saturday'),
    sunday: hours('Sunday'),
    effective_at: instant('From when these hours hold; empty means unknown', { aliases: ['from', 'since', 'valid_from', 'start_date'] }),
  },
  identity: [['calendar_id', 'effective_at']],
  effective: 'effective_at',
  historyOf: ['calendar_id'],
  fileNames: ['business_calendar', 'business_hours', 'schedule', 'calendar'],
})
