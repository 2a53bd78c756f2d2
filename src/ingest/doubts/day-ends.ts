import type { StagedRow } from '../staged-row.ts'
import { namesMoment } from '../header-words.ts'
import { answerTo, cellAt, createExamples } from './doubt.ts'
import type { Doubt, Doubtful } from './doubt.ts'

const HOUR = 3_600_000
/** Pairs are looked for among so many rows: more of them say nothing else. */
const ENOUGH = 100_000

export const endsKey = (header: string): string => `ends:${header}`

/** Whether a day without a time is the last day of what ends, and not the one on which it is over. */
export const dayIsLast = (header: string, answer: string | undefined): boolean => (answer === undefined ? !namesMoment(header) : answer === 'last')

export interface DayEnds extends Doubt {
  take(row: StagedRow): void
}

/** So many days from an end to a beginning, with an hour for clocks that were changed in between; null when it is no number of days. */
function daysBetween(end: number, start: number): number | null {
  const days = Math.round((start - end) / (24 * HOUR))
  return Math.abs(start - end - days * 24 * HOUR) <= HOUR ? days : null
}

/**
 * The end of a contract is told as its last day in some files and as the day on which it is over in others. The header says
 * which; where an account's next contract begins as if it were the other, it is asked.
 */
export function createDayEnds(from: Doubtful): DayEnds {
  const header = from.mapping.columns.find(({ to, constant }) => to === 'ends_at' && constant === undefined)?.header ?? ''
  const isAsked = from.fact.id === 'subscription_version' && header !== ''
  const [at, key] = [from.headers.indexOf(header), endsKey(header)]
  const answer = answerTo(from, key)
  const last = dayIsLast(header, answer)
  const accounts = new Map<string, { readonly starts: number[]; readonly ends: number[] }>()
  const examples = createExamples()
  let [days, fits, others, isDay] = [0, 0, 0, false]
  const weigh = (end: number, start: number): void => {
    const between = daysBetween(end, start)
    if (between === 0) fits++
    else if (between === (last ? -1 : 1)) others++
  }
  const isOpen = (atEnd: boolean): boolean => answer === undefined && atEnd && others > fits
  return {
    see(cells) {
      const cell = isAsked ? cellAt(cells, at) : ''
      isDay = cell !== '' && !cell.includes(':')
      if (!isDay) return
      days++
      examples.add(cell)
    },
    take(row) {
      if (!isAsked || answer !== undefined || accounts.size >= ENOUGH) return
      const account = String(row.account_id ?? '')
      const known = accounts.get(account) ?? { starts: [], ends: [] }
      accounts.set(account, known)
      if (typeof row.effective_at === 'string') {
        const start = Date.parse(row.effective_at)
        for (const end of known.ends) weigh(end, start)
        known.starts.push(start)
      }
      if (!isDay || typeof row.ends_at !== 'string') return
      const end = Date.parse(row.ends_at)
      for (const start of known.starts) weigh(end, start)
      known.ends.push(end)
    },
    isOpen,
    reset() {
      accounts.clear()
      examples.clear()
      ;[days, fits, others] = [0, 0, 0]
    },
    questions: () =>
      isOpen(true)
        ? [{
            key, header, kind: 'choice',
            says: `Is a day in "${header}" the last one that is paid for, or the day on which it is over? ${last ? 'Contracts that follow begin on that very day.' : 'Contracts that follow begin on the day after it.'}`,
            choices: [
              { value: 'last', says: 'The last day that is paid for: it ends at its close' },
              { value: 'over', says: 'The day on which it is over: it was paid for until the day before' },
            ],
            examples: examples.list(),
          }]
        : [],
    notes: () =>
      days === 0 ? [] : [`A day in "${header}" is ${last ? 'the last one that is paid for' : 'the day on which it is over'}${answer === undefined ? ` (${key}=${last ? 'over' : 'last'} says otherwise)` : ''}.`],
  }
}
