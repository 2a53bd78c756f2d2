import type { ImportFile, Mapping } from '../../../contract/imports.ts'

type Ambiguity = ImportFile['ambiguities'][number]
export type ReadAs = NonNullable<Mapping['columns'][number]['read_as']>

const READ_AS: readonly string[] = ['ymd', 'dmy', 'mdy', 'dot', 'comma'] satisfies ReadAs[]
export const isReadAs = (value: string): value is ReadAs => READ_AS.includes(value)

/** What one header goes to, or null. */
export const targetOf = (mapping: Mapping, header: string): string | null =>
  mapping.columns.find((column) => column.header === header && column.constant === undefined)?.to ?? null

/** Answers go before the columns, so what is changed by hand takes the place of what was answered of it. */
function settle(mapping: Mapping, given: Readonly<Record<string, string | null>>): Pick<Mapping, 'answers'> {
  if (mapping.answers === undefined) return {}
  const left = Object.entries(mapping.answers).filter(([key]) => !(key in given))
  return { answers: Object.fromEntries([...left, ...Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null)]) }
}

/** Sends a header to a target. A target takes one header: the one that had it lets go. */
export function sendTo(mapping: Mapping, header: string, to: string | null): Mapping {
  const before = targetOf(mapping, header)
  const columns = mapping.columns
    .filter((column) => !(column.constant !== undefined && to !== null && column.to === to))
    .map((column) => (to !== null && column.to === to && column.header !== header ? { ...column, to: null } : column))
  const has = columns.some((column) => column.header === header && column.constant === undefined)
  return {
    ...mapping,
    ...settle(mapping, { ...(before === null ? {} : { [`column:${before}`]: null }), ...(to === null ? {} : { [`column:${to}`]: header }) }),
    columns: has
      ? columns.map((column) => (column.header === header && column.constant === undefined ? { ...column, to } : column))
      : [...columns, { header, to }],
  }
}

/** One value for a target that no column has; an empty value takes it away. */
export function setConstant(mapping: Mapping, to: string, constant: string): Mapping {
  const rest = mapping.columns.filter((column) => !(column.constant !== undefined && column.to === to))
  return {
    ...mapping,
    ...settle(mapping, { [`column:${to}`]: null }),
    columns: constant.trim() === '' ? rest : [...rest, { header: '', to, constant: constant.trim() }],
  }
}

/** How the cells of a column are read; `null` leaves it to what the cells show. */
export function setReadAs(mapping: Mapping, header: string, readAs: ReadAs | null): Mapping {
  return {
    ...mapping,
    ...settle(mapping, { [`date:${header}`]: null, [`decimal:${header}`]: null }),
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

/** The mapping that an answer to a question leads to: the server puts it where it belongs. */
export const answerQuestion = (mapping: Mapping | null, { kind, key }: Pick<Ambiguity, 'kind' | 'key'>, value: string): Mapping =>
  kind === 'fact' || mapping === null ? setFact(mapping, value) : { ...mapping, answers: { ...mapping.answers, [key]: value } }

/** The mapping that asks all questions again, and those that were settled without asking. */
export const askAgain = (mapping: Mapping): Mapping => ({ ...mapping, answers: { ask: 'all' } })

/** Required targets that neither a header nor a constant feeds. */
export const unfedTargets = <T extends { to: string; required: boolean }>(mapping: Mapping, targets: readonly T[]): T[] =>
  targets.filter((target) => target.required && !mapping.columns.some((column) => column.to === target.to))
