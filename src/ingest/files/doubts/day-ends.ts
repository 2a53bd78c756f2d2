import type { FactDefinition } from '../../../facts/fact.ts'
import { namesMoment } from '../header-words.ts'
import type { StagedRow } from '../../record/staged-row.ts'
import type { Ambiguity, Mapping } from '../types.ts'
import { answerTo, cellAt, createExamples } from './doubt.ts'
import type { Doubt, Doubtful } from './doubt.ts'

const HOUR = 3_600_000
/** Pairs of an end and a beginning are looked for among so many rows: more rows say nothing else. */
const ENOUGH = 100_000

const keyOf = (header: string): string => `ends:${header}`

/** How days of a column of ends are read: as the last day of what ends, or as the one on which it is over. */
export interface DayEnd {
  last: boolean
}

/** What a person says, else what the header names, until the rows say otherwise. */
export const createDayEnd = (header: string, { answers }: Pick<Mapping, 'answers'>): DayEnd => ({
  last: (answers?.[keyOf(header)] ?? (namesMoment(header) ? 'over' : 'last')) === 'last',
})

export interface DayEnds extends Doubt {
  take(row: StagedRow): void
}

/** So many days from an end to a beginning, with an hour for clocks that were changed in between; null when it is no number of days. */
function daysBetween(end: number, start: number): number | null {
  const days = Math.round((start - end) / (24 * HOUR))
  return Math.abs(start - end - days * 24 * HOUR) <= HOUR ? days : null
}

/** Weighs the ends of each account's contracts against the beginnings of its other contracts. */
function createPairs({ effective, succession = '' }: FactDefinition, reading: DayEnd) {
  const accounts = new Map<string, { readonly starts: number[]; readonly ends: number[] }>()
  let [fits, others] = [0, 0]
  const weigh = (end: number, start: number): void => {
    const between = daysBetween(end, start)
    if (between === 0) fits++
    else if (between === (reading.last ? -1 : 1)) others++
  }
  return {
    take(row: StagedRow, endsWithDay: boolean) {
      if (accounts.size >= ENOUGH) return
      const { account_id, [effective]: begins, [succession]: ends } = row
      const account = String(account_id ?? '')
      const known = accounts.get(account) ?? { starts: [], ends: [] }
      accounts.set(account, known)
      if (typeof begins === 'string') {
        const start = Date.parse(begins)
        for (const end of known.ends) weigh(end, start)
        known.starts.push(start)
      }
      if (!endsWithDay || typeof ends !== 'string') return
      const end = Date.parse(ends)
      for (const start of known.starts) weigh(end, start)
      known.ends.push(end)
    },
    fits: () => fits,
    others: () => others,
    clear() {
      accounts.clear()
      ;[fits, others] = [0, 0]
    },
  }
}

/**
 * The end of a contract is told as its last day in some files and as the day on which it is over in others. The header says
 * which, unless the next contracts of the same accounts all begin as if it were the other; where they disagree it is asked.
 */
export function createDayEnds(from: Doubtful, { header, end: reading }: { readonly header: string; readonly end: DayEnd }): DayEnds {
  const isAsked = from.fact.succession !== undefined && header !== ''
  const [at, key] = [from.headers.indexOf(header), keyOf(header)]
  const answer = answerTo(from, key)
  const [pairs, examples] = [createPairs(from.fact, reading), createExamples()]
  let [days, isDay, turned] = [0, false, false]
  const isOther = (): boolean => answer === undefined && !turned && pairs.others() > 0 && pairs.fits() === 0
  const isAmbiguous = (): boolean => answer === undefined && !isOther() && pairs.others() > 0 && pairs.fits() > 0
  return {
    see(cells) {
      const cell = isAsked ? cellAt(cells, at) : ''
      isDay = cell !== '' && !cell.includes(':')
      if (!isDay) return
      days++
      examples.add(cell)
    },
    take(row) {
      if (isAsked && answer === undefined) pairs.take(row, isDay)
    },
    isOpen: (atEnd) => atEnd && (isOther() || isAmbiguous()),
    reset() {
      if (isOther()) [reading.last, turned] = [!reading.last, true]
      pairs.clear()
      examples.clear()
      days = 0
    },
    questions: () => (isAmbiguous() ? [ask(key, header, examples.list())] : []),
    notes: () =>
      days === 0 ? [] : [say(header, reading, turned) + (answer === undefined ? ` (${key}=${reading.last ? 'over' : 'last'} says otherwise).` : '.')],
  }
}

const ask = (key: string, header: string, examples: string[]): Ambiguity => ({
  key,
  header,
  kind: 'choice',
  says: `Is a day in "${header}" the last one that is paid for, or the day on which it is over? Some contracts that follow begin on that day, others on the day after it.`,
  choices: [
    { value: 'last', says: 'The last day that is paid for: it ends at its close' },
    { value: 'over', says: 'The day on which it is over: it was paid for until the day before' },
  ],
  examples,
})

const say = (header: string, { last }: DayEnd, turned: boolean): string =>
  `A day in "${header}" is ${last ? 'the last one that is paid for' : 'the day on which it is over'}${turned ? ', for that is how the next contracts begin' : ''}`
