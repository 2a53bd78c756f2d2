/** A unit of numbers: how it is called, and what stands behind a number of it. */
interface UnitWords {
  /** What the unit is, in the definition of a metric. */
  readonly says: string
  /** Head of a column of such numbers. Money is headed by its currency. */
  readonly head: string
  /** Behind one of it, and behind several. */
  readonly after: readonly [one: string, many: string]
  /** Behind a number on the screen, where a sign is shorter. Default: `after`. */
  readonly sign?: string
  /** In a sentence that names what it is about, nothing stands behind the number. */
  readonly bare?: true
  /** Behind the size of a change in a sentence. Default: nothing. */
  readonly change?: string
  /** Decimals on the screen. `measured`: as many as say something at the size of the number. */
  readonly decimals: number | 'measured'
}

/**
 * Every unit that a number can be in, with its words. The one place for definitions, schemas, web, command line and
 * sentences: a unit that is not here is a type error, and one without words too.
 */
export const UNITS = {
  money: { says: 'money, in the reporting currency', head: 'money', after: ['', ''], decimals: 2 },
  share: { says: 'share, shown in percent', head: '%', after: [' %', ' %'], change: ' points', decimals: 1 },
  ratio: { says: 'ratio', head: '×', after: ['', ''], sign: '×', decimals: 2 },
  count: { says: 'number of things', head: 'number', after: ['', ''], decimals: 0 },
  number: { says: 'number', head: 'number', after: ['', ''], decimals: 'measured' },
  points: { says: 'points', head: 'points', after: [' points', ' points'], change: ' points', decimals: 0 },
  score: { says: 'score', head: '0 to 100', after: [' of 100', ' of 100'], bare: true, change: ' points', decimals: 'measured' },
  sentiment: { says: 'sentiment', head: '−2 to 2', after: ['', ''], decimals: 2 },
  minutes: { says: 'minutes', head: 'minutes', after: [' minute', ' minutes'], change: ' minutes', decimals: 0 },
  hours: { says: 'hours', head: 'hours', after: [' hour', ' hours'], sign: '\u202fh', change: ' hours', decimals: 1 },
  days: { says: 'days', head: 'days', after: [' day', ' days'], change: ' days', decimals: 'measured' },
  months: { says: 'months', head: 'months', after: [' month', ' months'], change: ' months', decimals: 'measured' },
  per_week: { says: 'per week', head: 'a week', after: [' a week', ' a week'], decimals: 'measured' },
  per_year: { says: 'per year', head: 'a year', after: [' a year', ' a year'], decimals: 'measured' },
  per_100: { says: 'per 100', head: 'per 100', after: [' per 100', ' per 100'], decimals: 'measured' },
} as const satisfies Readonly<Record<string, UnitWords>>

export type Unit = keyof typeof UNITS
export const UNIT_IDS = Object.keys(UNITS) as [Unit, ...Unit[]]
export const isUnit = (text: string): text is Unit => Object.hasOwn(UNITS, text)
export const unitWords = (unit: Unit): UnitWords => UNITS[unit]
