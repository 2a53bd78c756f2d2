import type { Column } from '../../../facts/fact.ts'
import { meaningsOf } from '../guess.ts'
import { answerTo, cellAt, createExamples, readsHeaders } from './doubt.ts'
import type { Doubt, Doubtful } from './doubt.ts'

/** Headers whose weights are nearer than this fit equally well. */
const NEAR = 0.15

/** Numbers depend on which of several columns these are taken from. */
const matters = (column: Column): boolean => (column.type === 'id' ? column.names !== undefined : column.type !== 'text')

/**
 * Several headers that mean one column: which of them is asked where a row shows that they differ. The name of the column
 * itself is sure, but for amounts of money, which stand in an export in many ways.
 */
export function findRivals(from: Doubtful): Doubt[] {
  if (!readsHeaders(from)) return []
  const { fact, mapping, headers } = from
  const meanings = meaningsOf(fact, headers)
  return mapping.columns.flatMap(({ header, to }) => {
    const column = to === null || header === '' ? undefined : fact.columns[to]
    const taken = meanings.find((meant) => meant.header === header && meant.meaning.to === to)
    if (to === null || column === undefined || taken === undefined || !matters(column) || answerTo(from, `column:${to}`) !== undefined) return []
    if (taken.meaning.weight === 1 && column.type !== 'money') return []
    const rivals = meanings.filter(
      ({ header: other, meaning }) =>
        other !== header &&
        meaning.to === to &&
        meaning.maybe === null &&
        meaning.constants.length === 0 &&
        taken.meaning.weight - meaning.weight < NEAR &&
        mapping.columns.some((mapped) => mapped.header === other && mapped.to === null),
    )
    return rivals.length === 0 ? [] : [createRivals(from, to, column, [header, ...rivals.map((rival) => rival.header)])]
  })
}

function createRivals({ headers }: Doubtful, to: string, column: Column, names: readonly string[]): Doubt {
  const [own = 0, ...others] = names.map((name) => headers.indexOf(name))
  const differing = new Set<number>()
  const examples = createExamples()
  return {
    see(cells) {
      const cell = cellAt(cells, own)
      for (const at of others) {
        const other = cellAt(cells, at)
        if (other === '' || other === cell) continue
        differing.add(at)
        examples.add(`${headers[own]}: ${cell}, ${headers[at]}: ${other}`)
      }
    },
    isOpen: () => differing.size > 0,
    reset: () => (differing.clear(), examples.clear()),
    questions() {
      if (differing.size === 0) return []
      const fitting = [own, ...differing].map((at) => headers[at] ?? '')
      return [
        {
          key: `column:${to}`,
          header: to,
          kind: 'choice',
          says: `Which column is "${to}" (${column.says})? Several fit, and they differ.`,
          choices: [
            ...fitting.map((name) => ({ value: name, says: `Column "${name}"` })),
            ...(column.required ? [] : [{ value: 'none', says: 'None of them' }]),
          ],
          examples: examples.list(),
        },
      ]
    },
    notes: () => [],
  }
}
