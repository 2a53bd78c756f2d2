import { addDays } from '../../kernel/period.ts'
import type { Example } from '../kit/example.ts'

const JOINED = '2024-03-10'
const at = (days: number): string => `${addDays(JOINED, days)}T12:00:00Z`

/** Accounts that joined on one day: some confirmed an outcome after so many days, the others left after so many. */
export function valueCohort(reached: readonly number[], left: readonly number[]): NonNullable<Example['facts']> {
  const accounts = [...reached.map((days) => ({ days, there: true })), ...left.map((days) => ({ days, there: false }))]
  const version = (i: number, days: number, status: string, unit_amount: number) => ({
    subscription_id: `s${i}`,
    account_id: `a${i}`,
    effective_at: at(days),
    status,
    unit_amount,
    currency: 'USD',
  })
  return {
    subscription_version: accounts.flatMap(({ days, there }, i) => [version(i, 0, 'active', 10), ...(there ? [] : [version(i, days, 'ended', 0)])]),
    outcome: accounts.map((_, i) => ({ outcome_id: `o${i}`, account_id: `a${i}`, defined_at: at(0), baseline: 0, target: 10 })),
    outcome_measurement: accounts.flatMap(({ days, there }, i) =>
      there ? [{ outcome_id: `o${i}`, account_id: `a${i}`, measured_at: at(days), value: 10, confirmed_at: at(days) }] : [],
    ),
  }
}
