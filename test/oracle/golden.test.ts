import { describe, expect, it } from 'vitest'
import { microsToNumber } from '../../src/kernel/money.ts'
import { GOLDEN_PERIODS, expected, goldenCompany, goldenSettings } from '../golden/golden.ts'
import { ANCHORS, goldenChecks } from '../golden/golden-questions.ts'
import { oracle } from './oracle.ts'
import { scopeOf, reported } from './scope.ts'

const golden = oracle(goldenCompany(), goldenSettings)

describe('the oracle on the golden company', () => {
  it('comes to every number of expected.json', () => {
    const wrong: string[] = []
    const checks = goldenChecks()
    for (const check of checks) {
      const found = check.shows(golden.metric(check.metric, check.question)) ?? null
      const close =
        found === null || check.expected === null ? found === check.expected : Math.abs(found - check.expected) <= 1e-8 * Math.max(1, Math.abs(check.expected))
      if (!close) wrong.push(`${check.name}: ${found} instead of ${check.expected}`)
    }
    expect(wrong).toEqual([])
    expect(checks.length).toBeGreaterThan(1200)
  })

  it('writes the ledger movement by movement, reasons included', () => {
    const scope = scopeOf(golden.book(), { from: '2024-01-01', until: '2024-08-01' }, 'opening')
    const lines = golden
      .ledger()
      .filter(({ day }) => day >= '2024-01-01')
      .map((movement) => {
        const amount = microsToNumber(reported(scope, movement.day, movement.components))
        return { date: movement.day, account: movement.account, kind: movement.kind, amount: Math.abs(amount), reason: movement.reason }
      })
    const order = (list: readonly { date: string; account: string }[]) => [...list].sort((a, b) => (a.date + a.account < b.date + b.account ? -1 : 1))
    expect(lines).toEqual(order([...expected.ledger, ...expected.after_boundary_ledger]))
  })

  it('shows what monthly rates compound to, which is not the half-year', () => {
    const months = Object.keys(GOLDEN_PERIODS).slice(0, 6)
    const compounded = (metric: string) =>
      months.reduce((all, month) => all * (golden.metric(metric, GOLDEN_PERIODS[month] ?? { from: '', until: '' }).value ?? NaN), 1)
    expect(compounded('grr')).toBeCloseTo(expected.compounded_monthly_2024_H1.grr, 8)
    expect(compounded('nrr')).toBeCloseTo(expected.compounded_monthly_2024_H1.nrr, 8)
    expect(compounded('customer_retention_rate')).toBeCloseTo(expected.compounded_monthly_2024_H1.crr, 8)
  })

  it('names who bought again, and what other tools would print', () => {
    for (const [of, renewals_count] of [
      ['renewals_count', 'yes'],
      ['new_orders_only', 'no'],
    ] as const) {
      const again = Object.entries(expected.c2_2024_Q1_60d[of].accounts).map(([account, wanted]) => {
        const only = { ...goldenCompany(), charge: goldenCompany().charge.filter((row) => row.account_id === account) }
        const answer = oracle(only, goldenSettings).metric('c2_conversion', {
          from: '2024-01-01',
          until: '2024-04-01',
          options: { horizon_days: '60', renewals_count },
        })
        return [account, answer.numerator === 1, wanted]
      })
      expect(again.filter(([, found, wanted]) => found !== wanted)).toEqual([])
    }
    for (const line of Object.values(expected.periods))
      for (const [name, formula] of Object.entries(ANCHORS)) expect(formula(line)).toBeCloseTo(line[name] ?? NaN, 8)
  })
})
