import type { MayHold } from '../../../facts/fact.ts'
import { headerKey } from '../headers.ts'
import { answerTo, cellAt, counted, createExamples, readsHeaders } from './doubt.ts'
import type { Doubt, Doubtful } from './doubt.ts'

/** A column whose amounts are taken off another's. */
export interface HeldPart {
  readonly header: string
  /** The column of the fact whose amount may hold the part. */
  readonly of: string
  readonly part: MayHold
}

/** Columns beside an amount of money that it may hold though they are no part of it: tax in a total, what was given back. */
export function findParts({ fact, mapping }: Pick<Doubtful, 'fact' | 'mapping'>): HeldPart[] {
  return mapping.columns.flatMap(({ header: amount, to }) => {
    const parts = to === null || amount === '' ? [] : (fact.columns[to]?.mayHold ?? [])
    return parts.flatMap((part) => {
      if (to === null || part.unless.some((word) => headerKey(word) === headerKey(amount))) return []
      const beside = mapping.columns.filter(
        ({ header, to: elsewhere }) => header !== '' && elsewhere === null && part.aliases.some((alias) => headerKey(alias) === headerKey(header)),
      )
      return beside.map(({ header }) => ({ header, of: to, part }))
    })
  })
}

const keyOf = ({ header }: HeldPart): string => `part:${header}`

/** The parts that a person wants taken off the amount. */
export const partsTakenOff = (from: Pick<Doubtful, 'fact' | 'mapping'>): HeldPart[] =>
  findParts(from).filter((part) => from.mapping.answers?.[keyOf(part)] === 'take_off')

export function doubtParts(from: Doubtful): Doubt[] {
  if (!readsHeaders(from)) return []
  return findParts(from).map((part) => createPart(from, part))
}

function createPart(from: Doubtful, held: HeldPart): Doubt {
  const { header, of, part } = held
  const [at, amountAt] = [from.headers.indexOf(header), from.headers.indexOf(from.mapping.columns.find(({ to }) => to === of)?.header ?? '')]
  const answer = answerTo(from, keyOf(held))
  const examples = createExamples()
  const amount = from.headers[amountAt] ?? of
  let rows = 0
  return {
    see(cells) {
      const cell = cellAt(cells, at)
      if (!/[1-9]/.test(cell)) return
      rows++
      if (answer === undefined) examples.add(`${amount}: ${cellAt(cells, amountAt)}, ${header}: ${cell}`)
    },
    isOpen: () => answer === undefined && rows > 0,
    reset: () => ((rows = 0), examples.clear()),
    questions: () =>
      answer !== undefined || rows === 0
        ? []
        : [
            {
              key: keyOf(held),
              header,
              kind: 'choice',
              says: `Is ${part.what} ("${header}") in "${amount}"? What counts is without it.`,
              choices: [
                { value: 'take_off', says: `Yes: take "${header}" off "${amount}"` },
                { value: 'leave', says: `No: "${amount}" is without it` },
              ],
              examples: examples.list(),
            },
          ],
    notes: () => (answer === 'take_off' && rows > 0 ? [`"${header}" is taken off "${amount}" in ${counted(rows, 'row', 'rows')}.`] : []),
  }
}
