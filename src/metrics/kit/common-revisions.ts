import type { Day } from '../../kernel/period.ts'
import type { SettingKey } from '../../kernel/settings.ts'

interface CommonRevision {
  /** Metrics that this setting moves count otherwise: they rest on what was changed. */
  readonly setting: SettingKey
  readonly on: Day
  readonly says: string
}

/** Changes of what many metrics rest on: each is a version of all of them. */
const COMMON: readonly CommonRevision[] = [
  {
    setting: 'dunning_days',
    on: '2026-12-01',
    says: 'Reads rows that tell how a subscription stands today: it was paid until its end, its notice or its pause; an end that is not after the start ends at once, and a day is its last one. A bill of which no row says when it was due stays owed. What never got past its trial or its first bill never paid; a free month of what is paid for is a credit.',
  },
  {
    setting: 'support_calendar',
    on: '2026-12-01',
    says: 'In business time a ticket whose calendar is not known, or came before its calendar began, has no time: it was held against the usual calendar, or counted as 0 minutes. A shift over midnight counts whole.',
  },
]

/** Of metrics that say how things are at the end of a period. */
const AT_CLOSE = {
  on: '2026-12-01',
  says: 'A breakdown or filter takes the segment, owner and other attributes of an account as they are at the end of the period; before, those of its start.',
}

export const commonRevisions = (settings: readonly SettingKey[], atClose: boolean): { on: Day; says: string }[] => [
  ...COMMON.filter(({ setting }) => settings.includes(setting)).map(({ on, says }) => ({ on, says })),
  ...(atClose ? [AT_CLOSE] : []),
]
