import { isWords } from '../cells/score.ts'
import type { StagedRow } from '../../record/staged-row.ts'
import { answerTo, cellAt, counted, createExamples } from './doubt.ts'
import type { Doubt, Doubtful } from './doubt.ts'

/** Answers that are words among answers that are numbers: without them the others are no fair picture, so it is asked for the file as a whole. */
export function doubtWords(from: Doubtful): Doubt[] {
  return from.mapping.columns.flatMap(({ header, to }) => {
    const column = to === null ? undefined : from.fact.columns[to]
    const key = `words:${header}`
    if (column?.labelled !== true || header === '' || answerTo(from, key) === 'refuse') return []
    const at = from.headers.indexOf(header)
    const examples = createExamples()
    let rows = 0
    return [
      {
        see(cells) {
          const cell = cellAt(cells, at)
          if (!isWords(column, cell)) return
          rows++
          examples.add(cell)
        },
        isOpen: () => rows > 0,
        reset: () => ((rows = 0), examples.clear()),
        questions: () =>
          rows === 0
            ? []
            : [
                {
                  key,
                  header,
                  kind: 'choice',
                  says: `${counted(rows, 'answer', 'answers')} of "${header}" ${rows === 1 ? 'is' : 'are'} no number. The others alone are no fair picture: write numbers for these and add the file again, or leave them out.`,
                  choices: [{ value: 'refuse', says: 'Leave out these rows; the others count' }],
                  examples: examples.list(),
                },
              ],
        notes: () => [],
      },
    ]
  })
}

const KEY = 'scale:nps'
const [LOWEST, HIGHEST] = [0, 10]
/** So many answers of a scale from 0 to 10 hardly all lie this low: it may be one of 1 to 5 or 1 to 7. */
const ENOUGH = 10
const LOW = 7

export interface NpsScale extends Doubt {
  /** Looks at a row; false when it is refused. */
  take(row: StagedRow): boolean
}

/** NPS is asked from 0 to 10. Answers that lie elsewhere make a file a question as a whole, never by their value. */
export function createNpsScale(from: Doubtful): NpsScale {
  const answer = answerTo(from, KEY)
  const isAsked = from.fact.id === 'survey_response' && from.fact.columns.score !== undefined
  const examples = createExamples()
  let [n, off, most] = [0, 0, LOWEST]
  const isLow = (): boolean => n >= ENOUGH && most <= LOW
  const isOpen = (atEnd: boolean): boolean => answer === undefined && (off > 0 || (atEnd && isLow()))
  return {
    take(row) {
      if (!isAsked || row.kind !== 'nps' || (row.item ?? '') !== '') return true
      const score = Number(row.score)
      n++
      if (answer === 'none') return false
      const lies = Number.isInteger(score) && score >= LOWEST && score <= HIGHEST
      if (!lies) {
        off++
        examples.add(String(row.score))
      } else if (score > most) most = score
      return lies || answer !== 'refuse'
    },
    see: () => undefined,
    isOpen,
    reset: () => (([n, off, most] = [0, 0, LOWEST]), examples.clear()),
    questions: () =>
      isOpen(true)
        ? [
            {
              key: KEY,
              header: '',
              kind: 'choice',
              says:
                off > 0
                  ? `NPS is asked from ${LOWEST} to ${HIGHEST}, and ${counted(off, 'answer lies', 'answers lie')} elsewhere.`
                  : `NPS is asked from ${LOWEST} to ${HIGHEST}, and none of ${n} answers is above ${most}. Was it asked so?`,
              choices: [
                off > 0
                  ? { value: 'refuse', says: 'Those are mistakes: leave them out, the others count' }
                  : { value: 'ten', says: `Yes, from ${LOWEST} to ${HIGHEST}` },
                { value: 'none', says: 'It was asked on another scale: these answers are no NPS, leave them all out' },
              ],
              examples: examples.list(),
            },
          ]
        : [],
    notes: () => [],
  }
}
