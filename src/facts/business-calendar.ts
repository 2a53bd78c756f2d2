import { defineFact, hours, id, instant, text, week, zone } from './fact.ts'

const onDay = (day: string) =>
  hours(
    `Hours on ${day}: 09:00-17:00, or 09:00-12:00, 13:00-17:00, or 22:00-06:00 for a shift that ends the day after; or closed. Empty takes what "hours" says`,
    { aliases: [day.slice(0, 3).toLowerCase(), `${day.toLowerCase()}_hours`] },
  )

export const businessCalendar = defineFact({
  id: 'business_calendar',
  name: 'Business calendar',
  plural: 'business calendars',
  says: 'The hours of a week in which a team works, in its own time zone, from the day they hold. Business time counts only inside them.',
  placement: 'everywhere',
  columns: {
    calendar_id: id('The calendar', { required: true, aliases: ['id', 'calendar', 'schedule', 'schedule_id'] }),
    name: text('Display name', { aliases: ['calendar_name', 'schedule_name'] }),
    time_zone: zone('Time zone of the hours; empty for the zone of the workspace', { aliases: ['zone', 'timezone', 'tz'] }),
    hours: week('Hours of the days that have none of their own: Mon-Fri 09:00-17:00, Sat 10:00-14:00', {
      aliases: ['business_hours', 'opening_hours', 'working_hours', 'office_hours', 'support_hours'],
    }),
    monday: onDay('Monday'),
    tuesday: onDay('Tuesday'),
    wednesday: onDay('Wednesday'),
    thursday: onDay('Thursday'),
    friday: onDay('Friday'),
    saturday: onDay('Saturday'),
    sunday: onDay('Sunday'),
    effective_at: instant('From when these hours hold; empty means unknown', { aliases: ['from', 'since', 'valid_from', 'start_date'] }),
  },
  identity: [['calendar_id', 'effective_at']],
  effective: 'effective_at',
  historyOf: ['calendar_id'],
  fileNames: ['business_calendar', 'business_hours', 'schedule', 'calendar'],
})
