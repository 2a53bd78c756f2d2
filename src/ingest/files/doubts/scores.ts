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

/** So many answers of a scale from 0 to 10 hardly all lie this low: it may be one of 1 to 5 or 1 to 7. */
const ENOUGH = 10
const LOW = 7

export interface ScaleDoubt extends Doubt {
  /** Looks at a row; false when it is refused. */
  take(row: StagedRow): boolean
}

/** Answers that lie off the one scale that they are asked on make a file a question as a whole, never by their value. */
export function createScaleDoubt(from: Doubtful): ScaleDoubt | null {
  const [column, scale] = Object.entries(from.fact.columns).flatMap(([name, each]) => (each.scale === undefined ? [] : [[name, each.scale] as const]))[0] ?? []
  if (column === undefined || scale === undefined) return null
  const { name, where, lowest, highest } = scale
  const [key, of] = [`scale:${name.toLowerCase()}`, Object.entries(where)]
  const answer = answerTo(from, key)
  const examples = createExamples()
  let [n, off, most] = [0, 0, lowest]
  const isLow = (): boolean => n >= ENOUGH && most <= LOW
  const isOpen = (atEnd: boolean): boolean => answer === undefined && (off > 0 || (atEnd && isLow()))
  return {
    take(row) {
      if (!of.every(([other, text]) => (row[other] ?? '') === text)) return true
      const score = Number(row[column])
      n++
      if (answer === 'none') return false
      const lies = Number.isInteger(score) && score >= lowest && score <= highest
      if (!lies) {
        off++
        examples.add(String(row[column]))
      } else if (score > most) most = score
      return lies || answer !== 'refuse'
    },
    see: () => undefined,
    isOpen,
    reset: () => (([n, off, most] = [0, 0, lowest]), examples.clear()),
    questions: () =>
      isOpen(true)
        ? [
            {
              key,
              header: '',
              kind: 'choice',
              says:
                off > 0
                  ? `${name} is asked from ${lowest} to ${highest}, and ${counted(off, 'answer lies', 'answers lie')} elsewhere.`
                  : `${name} is asked from ${lowest} to ${highest}, and none of ${n} answers is above ${most}. Was it asked so?`,
              choices: [
                off > 0
                  ? { value: 'refuse', says: 'Those are mistakes: leave them out, the others count' }
                  : { value: 'ten', says: `Yes, from ${lowest} to ${highest}` },
                { value: 'none', says: `It was asked on another scale: these answers are no ${name}, leave them all out` },
              ],
              examples: examples.list(),
            },
          ]
        : [],
    notes: () => [],
  }
}
