import { addDays, daysBetween } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { nothing } from './answer.ts'
import type { Answer } from './answer.ts'
import type { SaidRow, Told } from './company.ts'
import { groupBy } from './group.ts'
import type { Scope } from './scope.ts'

const toldOf = ({ book }: Scope): Told => book.told ?? { said: [], decided: [] }
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0)

interface Close {
  readonly day: Day
  readonly mode: string
  /** Of the accounts that are asked about. */
  readonly rows: readonly SaidRow[]
}

/** The last day that was lived in the eight days that end with the period; else the last one that was replayed. */
function closeOf(scope: Scope): Close | null {
  const [until, from] = [addDays(scope.until, -1), addDays(scope.until, -8)]
  const { said } = toldOf(scope)
  for (const mode of ['lived', 'as_if_connected']) {
    const days = said.filter((row) => row.mode === mode && row.day >= from && row.day <= until).map(({ day }) => day)
    const day = days.sort().at(-1)
    if (day === undefined) continue
    const kept = (account: string): boolean =>
      Object.entries(scope.question.where ?? {}).every(([dimension, values]) => values.includes(scope.value(account, dimension)))
    return { day, mode, rows: said.filter((row) => row.mode === mode && row.day === day && kept(row.account_id)) }
  }
  return null
}

const told =
  (compute: (scope: Scope, close: Close) => Answer) =>
  (scope: Scope): Answer => {
    const close = closeOf(scope)
    return close === null || close.rows.length === 0 ? nothing('nothing_said') : compute(scope, close)
  }

const valued = (value: number, parts: Answer['parts'], n: number): Answer => ({
  value,
  exact: null,
  numerator: null,
  denominator: null,
  n,
  null_reason: null,
  parts,
})

const healthScore = told((_, { rows }) => {
  const known = rows.flatMap(({ score, arr }) => (score === null ? [] : [{ score, arr }]))
  const arr = sum(known.map((row) => row.arr))
  const inBand = (band: string): number => rows.filter((row) => row.band === band).length
  const parts = { customers: rows.length, red: inBand('red'), amber: inBand('amber'), green: inBand('green'), unknown: inBand('unknown') }
  if (arr === 0) return nothing(known.length > 0 ? 'fx_missing' : 'low_coverage', parts)
  return valued(sum(known.map((row) => row.arr * row.score)) / arr, parts, known.length)
})

const middle = (list: readonly number[]): number => {
  const sorted = [...list].sort((a, b) => a - b)
  const half = (sorted.length - 1) / 2
  return ((sorted[Math.floor(half)] ?? NaN) + (sorted[Math.ceil(half)] ?? NaN)) / 2
}

const healthTrend = told((scope, { day, rows }) => {
  const { said } = toldOf(scope)
  const slopes = rows.flatMap(({ account_id }) => {
    const points = Array.from({ length: 8 }, (_, x) => {
      const on = said.filter((row) => row.account_id === account_id && row.day === addDays(day, 7 * (x - 7)))
      return { x, y: (on.find(({ mode }) => mode === 'lived') ?? on.find(({ mode }) => mode === 'as_if_connected'))?.score ?? null }
    }).flatMap(({ x, y }) => (y === null ? [] : [{ x, y }]))
    if (points.length < 5) return []
    return [middle(points.flatMap((a) => points.filter((b) => b.x > a.x).map((b) => (b.y - a.y) / (b.x - a.x))))]
  })
  const parts = { customers: rows.length, falling: slopes.filter((slope) => slope <= -0.5).length, rising: slopes.filter((slope) => slope >= 0.5).length }
  return slopes.length === 0 ? nothing('too_few_snapshots', parts) : valued(middle(slopes), parts, slopes.length)
})

type Happened = (row: SaidRow, last: Day) => boolean
type Chance = (phase: string, band: string) => number | null

