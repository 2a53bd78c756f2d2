import { many, one, type Search } from '../../search.ts'

/** Which accounts are listed at all. */
export const WHICH = [
  { value: 'customers', label: 'Customers' },
  { value: 'former', label: 'Former' },
  { value: 'prospects', label: 'Prospects' },
  { value: 'all', label: 'All' },
] as const
export type Which = (typeof WHICH)[number]['value']

/** What the address says of the list, beside the question of the page. */
export interface ListChoice {
  readonly which: Which
  /** Ids of columns; the usual ones where there is none. */
  readonly columns: readonly string[]
  readonly sort: string | undefined
  /** Conditions beside the filters of the question, each as it is written: "nrr < 0.9". */
  readonly filters: readonly string[]
  /** What is looked for in names and ids. */
  readonly find: string
}

export function readChoice(search: Search): ListChoice {
  const which = one(search.which)
  return {
    which: WHICH.find(({ value }) => value === which)?.value ?? 'customers',
    columns: (one(search.columns) ?? '').split(',').filter((id) => id !== ''),
    sort: one(search.sort),
    filters: many(search.filter),
    find: one(search.find) ?? '',
  }
}

export const writeChoice = (change: Partial<ListChoice>): Search => ({
  ...('which' in change ? { which: change.which === 'customers' ? undefined : change.which } : {}),
  ...('columns' in change ? { columns: change.columns?.length === 0 ? undefined : change.columns?.join(',') } : {}),
  ...('sort' in change ? { sort: change.sort } : {}),
  ...('filters' in change ? { filter: [...(change.filters ?? [])] } : {}),
  ...('find' in change ? { find: change.find === '' ? undefined : change.find } : {}),
})

/** Lists that everybody needs. */
export const READY_LISTS: readonly (Omit<ListChoice, 'find'> & { readonly name: string; readonly says: string })[] = [
  {
    name: 'Where an hour helps most',
    says: 'ARR x the chance that it goes, with the reason',
    which: 'customers',
    filters: ['hour is known'],
    columns: ['hour', 'hour_reason', 'band', 'score', 'next_deadline'],
    sort: '-hour',
  },
  {
    name: 'Must decide within 90 days',
    says: 'Customers whose next deadline is near, the nearest first',
    which: 'customers',
    filters: ['deadline_days <= 90'],
    columns: ['next_deadline', 'deadline_arr', 'band', 'score', 'arr'],
    sort: 'next_deadline',
  },
  {
    name: 'Red and amber',
    says: 'Customers that are not well, the largest first',
    which: 'customers',
    filters: ['band in (red, amber)'],
    columns: ['band', 'score', 'cap', 'arr', 'next_deadline'],
    sort: '-arr',
  },
  {
    name: 'Too little is known',
    says: 'Customers without a score, the largest first',
    which: 'customers',
    filters: ['band = unknown'],
    columns: ['coverage', 'confidence', 'arr', 'customer_since'],
    sort: '-arr',
  },
]

/** A value of a condition as it is written: in quotes where it could be read otherwise. */
export const quoted = (value: string): string => (/^["(\s]|[",()]|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** All conditions of the list, those of the question among them. */
export const conditionsOf = (where: readonly string[], { filters, find }: Pick<ListChoice, 'filters' | 'find'>): string[] => [
  ...where,
  ...filters,
  ...(find.trim() === '' ? [] : [`name contains ${quoted(find.trim())}`]),
]

/** What can be asked of a column of each kind, and how that reads. */
export const OPERATIONS = {
  number: [
    { value: '<', label: 'is less than' },
    { value: '>', label: 'is more than' },
    { value: '<=', label: 'is at most' },
    { value: '>=', label: 'is at least' },
    { value: '=', label: 'is' },
    { value: 'is missing', label: 'is missing' },
    { value: 'is known', label: 'is known' },
  ],
  text: [
    { value: '=', label: 'is' },
    { value: '!=', label: 'is not' },
    { value: 'contains', label: 'contains' },
    { value: 'is missing', label: 'is missing' },
    { value: 'is known', label: 'is known' },
  ],
  day: [
    { value: '<', label: 'is before' },
    { value: '>=', label: 'is on or after' },
    { value: 'is missing', label: 'is missing' },
    { value: 'is known', label: 'is known' },
  ],
} as const
export type Operation = (typeof OPERATIONS)[keyof typeof OPERATIONS][number]['value']

export const isWhole = (operation: Operation): boolean => operation === 'is missing' || operation === 'is known'

export const writeCondition = (column: string, operation: Operation, value: string): string =>
  isWhole(operation) ? `${column} ${operation}` : `${column} ${operation} ${quoted(value.trim())}`

/** The column that a condition is about, and the rest of it as people read it. */
export function sayCondition(text: string, nameOf: (id: string) => string): string {
  const [, column = text, sign = '', value = ''] =
    /^((?:\[[^\]]*\]|[^<>=![])+?)\s*(<=|>=|!=|=|<|>|\snot in\b|\sin\b|\scontains\b|\sis\b)\s*(.*)$/is.exec(text) ?? []
  const words = OPERATIONS.number.concat().find((one) => one.value === sign.trim())?.label ?? OPERATIONS.text.find((one) => one.value === sign.trim())?.label
  return `${nameOf(column.trim())} ${words ?? sign.trim()} ${value}`.trim()
}
