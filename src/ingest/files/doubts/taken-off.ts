import type { StagedRow } from '../../record/staged-row.ts'
import { answerTo, asksAll, counted, createExamples } from './doubt.ts'
import type { Doubt, Doubtful } from './doubt.ts'

const KEY = 'taken_off'

export interface TakenOff extends Doubt {
  /** Gives the amount of a row its sign. */
  sign(row: StagedRow): void
}

/**
 * Rows such as refunds, which take money away however an export signs them. Where all of a file are written without a
 * minus they are given one, and that is told; where some have one, the others may be something else: that is asked.
 */
export function createTakenOff(from: Doubtful): TakenOff {
  const { takenOff } = from.fact
  const answer = answerTo(from, KEY)
  const examples = createExamples()
  let [minus, plus] = [0, 0]
  const isOpen = (): boolean => answer === undefined && plus > 0 && (minus > 0 || asksAll(from))
  return {
    sign(row) {
      if (takenOff === undefined || !takenOff.values.includes(String(row[takenOff.by] ?? ''))) return
      const amount = row[takenOff.amount]
      if (typeof amount !== 'string' || amount === '0') return
      if (amount.startsWith('-')) minus++
      else {
        plus++
        examples.add(`${row[takenOff.by]}: ${amount}`)
        if (answer !== 'as_written') row[takenOff.amount] = `-${amount}`
      }
    },
    see: () => undefined,
    isOpen,
    reset: () => (([minus, plus] = [0, 0]), examples.clear()),
    questions: () =>
      isOpen()
        ? [
            {
              key: KEY,
              header: '',
              kind: 'choice',
              says: `${counted(minus, 'row', 'rows')} of kind ${takenOff?.values.join(' or ')} ${minus === 1 ? 'has' : 'have'} a minus, ${plus} ${plus === 1 ? 'has' : 'have'} none. What are those without?`,
              choices: [
                { value: 'take_off', says: 'Money given back like the others' },
                { value: 'as_written', says: 'Money that came back to us: they add' },
              ],
              examples: examples.list(),
            },
          ]
        : [],
    notes: () =>
      plus > 0 && answer !== 'as_written'
        ? [`${counted(plus, 'row', 'rows')} of kind ${takenOff?.values.join(' or ')} without a minus ${plus === 1 ? 'is' : 'are'} taken off.`]
        : [],
  }
}
