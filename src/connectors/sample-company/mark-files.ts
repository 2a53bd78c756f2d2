import { addMonths } from '../../kernel/period.ts'
import { dayText } from './calendar.ts'
import type { Story } from './story.ts'

const text = (header: string, rows: readonly (readonly (string | number)[])[]): string => `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`

/** What the company aims at, a year at a time. */
export const targetsText = (story: Story): string =>
  text(
    'metric,segment,starts_on,months,value,owner',
    Array.from({ length: Math.ceil(story.months / 12) }, (_, year) => addMonths(story.firstDay, year * 12)).flatMap((from, year) => [
      ['nrr', '', from, 12, (1.02 + year * 0.02).toFixed(2), 'Ines Moreau'],
      ['grr', '', from, 12, (0.88 + year * 0.01).toFixed(2), 'Ines Moreau'],
      ['csat', '', from, 12, 0.85, 'Priya Raman'],
      ['grr', 'SMB', from, 12, 0.8, 'Jonas Keller'],
    ]),
  )

/** Invented as the company is, and said so: one counted as here, one not. */
export const benchmarksText = (story: Story): string =>
  text('metric,statistic,value,segment,publisher,year,n,definition,counted_how', [
    ['nrr', 'median', 1.03, 'B2B software', 'Invented for the sample company', story.lastDay.slice(0, 4), 212, 1, ''],
    ['nrr', 'top_quarter', 1.12, 'B2B software', 'Invented for the sample company', story.lastDay.slice(0, 4), 212, 1, ''],
    ['nrr', 'median', 1.18, 'B2B software', 'An invented vendor', story.lastDay.slice(0, 4), 60, '', 'new customers count too'],
  ])

/** What happened, as somebody wrote it down on the day. */
export const notesText = (story: Story): string =>
  text('day,text,metric,author', [
    [dayText(story.priceRise.from), 'The price of one plan rises', '', 'Ines Moreau'],
    [dayText(story.competitor.from), 'A competitor launches in one region', '', 'Tomas Halvorsen'],
    [dayText(story.supportCrisis.from), 'Support falls behind', '', 'Priya Raman'],
    [dayText(story.outage.from), 'Outage', '', 'Priya Raman'],
    [dayText(story.handover.from), 'A CSM leaves and hands over', '', 'Ines Moreau'],
  ])
