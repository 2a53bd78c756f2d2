import { weeksOf, wholeWeeks } from '../season.ts'
import { defineSign } from '../sign.ts'
import type { LastWeek } from './usage-drop.ts'
import { DROP_WEEKS, lastWeek } from './usage-drop.ts'

const RISE = { times: 2, z: 3, least: 20 }

export const unusualUse = defineSign<LastWeek>({
  id: 'unusual_use',
  name: 'Unusual use',
  says: 'An account used at least twice as much in a week as in the eight before: perhaps a story to tell.',
  class: 'opportunity',
  expires: 30,
  lingers: 14,
  opens: [{ fact: 'usage_event', days: 63 }],
  values: ({ facts, until, season }) =>
    wholeWeeks(facts.use, until) < DROP_WEEKS ? null : lastWeek(weeksOf(facts.use, until, DROP_WEEKS), season(DROP_WEEKS, until)),
  holds: ({ now, expected, z }) => now >= RISE.times * expected && z >= RISE.z && now >= RISE.least,
  evidence: ({ now, median, expected, z }) => ({ now, median, expected, z }),
  sentence: ({ now, expected }) => `Use doubled this week (${now} against ${Math.round(expected)}): a story?`,
})
