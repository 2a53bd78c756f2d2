import type { FactDefinition } from '../../facts/fact.ts'
import { refuse } from '../../kernel/errors.ts'
import { shorten } from '../record/refusal.ts'
import { meaningOf } from './header-words.ts'
import { isReadAs } from './mapping.ts'
import { targetOf } from './targets.ts'
import type { ColumnMapping, Mapping } from './types.ts'

const bad = (key: string, value: string, cure: string) => refuse('bad_answer', `"${shorten(value)}" is no answer to "${shorten(key)}".`, cure)

/** A header that fed a column may have told another column's value (its currency); with the header that value goes too. */
function withoutTold(fact: FactDefinition, columns: readonly ColumnMapping[], to: string): ColumnMapping[] {
  const before = columns.find((column) => column.to === to && column.header !== '')
  const told = before === undefined ? [] : (meaningOf(fact, before.header)?.constants ?? [])
  return columns.filter(({ header, to: other, constant }) => header !== '' || !told.some((one) => one.to === other && one.value === constant))
}

/** Stands before the header in an answer that names a column, since the answer could also be a value for all rows. */
const OF_COLUMN = 'column:'

/** Sends a column of the file, or one value for all rows, into a column of the fact; `none` sends nothing. */
function feed(fact: FactDefinition, columns: readonly ColumnMapping[], to: string, said: string): ColumnMapping[] {
  const value = said.startsWith(OF_COLUMN) ? said.slice(OF_COLUMN.length) : said
  const rest = withoutTold(fact, columns, to)
    .filter((column) => column.header !== '' || column.to !== to)
    .map((column): ColumnMapping => (column.to === to ? { header: column.header, to: null } : column))
  if (rest.some(({ header }) => header === value)) {
    const told = (meaningOf(fact, value)?.to === to ? (meaningOf(fact, value)?.constants ?? []) : []).filter(
      (one) => !rest.some((column) => column.to === one.to),
    )
    return [
      ...rest.map((column) => (column.header === value ? { ...column, to } : column)),
      ...told.map((one) => ({ header: '', to: one.to, constant: one.value })),
    ]
  }
  return value === 'none' ? rest : [...rest, { header: '', to, constant: value }]
}

/** Puts the answers that are about columns into the columns of a mapping. Throws `bad_answer`. */
export function applyAnswers(fact: FactDefinition, mapping: Mapping): Mapping {
  let columns = mapping.columns
  for (const [key, value] of Object.entries(mapping.answers ?? {})) {
    const [, kind = '', name = ''] = /^(date|decimal|column):(.*)$/s.exec(key) ?? []
    if (kind === 'column') {
      if (targetOf(fact, name) === null) throw bad(key, value, `A file of ${fact.plural} takes nothing called "${shorten(name)}".`)
      columns = feed(fact, columns, name, value)
    } else if (kind !== '') {
      if (!isReadAs(value)) throw bad(key, value, 'Give one of the choices of the question.')
      columns = columns.map((column) => (column.header === name ? { ...column, read_as: value } : column))
    }
  }
  return { ...mapping, columns }
}
