import type { Micros } from '../../src/kernel/money.ts'
import { addDays, dayOf } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Question } from './answer.ts'
import type { AccountBook, Book, Component, Movement } from './book.ts'
import { cell } from './company.ts'
import type { Holding } from './terms.ts'

export const NONE = '(none)'
/** Dimensions that cut below the account: the movement's kind stays the account's, the slice shows its parts (C23). */
const SUBSCRIPTION_GRAIN = ['plan', 'product']
/** Dimensions of an event of use. */
const EVENT_GRAIN = ['product', 'feature', 'platform', 'user_role']

/** When in a period the attributes of an account are read. */
export type Moment = 'opening' | 'close'

/** One question over one book: which accounts and which parts of them are in it. */
export interface Scope {
  readonly book: Book
  readonly question: Question
  readonly moment: Moment
  readonly accounts: readonly AccountBook[]
  readonly from: Day
  readonly until: Day
  keeps(part: Sliced): boolean
  /** The account's value of a dimension in this period. */
  value(account: string, dimension: string): string
  /** Values of a dimension that any account or part of the book ever has: some metrics look at other times than the period. */
  valuesOf(dimension: string): string[]
  option(name: string, fallback: string): string
}

interface Sliced {
  readonly plan?: string
  readonly product: string
}

interface DatedValue {
  readonly day: Day
  readonly at: string
  readonly value: string
}

export function scopeOf(book: Book, question: Question, moment: Moment): Scope {
  const where = Object.entries(question.where ?? {})
  const own = where.filter(([dimension]) => !SUBSCRIPTION_GRAIN.includes(dimension) && !EVENT_GRAIN.includes(dimension))
  const sliced = where.filter(([dimension]) => SUBSCRIPTION_GRAIN.includes(dimension))
  const dimensions = dimensionsOf(book, question, moment)
  const value = (account: string, dimension: string): string => (dimension === 'account' ? account : dimensions(account, dimension))
  const partValue = (part: Sliced, dimension: string) => (dimension === 'plan' ? part.plan : part.product) || NONE
  return {
    book,
    question,
    moment,
    value,
    from: question.from,
    until: question.until,
    accounts: book.accounts.filter((account) => own.every(([dimension, values]) => values.includes(value(account.account, dimension)))),
    keeps: (part) => sliced.every(([dimension, values]) => values.includes(partValue(part, dimension))),
    valuesOf: (dimension) => {
      const values = [...SUBSCRIPTION_GRAIN, ...EVENT_GRAIN].includes(dimension)
        ? [...book.facts.subscription_version, ...book.facts.charge, ...book.facts.usage_event, ...book.facts.feature_entitlement]
            .map((row) => cell(row, dimension) || NONE)
            .concat(book.facts.feature.map((row) => cell(row, 'feature_id')))
        : [NONE, ...book.accounts.flatMap(({ account }) => (historiesOf(book).get(`${dimension} ${account}`) ?? []).map((each) => each.value || NONE))]
      return [
        ...new Set([
          ...values,
          ...(dimension === 'team' ? book.facts.csm.map((row) => cell(row, 'team') || NONE) : []),
          ...(dimension === 'csm' ? [...book.facts.csm, ...book.facts.quota, ...book.facts.forecast].map((row) => cell(row, 'csm_id')) : []),
        ]),
      ].sort()
    },
    option: (name, fallback) => question.options?.[name] ?? fallback,
  }
}

const histories = new WeakMap<Book, Map<string, DatedValue[]>>()

function historiesOf(book: Book): Map<string, DatedValue[]> {
  const known = histories.get(book)
  if (known !== undefined) return known
  const found = new Map<string, DatedValue[]>()
  histories.set(book, found)
  const add = (key: string, effective: string, value: string) => {
    const day = dayOf(new Date(effective), book.settings.time_zone)
    if (book.asOf !== null && day > book.asOf) return
    found.set(key, [...(found.get(key) ?? []), { day, at: new Date(effective).toISOString(), value }])
  }
  for (const row of book.facts.account_attribute) add(`${cell(row, 'attribute')} ${cell(row, 'account_id')}`, cell(row, 'effective_at'), cell(row, 'value'))
  for (const row of book.facts.csm_assignment) add(`csm ${cell(row, 'account_id')}`, cell(row, 'effective_at'), cell(row, 'csm_id'))
  for (const list of found.values()) list.sort((a, b) => (a.at < b.at ? -1 : 1))
  addTeams(book, found)
  return found
}