/** The chance of a band in its phase by the ends of months of which all 90 days are known, lived ones where there are any. */
function chancesOf(scope: Scope, happened: Happened): Chance {
  for (const mode of ['lived', 'as_if_connected']) {
    const all = toldOf(scope).said.filter((row) => row.mode === mode && row.day < scope.until)
    const days = all.map(({ day }) => day).sort()
    const [first = '', last = ''] = [days[0], days.at(-1)]
    const months = all.filter(({ day, phase }) => phase !== null && addDays(day, 1).endsWith('-01') && day >= addDays(first, 90) && addDays(day, 90) <= last)
    if (months.length === 0) continue
    const counted = (rows: readonly SaidRow[]) => ({ n: rows.length, k: rows.filter((row) => happened(row, last)).length })
    return (phase, band) => {
      const ofPhase = months.filter((row) => row.phase === phase)
      if (ofPhase.length === 0) return null
      const [whole, own] = [counted(ofPhase), counted(ofPhase.filter((row) => row.band === band))]
      return (own.k + (20 * whole.k) / whole.n) / (own.n + 20)
    }
  }
  return () => null
}

const within = (row: SaidRow, day: Day): boolean => day > row.day && day <= addDays(row.day, 90)

const leaves = (scope: Scope): Chance => {
  const decided = groupBy(toldOf(scope).decided, ({ account_id }) => account_id)
  return chancesOf(scope, (row, last) =>
    (decided.get(row.account_id) ?? []).some(
      (one) => one.mode === row.mode && within(row, one.decided_on) && one.known_on <= last && (one.taken_back_on === null || one.taken_back_on > last),
    ),
  )
}

const expands = (scope: Scope): Chance => {
  const movements = groupBy(
    scope.book.accounts.flatMap((account) => account.movements.filter(({ counts, kind }) => counts && kind === 'expansion')),
    ({ account }) => account,
  )
  return chancesOf(scope, (row) => (movements.get(row.account_id) ?? []).some(({ day }) => within(row, day)))
}

/** The customers with the chance that each has, where any has one. */
const byChance = (
  of: (scope: Scope, close: Close) => (row: SaidRow) => number | null,
  answer: (rows: readonly (SaidRow & { p: number })[]) => [number, Answer['parts']],
) =>
  told((scope, close) => {
    const chance = of(scope, close)
    const known = close.rows.flatMap((row) => {
      const p = row.phase === null ? null : chance(row)
      return p === null ? [] : [{ ...row, p }]
    })
    const decided = close.rows.filter(({ phase }) => phase === null).length
    if (known.length === 0) return nothing(decided > 0 ? 'all_decided' : 'no_history', { decided })
    const [value, parts] = answer(known)
    return valued(value, { ...parts, told: known.length, decided }, known.length)
  })

const ownChance =
  (chances: (scope: Scope) => Chance) =>
  (scope: Scope): ((row: SaidRow) => number | null) => {
    const chance = chances(scope)
    return ({ phase, band }) => chance(phase ?? '', band)
  }

const meanChance = (rows: readonly (SaidRow & { p: number })[]): [number, Answer['parts']] => [sum(rows.map(({ p }) => p)) / rows.length, {}]

function renews(scope: Scope, { day }: Close): (row: SaidRow) => number | null {
  const chance = leaves(scope)
  return ({ phase, band, next_deadline }) => {
    const [own, due] = [chance(phase ?? '', band), chance('in_window', band)]
    if (own === null || phase !== 'later') return own === null ? null : 1 - own
    const spells = Math.ceil((daysBetween(day, next_deadline ?? day) - 90) / 90)
    return due === null ? null : (1 - own) ** Math.max(spells, 0) * (1 - due)
  }
}

export const toldMetrics = {
  health_score: healthScore,
  health_trend: healthTrend,
  churn_probability: byChance(ownChance(leaves), meanChance),
  expansion_likelihood: byChance(ownChance(expands), meanChance),
  arr_at_risk: byChance(ownChance(leaves), (rows) => [
    sum(rows.map(({ arr, p }) => arr * p)),
    { sd: Math.sqrt(sum(rows.map(({ arr, p }) => arr * arr * p * (1 - p)))) },
  ]),
  renewal_likelihood: byChance(renews, (rows) => {
    const due = ({ arr, next_deadline, deadline_arr }: SaidRow): number => (next_deadline === null ? arr : deadline_arr)
    return [sum(rows.map((row) => due(row) * row.p)) / sum(rows.map(due)), {}]
  }),
}
