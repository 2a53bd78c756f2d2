import type { Pulse } from '../../health/lists.ts'
import { fleetFall, isGreenButFalling, pulseDisagrees, pulseOn, scoreAgainstMoney } from '../../health/lists.ts'
import type { Day } from '../../kernel/period.ts'
import type { AccountToday } from './account-today.ts'
import type { MoneyMoved } from './read-beside.ts'

/** Days over which a green account is watched for falling. */
export const FALLING_DAYS = 30

export interface Falling {
  readonly account: AccountToday
  readonly before: number
  readonly now: number
}

export interface AgainstMoney {
  readonly account: AccountToday
  /** Change of MRR in 90 days, as a share. */
  readonly change: number
}

export interface Disagreeing {
  readonly account: AccountToday
  readonly pulse: Pulse
  readonly steps: number
}

export interface StandingLists {
  /** How far the whole fleet fell, which no account is blamed for. */
  readonly fleet_fall: number
  readonly green_but_falling: readonly Falling[]
  readonly score_against_money: readonly AgainstMoney[]
  readonly pulse_disagrees: readonly Disagreeing[]
}

interface Beside {
  readonly day: Day
  readonly scoresBefore: ReadonlyMap<string, { readonly score: number | null }>
  readonly money: ReadonlyMap<string, MoneyMoved>
  readonly pulses: ReadonlyMap<string, Pulse>
}

const byArr = (a: { account: AccountToday }, b: { account: AccountToday }): number =>
  b.account.arr - a.account.arr || (a.account.account_id < b.account.account_id ? -1 : 1)

/** The lists that stand whatever is asked, of all accounts; most ARR first, and of pulses what is furthest apart. */
export function standingLists(accounts: readonly AccountToday[], { day, scoresBefore, money, pulses }: Beside): StandingLists {
  const scored = accounts.flatMap((account) => {
    const before = scoresBefore.get(account.account_id)?.score ?? null
    return account.score === null || before === null ? [] : [{ account, before, now: account.score }]
  })
  const fall = fleetFall(scored.map(({ before, now }) => before - now))
  return {
    fleet_fall: fall,
    green_but_falling: scored.filter(({ account, before, now }) => isGreenButFalling(account.band, now, before, fall)).sort(byArr),
    score_against_money: accounts
      .flatMap((account) => {
        const moved = money.get(account.account_id)
        const change = moved === undefined ? null : scoreAgainstMoney(account.band, moved.now, moved.before)
        return change === null ? [] : [{ account, change }]
      })
      .sort(byArr),
    pulse_disagrees: accounts
      .flatMap((account) => {
        const pulse = pulses.get(account.account_id)
        const steps = pulse === undefined ? null : pulseDisagrees(pulseOn([pulse], day), account.band)
        return pulse === undefined || steps === null ? [] : [{ account, pulse, steps }]
      })
      .sort((a, b) => b.steps - a.steps || byArr(a, b)),
  }
}
