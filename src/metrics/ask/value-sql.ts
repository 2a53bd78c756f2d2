import { joinSql, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Period } from '../../kernel/period.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'
import type { Book } from '../kit/book.ts'
import { reachesBack } from '../kit/value.ts'
import type { Absence, Condition, Form } from '../kit/value.ts'

/** A value whose SQL follows from what it is. */
export type DataForm = Exclude<Form, { readonly kind: 'computed' }>

/** The columns in which the sums of measures stand, and how many rows of one had no rate; null where a measure needs none. */
export interface SumsAt {
  readonly sum: (measure: string) => Sql
  readonly gaps: (measure: string) => Sql | null
}

const numberOf = (sum: Sql): Sql => sql`toFloat64(${sum})`

/** The arithmetic of a value, whatever may leave it without one. */
export function arithmeticSql(form: DataForm, { sum }: SumsAt): Sql {
  if (form.kind === 'total') return numberOf(sum(form.over))
  const { times, plus } = form
  const over = times === 1 ? numberOf(sum(form.over)) : sql`${trusted(String(times))} * ${numberOf(sum(form.over))}`
  return plus === 0 ? sql`${over} / ${numberOf(sum(form.under))}` : sql`${over} / ${numberOf(sum(form.under))} + ${trusted(`(${plus})`)}`
}

/** The measures that a value and its absence rest on. */
export const measuresNamed = (form: DataForm): string[] => [
  ...new Set([
    form.over,
    ...(form.under === null ? [] : [form.under]),
    ...form.absences.flatMap((absence) => ('when' in absence ? absence.when.map(([measure]) => measure) : [])),
  ]),
]

/** Reasons for which a value may be missing, in the order in which they count: `reasonSql` gives the place of one, from 1. */
export const reasonsOf = (form: DataForm): NullReason[] => [...form.absences.map(({ reason }) => reason), 'fx_missing']

/** Of each period asked for whether an absence that looks at coverage holds: such a reason is known before any row is read. */
function absentIn(absence: Absence & { readonly months: number }, periods: readonly Period[], { coverage }: Book): Sql {
  const held = periods.map((period) => !reachesBack(absence, { coveredSince: coverage.since, period }))
  if (held.every((one) => one === held[0])) return trusted(held[0] === true ? '1' : '0')
  return trusted(`[${held.map(Number).join(', ')}][asked + 1] = 1`)
}

const meets = ([measure, is, than]: Condition, { sum }: SumsAt): Sql => sql`${sum(measure)} ${trusted(is)} ${trusted(String(than))}`

/** Why there is no value, as its place among `reasonsOf`; 0 where there is one. */
export function reasonSql(form: DataForm, at: SumsAt, periods: readonly Period[], book: Book): Sql {
  const conditions = form.absences.map((absence) =>
    'months' in absence
      ? absentIn(absence, periods, book)
      : joinSql(
          absence.when.map((condition) => meets(condition, at)),
          ' AND ',
        ),
  )
  const gaps = [form.over, form.under].flatMap((measure) => (measure === null ? [] : (at.gaps(measure) ?? [])))
  const missing = gaps.length === 0 ? null : sql`${joinSql(gaps, ' + ')} > 0`
  const cases = conditions.map((condition, i) => ({ condition, place: i + 1, early: form.absences[i]?.reason === 'not_matured' }))
  // What is too young says so first; then a rate that is missing, which may be why nothing is there.
  const inOrder =
    missing === null ? cases : [...cases.filter(({ early }) => early), { condition: missing, place: cases.length + 1 }, ...cases.filter(({ early }) => !early)]
  if (inOrder.length === 0) return trusted('0')
  return sql`multiIf(${joinSql(
    inOrder.map(({ condition, place }) => sql`${condition}, ${trusted(String(place))}`),
    ', ',
  )}, 0)`
}
