import type { ImportFile, Mapping } from '../../../contract/imports.ts'

type Ambiguity = ImportFile['ambiguities'][number]
export type ReadAs = NonNullable<Mapping['columns'][number]['read_as']>

const READ_AS: readonly string[] = ['ymd', 'dmy', 'mdy', 'dot', 'comma'] satisfies ReadAs[]
export const isReadAs = (value: string): value is ReadAs => READ_AS.includes(value)

/** What one header goes to, or null. */
export const targetOf = (mapping: Mapping, header: string): string | null =>
  mapping.columns.find((column) => column.header === header && column.constant === undefined)?.to ?? null

/** Sends a header to a target. A target takes one header: the one that had it lets go. */
export function sendTo(mapping: Mapping, header: string, to: string | null): Mapping {
  const columns = mapping.columns
    .filter((column) => !(column.constant !== undefined && to !== null && column.to === to))
    .map((column) => (to !== null && column.to === to && column.header !== header ? { ...column, to: null } : column))
  const has = columns.some((column) => column.header === header && column.constant === undefined)
  return {
    ...mapping,
    columns: has
      ? columns.map((column) => (column.header === header && column.constant === undefined ? { ...column, to } : column))
      : [...columns, { header, to }],
  }
}

/** One value for a target that no column has; an empty value takes it away. */
export function setConstant(mapping: Mapping, to: string, constant: string): Mapping {
  const rest = mapping.columns.filter((column) => !(column.constant !== undefined && column.to === to))
  return { ...mapping, columns: constant.trim() === '' ? rest : [...rest, { header: '', to, constant: constant.trim() }] }
}

/** How the cells of a column are read; `null` leaves it to what the cells show. */
export function setReadAs(mapping: Mapping, header: string, readAs: ReadAs | null): Mapping {
  return {
    ...mapping,
    columns: mapping.columns.map(({ read_as: before, ...column }) =>
      column.header !== header ? (before === undefined ? column : { ...column, read_as: before }) : readAs === null ? column : { ...column, read_as: readAs },
    ),
  }
}

export const readAsOf = (mapping: Mapping, header: string): ReadAs | null => mapping.columns.find((column) => column.header === header)?.read_as ?? null

const READINGS: Readonly<Record<ReadAs, string>> = {
  ymd: 'Year, month, day',
  dmy: 'Day, month, year',
  mdy: 'Month, day, year',
  dot: '1,234.56',
  comma: '1.234,56',
}
/** The ways in which cells for a target of this type can be read; none when there is nothing to choose. */
export function readingsOf(type: string): { value: ReadAs; label: string }[] {
  const ways: readonly ReadAs[] = type === 'instant' || type === 'date' ? ['ymd', 'dmy', 'mdy'] : type === 'money' || type === 'number' ? ['dot', 'comma'] : []
  return ways.map((value) => ({ value, label: READINGS[value] }))
}

/** Another fact keeps nothing of the columns: their meaning is proposed anew. */
export const setFact = (mapping: Mapping | null, fact: string): Mapping => ({ fact, source: mapping?.source ?? 'files', columns: [] })

/** Before the header of the column that says it, where an answer could also be the value for all rows. */
const OF_COLUMN = 'column:'

/** The mapping that an answer to a question leads to. */
export function answerQuestion(mapping: Mapping | null, question: Ambiguity, value: string): Mapping {
  if (question.kind === 'fact' || mapping === null) return setFact(mapping, value)
  switch (question.kind) {
    case 'date':
    case 'decimal':
      return isReadAs(value) ? setReadAs(mapping, question.header, value) : mapping
    case 'missing_column':
      return sendTo(mapping, value, question.header)
    case 'missing_currency':
      if (value.startsWith(OF_COLUMN)) return sendTo(mapping, value.slice(OF_COLUMN.length), question.header === '' ? 'currency' : question.header)
      return setConstant(mapping, question.header === '' ? 'currency' : question.header, value)
  }
}

/** Required targets that neither a header nor a constant feeds. */
export const unfedTargets = <T extends { to: string; required: boolean }>(mapping: Mapping, targets: readonly T[]): T[] =>
  targets.filter((target) => target.required && !mapping.columns.some((column) => column.to === target.to))
