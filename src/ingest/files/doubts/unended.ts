import type { StagedRow } from '../../record/staged-row.ts'
import { answerTo, asksAll, counted, createExamples } from './doubt.ts'
import type { Doubt, Doubtful } from './doubt.ts'

const KEY = 'unended'

export interface Unended extends Doubt {
  /** Makes of a row what was answered. */
  take(row: StagedRow): void
}

/**
 * Rows that say that they end, as a discount does that recurs for some months, and name neither months nor an end. They hold for
 * good then, which moves numbers for ever: that is told.
 */
export function createUnended(from: Doubtful): Unended {
  const { fact, mapping } = from
  const { lasts } = fact
  const says = mapping.columns.some(({ to }) => to === lasts?.ending.by)
  const answer = answerTo(from, KEY)
  const examples = createExamples()
  let found = 0
  const isOpen = (): boolean => answer === undefined && found > 0 && asksAll(from)
  return {
    take(row) {
      if (lasts === undefined || !says || row[lasts.ending.by] !== lasts.ending.value || typeof row[lasts.until] === 'string') return
      found++
      examples.add(`${lasts.ending.value} from ${String(row[lasts.from] ?? '').slice(0, 10)}`)
      if (answer !== undefined && Object.hasOwn(lasts.ending.unended, answer)) row[lasts.ending.by] = answer
    },
    see: () => undefined,
    isOpen,
    reset: () => ((found = 0), examples.clear()),
    questions: () =>
      isOpen()
        ? [
            {
              key: KEY,
              header: '',
              kind: 'choice',
              says: `${counted(found, 'row is', 'rows are')} "${lasts?.ending.value}" without an end. What are they?`,
              choices: Object.entries(lasts?.ending.unended ?? {}).map(([value, text]) => ({ value, says: text })),
              examples: examples.list(),
            },
          ]
        : [],
    notes: () =>
      found > 0 && answer === undefined
        ? [`${counted(found, 'row is', 'rows are')} "${lasts?.ending.value}" without an end, so taken as in force for good.`]
        : [],
  }
}
