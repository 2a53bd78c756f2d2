import type { Result } from '../../contract/question.ts'
import { cut, type Grain, type Period, periodLabel, previous, yearBefore } from '../../kernel/period.ts'
import { ACCOUNTS, type FakeAccount, FIRST_DAY, MOVEMENTS, mrrAt, TODAY } from './fake-company.ts'
import { CATALOG } from './fake-metrics.ts'

export interface FakeQuestion {
  metric?: string[] | string
  from: string
  until: string
  grain?: Grain | undefined
  by?: string[]
  where?: string[]
  compare?: 'previous' | 'year' | undefined
}
const accountsById = new Map(ACCOUNTS.map((account) => [account.account_id, account]))

export function passing(where: readonly string[] = []): FakeAccount[] {
  const groups = new Map<string, string[]>()
  for (const filter of where) {
    const [dimension = '', value = ''] = filter.split('=')
    groups.set(dimension, [...(groups.get(dimension) ?? []), value])
  }
  return ACCOUNTS.filter((account) => [...groups].every(([dimension, values]) => values.includes(account.dims[dimension] ?? '(none)')))
}

type Raw = {
  value: number | null
  numerator: number | null
  denominator: number | null
  n: number
  ci: [number, number] | null
  reason: string | null
  money: boolean
}

function wilson(k: number, n: number): [number, number] {
  const z = 1.96
  const p = k / n
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)
  return [middle - half, middle + half]
}

function share(numerator: number, denominator: number, n: number, money: boolean, interval: [number, number] | null): Raw {
  if (denominator === 0) return { value: null, numerator, denominator, n, ci: null, reason: 'no_opening_customers', money }
  return { value: numerator / denominator, numerator, denominator, n, ci: interval, reason: null, money }
}
const flat = (value: number, n: number): Raw => ({ value, numerator: value, denominator: null, n, ci: null, reason: null, money: true })

function retention(metric: string, accounts: readonly FakeAccount[], { from, until }: Period): Raw {
  const base = accounts.map((account) => [mrrAt(account.account_id, from), mrrAt(account.account_id, until)] as const).filter(([opening]) => opening > 0)
  const opening = base.reduce((sum, [o]) => sum + o, 0)
  const kept = base.reduce((sum, [o, c]) => sum + (metric === 'nrr' ? c : Math.min(o, c)), 0)
  const stayed = base.filter(([, c]) => c > 0).length
  const spread = 0.55 / Math.sqrt(Math.max(1, base.length))
  if (metric === 'nrr' || metric === 'grr')
    return share(
      kept,
      opening,
      base.length,
      true,
      base.length < 20 ? null : [kept / opening - spread, metric === 'grr' ? Math.min(1, kept / opening + spread * 0.6) : kept / opening + spread],
    )
  if (metric === 'gross_mrr_churn_rate')
    return share(opening - kept, opening, base.length, true, base.length < 20 ? null : [Math.max(0, 1 - kept / opening - spread), 1 - kept / opening + spread])
  const hits = metric === 'logo_churn_rate' ? base.length - stayed : stayed
  return share(hits, base.length, base.length, false, base.length === 0 ? null : wilson(hits, base.length))
}

