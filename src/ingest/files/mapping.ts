import type { FactDefinition } from '../../facts/fact.ts'
import { FACTS, factById } from '../../facts/facts.ts'
import { refuse } from '../../kernel/errors.ts'
import { shorten } from '../record/refusal.ts'
import { readCurrency } from './cells/words.ts'
import { AS_TOLD } from './doubts/doubt.ts'
import { missingColumns, undecidedFacts } from './guess.ts'
import { meaningOf } from './header-words.ts'
import type { Guess } from './guess.ts'
import { targetOf } from './targets.ts'
import type { Ambiguity, ColumnMapping, Mapping, ReadAs } from './types.ts'

const READ_AS: readonly string[] = ['ymd', 'dmy', 'mdy', 'dot', 'comma'] satisfies ReadAs[]
export const isReadAs = (value: string): value is ReadAs => READ_AS.includes(value)
const SOURCE = /^[a-z0-9][a-z0-9_.-]{0,39}$/

const bad = (message: string, cure: string) => refuse('bad_mapping', message, cure)

export function factNamed(id: string): FactDefinition {
  const fact = factById(id)
  if (fact === undefined) throw bad(`There is no fact "${shorten(id)}".`, `A file holds one of ${FACTS.map((known) => known.id).join(', ')}.`)
  return fact
}

function checkColumn(fact: FactDefinition, column: ColumnMapping, headers: readonly string[]): ColumnMapping {
  const { header, to, constant, read_as } = column
  if (header !== '' && !headers.includes(header))
    throw bad(`The file has no column "${shorten(header)}".`, `Its columns are ${shorten(headers.join(', '), 300)}.`)
  if (header === '' && (constant === undefined || to === null))
    throw bad('A mapping without a header needs a target and a constant.', 'Name a header, or give the value for all rows.')
  if (header !== '' && constant !== undefined)
    throw bad(`Column "${shorten(header)}" cannot be read and be constant at once.`, 'Leave out the header or the constant.')
  if (read_as !== undefined && !READ_AS.includes(read_as))
    throw bad(`"${shorten(String(read_as))}" is no way to read a column.`, `Use one of ${READ_AS.join(', ')}.`)
  if (to !== null && targetOf(fact, to) === null)
    throw bad(
      `A file of ${fact.plural} takes nothing called "${shorten(to)}".`,
      `It takes ${[...Object.keys(fact.columns), ...Object.keys(fact.carries)].join(', ')}.`,
    )
  return { header, to, ...(constant === undefined ? {} : { constant }), ...(read_as === undefined ? {} : { read_as }) }
}

/** The mapping as it is stored; headers that it does not name are left out. Throws `bad_mapping`. */
export function checkMapping(mapping: Mapping, headers: readonly string[]): Mapping {
  const fact = factNamed(mapping.fact)
  const source = mapping.source === '' || mapping.source === undefined ? 'files' : mapping.source
  if (!SOURCE.test(source)) throw bad(`"${shorten(source)}" is no name of a source.`, 'Use small letters, digits, dots, dashes and underscores.')
  const given = mapping.columns.map((column) => checkColumn(fact, column, headers))
  for (const [what, values] of [
    ['header', given.map((c) => c.header).filter((h) => h !== '')],
    ['target', given.map((c) => c.to).filter((to) => to !== null)],
  ] as const) {
    const twice = values.find((value, i) => values.indexOf(value) !== i)
    if (twice !== undefined) throw bad(`The ${what} "${shorten(twice)}" is mapped twice.`, 'Map each column once, and each target from one column.')
  }
  const answers = mapping.answers ?? { columns: AS_TOLD }
  const byHeader = new Map(given.filter(({ header }) => header !== '').map((column) => [column.header, column]))
  return {
    fact: fact.id,
    source,
    columns: [...headers.map((header) => byHeader.get(header) ?? { header, to: null }), ...given.filter(({ header }) => header === '')],
    answers,
  }
}

/** What to ask when the headers fit several facts, or none well enough. */
export function askFact(guesses: readonly Guess[]): Ambiguity[] {
  const undecided = undecidedFacts(guesses)
  if (undecided.length === 0) return []
  return [
    {
      key: 'fact',
      header: '',
      kind: 'fact',
      says: 'What does this file hold?',
      choices: undecided.map(({ fact }) => ({ value: fact.id, says: `${fact.plural}: ${fact.says}` })),
      examples: [],
    },
  ]
}

const CODES = new Set(Intl.supportedValuesOf('currency'))
const MOST_EXAMPLES = 3

/** Of some headers those below which only currencies stand, with a few of them. */
function columnsOfCurrencies(free: readonly string[], headers: readonly string[], sample: readonly string[][]): { header: string; codes: string[] }[] {
  return free.flatMap((header) => {
    const at = headers.indexOf(header)
    const codes = [
      ...new Set(
        sample
          .map((row) => row[at] ?? '')
          .filter((cell) => cell !== '')
          .map((cell) => String(readCurrency(cell.trim()))),
      ),
    ]
    return codes.length > 0 && codes.every((code) => CODES.has(code)) ? [{ header, codes: codes.slice(0, MOST_EXAMPLES) }] : []
  })
}

/** What to ask about required columns that the mapping gives no value. A currency is offered as a column of the file first, then as one for all rows. */
export function askMissing(mapping: Mapping, currencies: readonly string[], headers: readonly string[], sample: readonly string[][]): Ambiguity[] {
  const fact = factNamed(mapping.fact)
  const free = mapping.columns.filter(({ to, header }) => to === null && header !== '').map(({ header }) => header)
  return missingColumns(fact, mapping.columns).map((name): Ambiguity => {
    const column = fact.columns[name]
    const key = `column:${name}`
    const maybe = new Map(
      free.flatMap((header) => {
        const meaning = meaningOf(fact, header)
        return meaning?.to === name && meaning.maybe !== null ? [[header, meaning.maybe] as const] : []
      }),
    )
    return column?.type === 'currency'
      ? {
          key,
          header: name,
          kind: 'missing_currency',
          says: `No column says in which currency the amounts are (${name}).`,
          choices: [
            ...columnsOfCurrencies(free, headers, sample).map(({ header, codes }) => ({
              value: `column:${header}`,
              says: `Column "${header}": ${codes.join(', ')}`,
            })),
            ...currencies.map((code) => ({ value: code, says: `All rows are in ${code}` })),
          ],
          examples: [],
        }
      : {
          key,
          header: name,
          kind: 'missing_column',
          says: `No column ${maybe.size === 0 ? 'gives' : 'surely gives'} "${name}": ${column?.says ?? ''}.`,
          choices: [...maybe.keys(), ...free.filter((header) => !maybe.has(header))].map((header) => ({
            value: header,
            says: `Column "${header}"${maybe.has(header) ? `: ${maybe.get(header)}` : ''}`,
          })),
          examples: [],
        }
  })
}
