import { termPeriod } from '../../health/operand.ts'
import { boundStore } from '../../facts/store.ts'
import { compute } from '../../books/ask.ts'
import type { Asking } from '../../books/ask.ts'
import type { Books } from '../../books/books.ts'
import { readBook } from '../../books/read-book.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, addMonths, startOf } from '../../kernel/period.ts'
import { readRule } from '../../kernel/rule/read-rule.ts'
import type { Rule, RuleMetric, RuleTerm } from '../../kernel/rule/rule.ts'
import { ruleHolds, termKey, termsOf } from '../../kernel/rule/rule.ts'
import { sayRule, writeRule } from '../../kernel/rule/write-rule.ts'
import { reasonAt, valueAt } from '../../metrics/ask/account-column.ts'
import type { AccountValues } from '../../metrics/ask/account-column.ts'
import { readAccountValues } from '../../metrics/ask/account-values.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { AccountToday } from '../today/account-today.ts'
import { metricsForRules } from './own-signal.ts'

/** What is read of an account for a rule. */
export interface RuleRow {
  readonly account_id: string
  readonly holds: boolean | null
  /** By what was read; null where there is no value. */
  readonly values: Readonly<Record<string, number | null>>
  /** Why there is none. */
  readonly reasons: Readonly<Record<string, string>>
  readonly sentence: string
}

/** A rule over all accounts on a day, as they are known in the book. */
export async function* ruleRows(book: Book, rule: Rule, metrics: readonly RuleMetric[], day: Day): AsyncIterable<RuleRow> {
  const terms = termsOf(rule)
  const read: AccountValues = await readAccountValues(
    book,
    terms.map((term) => ({ metric: term.metric, period: termPeriod(term, day) })),
    day,
  )
  const keys = terms.map(termKey)
  const currency = book.settings.reporting_currency
  for (const [place, account_id] of read.accounts.entries()) {
    const values = Object.fromEntries(read.columns.map((column, i) => [keys[i] ?? '', valueAt(column, place)]))
    const valueOf = (term: RuleTerm): number | null => values[termKey(term)] ?? null
    const reasons = Object.fromEntries(
      read.columns.flatMap((column, i) => {
        const reason = reasonAt(column, place)
        return reason === null ? [] : [[keys[i] ?? '', reason]]
      }),
    )
    yield { account_id, holds: ruleHolds(rule, valueOf), values, reasons, sentence: sayRule(rule, metrics, valueOf, currency) }
  }
}

/** What a rule matches now, before it is saved, and what it would have matched. */
export interface RuleTrial {
  /** The rule as it is stored. */
  readonly rule: string
  readonly day: Day
  readonly rows: readonly (RuleRow & { readonly name: string; readonly csm: string | null; readonly arr: number })[]
  readonly total: number
  /** Customers of which it cannot be said whether it holds, since a value is missing. */
  readonly unknown: number
  readonly customers: number
  /** At the end of each of the last twelve months, the oldest first, by what is known now. */
  readonly past: readonly { readonly day: Day; readonly matched: number; readonly began: number; readonly unknown: number }[]
}

/** Accounts that are listed of a rule. */
const MOST = 200
const MONTHS = 12
const SECONDS = 120

/** Last days of the months before a day, the oldest first. */
export const monthEnds = (day: Day, months: number): Day[] =>
  Array.from({ length: months }, (_, i) => addDays(addMonths(startOf('month', day), i + 1 - months), -1))

async function customersOn(book: Book, day: Day): Promise<Map<string, number>> {
  const { accounts, columns } = await readAccountValues(book, [{ metric: 'arr' }], day)
  const [arr] = columns
  return new Map(accounts.flatMap((account, place) => (arr === undefined || (valueAt(arr, place) ?? 0) <= 0 ? [] : [[account, valueAt(arr, place) ?? 0]])))
}

/** How a rule stands on a day among those who are customers then. */
async function matchesOn(
  book: Book,
  rule: Rule,
  metrics: readonly RuleMetric[],
  day: Day,
): Promise<{ rows: RuleRow[]; unknown: number; arr: Map<string, number> }> {
  const arr = await customersOn(book, day)
  const rows: RuleRow[] = []
  let unknown = 0
  for await (const row of ruleRows(book, rule, metrics, day)) {
    if (!arr.has(row.account_id)) continue
    if (row.holds === true) rows.push(row)
    if (row.holds === null) unknown++
  }
  return { rows, unknown, arr }
}

/**
 * Tries a rule on the accounts as they are, and at the ends of the last twelve months by what is known of them now.
 * Throws `bad_rule`.
 */
export async function tryRule(books: Books, asking: Asking, text: string, accounts: ReadonlyMap<string, AccountToday>): Promise<RuleTrial> {
  const { book } = await readBook(books, asking)
  const metrics = metricsForRules(book.catalogue)
  const rule = readRule(text, metrics)
  const today = addDays(book.knownUntil, -1)
  const work = async (own: Book): Promise<RuleTrial> => {
    const now = await matchesOn(own, rule, metrics, today)
    const past: { day: Day; matched: number; began: number; unknown: number }[] = []
    let before: ReadonlySet<string> = new Set()
    for (const day of monthEnds(today, MONTHS)) {
      const { rows, unknown } = await matchesOn(own, rule, metrics, day)
      const matched = new Set(rows.map(({ account_id }) => account_id))
      past.push({ day, matched: matched.size, began: [...matched].filter((account) => !before.has(account)).length, unknown })
      before = matched
    }
    const rows = now.rows
      .map((row) => ({ ...row, ...named(row.account_id, accounts), arr: now.arr.get(row.account_id) ?? 0 }))
      .sort((a, b) => b.arr - a.arr || (a.account_id < b.account_id ? -1 : 1))
    return { rule: writeRule(rule, metrics), day: today, rows: rows.slice(0, MOST), total: rows.length, unknown: now.unknown, customers: now.arr.size, past }
  }
  return compute(books.lanes, books.store, (store, signal) => work({ ...book, store: boundStore(store, { signal }), signal }), {
    ...asking,
    seconds: SECONDS,
    size: 20,
  })
}

const named = (account: string, accounts: ReadonlyMap<string, AccountToday>): { name: string; csm: string | null } => {
  const known = accounts.get(account)
  return { name: known?.name ?? account, csm: known?.csm ?? null }
}