function compute(metric: string, accounts: readonly FakeAccount[], period: Period): Raw {
  const ids = new Set(accounts.map((account) => account.account_id))
  const inside = MOVEMENTS.filter((movement) => ids.has(movement.account_id) && movement.day >= period.from && movement.day < period.until)
  const sum = (kind: string) => inside.filter((movement) => movement.kind === kind).reduce((total, movement) => total + movement.amount, 0)
  const paying = accounts.map((account) => mrrAt(account.account_id, period.until)).filter((value) => value > 0)
  const mrr = paying.reduce((a, b) => a + b, 0)
  const kinds: Record<string, string> = {
    new_mrr: 'new',
    expansion_mrr: 'expansion',
    reactivation_mrr: 'reactivation',
    contraction_mrr: 'contraction',
    churned_mrr: 'churn',
  }
  const kind = kinds[metric]
  if (kind !== undefined) return flat(sum(kind), inside.filter((movement) => movement.kind === kind).length)
  const gained = sum('new') + sum('expansion') + sum('reactivation')
  const lost = sum('contraction') + sum('churn')
  switch (metric) {
    case 'mrr':
      return flat(mrr, paying.length)
    case 'arr':
      return flat(mrr * 12, paying.length)
    case 'net_new_mrr':
      return flat(gained - lost, inside.length)
    case 'fx_mrr':
      return flat(0, 0)
    case 'arpa':
      return paying.length === 0
        ? { value: null, numerator: 0, denominator: 0, n: 0, ci: null, reason: 'no_customers', money: true }
        : {
            value: mrr / paying.length,
            numerator: mrr,
            denominator: paying.length,
            n: paying.length,
            ci: [(mrr / paying.length) * 0.9, (mrr / paying.length) * 1.11],
            reason: null,
            money: true,
          }
    case 'quick_ratio':
      return lost === 0
        ? { value: null, numerator: gained, denominator: 0, n: inside.length, ci: null, reason: 'nothing_lost', money: false }
        : { value: gained / lost, numerator: gained, denominator: lost, n: inside.length, ci: null, reason: null, money: false }
    case 'ltv':
      return { value: null, numerator: null, denominator: null, n: 0, ci: null, reason: 'not_matured', money: true }
    case 'customers_lost':
      return { ...flat(inside.filter((movement) => movement.kind === 'churn').length, inside.length), money: false }
    case 'net_revenue':
      return flat(mrr * 1.04, paying.length)
    default:
      return retention(metric, accounts, period)
  }
}

const named = (period: Period) => ({ ...period, label: periodLabel(period) })

function record(metric: string, accounts: readonly FakeAccount[], period: Period, dims: Record<string, string>, compare: FakeQuestion['compare']): Result {
  const raw = compute(metric, accounts, period)
  const unit = CATALOG.find((entry) => entry.id === metric)?.unit ?? 'count'
  const before = compare === undefined ? null : compare === 'year' ? yearBefore(period) : previous(period)
  const then =
    before === null
      ? null
      : before.from < FIRST_DAY.slice(0, 8) + '01' && unit === 'share'
        ? { ...raw, value: null }
        : before === null
          ? null
          : compute(metric, accounts, before)
  const change = then === null || then.value === null || raw.value === null ? null : raw.value - then.value
  return {
    metric,
    version: '1',
    period: named(period),
    dims,
    value: raw.value,
    exact: raw.value === null ? null : String(raw.value),
    numerator: raw.numerator,
    denominator: raw.denominator,
    n: raw.n,
    ci: raw.ci,
    ci_method: raw.ci === null ? null : 'bootstrap',
    ci_says: raw.ci === null ? null : '95 % interval',
    missing_rates: [],
    unit,
    currency: raw.money ? 'USD' : null,
    null_reason: raw.reason,
    flags: [...(period.until > TODAY ? ['partial'] : []), ...(raw.n < 30 && unit === 'share' ? ['small_n'] : [])],
    parts: {},
    settings_hash: 'fake',
    comparison:
      before === null || then === null
        ? null
        : {
            period: named(before),
            value: then.value,
            numerator: then.numerator,
            denominator: then.denominator,
            n: then.n,
            change,
            alike: true,
            change_ci: change === null || raw.ci === null ? null : [change - (raw.ci[1] - raw.ci[0]) * 0.5, change + (raw.ci[1] - raw.ci[0]) * 0.5],
          },
  }
}

/** Answers as the server would order them: by metric, by value of the dimension, by period. */
export function answerFake(question: FakeQuestion): Result[] {
  const metrics = typeof question.metric === 'string' ? [question.metric] : (question.metric ?? [])
  const accounts = passing(question.where)
  const by = question.by?.[0]
  const groups: [Record<string, string>, FakeAccount[]][] =
    by === undefined
      ? [[{}, accounts]]
      : [...new Set(accounts.map((account) => account.dims[by] ?? '(none)'))].map((value) => [
          { [by]: value },
          accounts.filter((account) => (account.dims[by] ?? '(none)') === value),
        ])
  const whole = { from: question.from, until: question.until }
  const periods = question.grain === undefined ? [whole] : cut(whole, question.grain)
  return metrics.flatMap((metric) => groups.flatMap(([dims, members]) => periods.map((period) => record(metric, members, period, dims, question.compare))))
}

export const accountName = (id: string): string => accountsById.get(id)?.name ?? id