/** The last value of each day up to and with the given one; empty before the first. */
const atClose = (history: readonly DatedValue[], day: Day): string => history.findLast((each) => each.day <= day)?.value ?? ''

/** Teams of a CSM, in order. */
export const teamsOf = (book: Book, csm: string): DatedValue[] =>
  book.facts.csm
    .filter((row) => cell(row, 'csm_id') === csm)
    .map((row) => ({
      day: dayOf(new Date(cell(row, 'effective_at')), book.settings.time_zone),
      at: new Date(cell(row, 'effective_at')).toISOString(),
      value: cell(row, 'team'),
    }))
    .filter(({ day }) => book.asOf === null || day <= book.asOf)
    .sort((a, b) => (a.at < b.at ? -1 : 1))

/** The team of an account is that of whoever owns it, read at the close of every day on which the owner or a team of theirs changes. */
function addTeams(book: Book, found: Map<string, DatedValue[]>): void {
  if (book.facts.csm.every((row) => cell(row, 'team') === '')) return
  for (const { account } of book.accounts) {
    const owners = found.get(`csm ${account}`) ?? []
    const [first] = owners
    if (first === undefined) continue
    const days = [...new Set([...owners, ...owners.flatMap(({ value }) => teamsOf(book, value))].map(({ day }) => day))]
      .filter((day) => day >= first.day)
      .sort()
    found.set(
      `team ${account}`,
      days.map((day) => ({ day, at: day, value: atClose(teamsOf(book, atClose(owners, day)), day) })),
    )
  }
}

/**
 * An account's value of a dimension for a period. At the opening: the one in force at its start; where none was ever set by
 * then, the first one set inside the period. At the close: the last one set before its end (C22). A merged account takes the
 * survivor's own values.
 */
const dimensionsOf =
  (book: Book, question: Question, moment: Moment) =>
  (account: string, dimension: string): string =>
    valueFor(historiesOf(book).get(`${dimension} ${account}`) ?? [], question, moment) || NONE

export function valueFor(history: readonly DatedValue[], question: Pick<Question, 'from' | 'until'>, moment: Moment): string {
  const ending = moment === 'close' ? history.findLast((each) => each.day < question.until) : undefined
  const known = ending ?? history.findLast((each) => each.day < question.from) ?? history.find((each) => each.day < question.until)
  return known?.value ?? ''
}

/** Reporting money of holdings at a boundary, at the rate of the same or another boundary: each holding rounded (C6: once, at the finest grain). */
export const balance = (
  scope: Scope,
  account: AccountBook,
  boundary: Day,
  rateBoundary = boundary,
  which: (holding: Holding) => boolean = () => true,
): Micros =>
  sumOf(
    account.at(boundary).filter((holding) => scope.keeps(holding) && which(holding)),
    (holding) => scope.book.exchange.atBoundary(holding.mrr, holding.currency, rateBoundary),
  )

/** What an account's subscriptions come to in a year, each from its own price (C6). */
export const yearly = (scope: Scope, account: AccountBook, boundary: Day, which: (holding: Holding) => boolean = () => true): Micros =>
  sumOf(
    account.at(boundary).filter((holding) => scope.keeps(holding) && which(holding)),
    (holding) => scope.book.exchange.atBoundary(holding.arr, holding.currency, boundary),
  )

export const isCustomer = (scope: Scope, account: AccountBook, boundary: Day): boolean =>
  account.at(boundary).some((holding) => holding.mrr > 0n && scope.keeps(holding))

export const sumOf = <Item>(items: readonly Item[], amount: (item: Item) => Micros): Micros => items.reduce((sum, item) => sum + amount(item), 0n)

/** Movements of the period with at least one part in the scope. */
export function movementsIn(scope: Scope, from = scope.from, until = scope.until): { movement: Movement; parts: readonly Component[] }[] {
  return scope.accounts.flatMap((account) =>
    account.movements
      .filter((movement) => movement.day >= from && movement.day < until)
      .map((movement) => ({ movement, parts: movement.components.filter((part) => scope.keeps(part)) }))
      .filter(({ parts }) => parts.length > 0),
  )
}

/** Reporting amount of a component: native times the rate of its local day, rounded. */
export const reported = (scope: Scope, day: Day, parts: readonly Component[]): Micros =>
  sumOf(parts, (part) => scope.book.exchange.at(part.native, part.currency, day))

/** The last day whose facts count for something asked at the boundary. */
export const lastDay = (scope: Scope, boundary: Day): Day => {
  const day = addDays(boundary, -1)
  return scope.book.asOf !== null && scope.book.asOf < day ? scope.book.asOf : day
}
