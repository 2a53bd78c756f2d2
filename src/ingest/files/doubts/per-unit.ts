import { meaningOf } from '../header-words.ts'
import { headerKey } from '../headers.ts'
import { cellAt, createExamples, readsHeaders } from './doubt.ts'
import type { Doubt, Doubtful } from './doubt.ts'

/** A price whose header does not say what it is for: one unit or all, one billing interval or a month. Asked where it matters. */
export function doubtPrice(from: Doubtful): Doubt[] {
  const { fact, mapping, headers } = from
  const { priced } = fact
  const header = mapping.columns.find(({ to }) => to === priced?.amount)?.header ?? ''
  if (priced === undefined || header === '' || !readsHeaders(from) || mapping.columns.some(({ to }) => to === priced.per)) return []
  const column = fact.columns[priced.per]
  if (column === undefined || priced.sure.some((word) => headerKey(word) === headerKey(header))) return []
  const isVague = meaningOf(fact, header)?.maybe !== null
  const [at, unitsAt] = [headers.indexOf(header), headers.indexOf(mapping.columns.find(({ to }) => to === priced.units)?.header ?? '')]
  const examples = createExamples()
  let asked = false
  return [
    {
      see(cells) {
        const units = unitsAt === -1 ? '' : cellAt(cells, unitsAt)
        if (!isVague && /^(?:0*1(?:[.,]0*)?)?$/.test(units)) return
        asked = true
        examples.add(`${header}: ${cellAt(cells, at)}${units === '' ? '' : `, ${headers[unitsAt]}: ${units}`}`)
      },
      isOpen: () => asked,
      reset: () => ((asked = false), examples.clear()),
      questions: () =>
        asked
          ? [
              {
                key: `column:${priced.per}`,
                header: priced.per,
                kind: 'choice',
                says: `What is "${header}" for?`,
                choices: Object.entries(priced.choices).map(([value, says]) => ({ value, says })),
                examples: examples.list(),
              },
            ]
          : [],
      notes: () => [],
    },
  ]
}
