/** An account that needs somebody: what it pays, how likely it is to leave, and what its signs are. */
export interface Waiting {
  readonly account: string
  readonly arr: number
  readonly p: number
}

/** Lines that a CSM is given a day unless the workspace says otherwise. */
export const DAILY_BUDGET = 5
/** What an hour is worth first, one line an account, and what is beyond the budget of the day. */
export function dailyOrder<W extends Waiting>(
  waiting: readonly W[],
  budget: number = DAILY_BUDGET,
): { readonly worked: readonly W[]; readonly skipped: readonly W[] } {
  const best = new Map<string, W>()
  for (const each of waiting) {
    const known = best.get(each.account)
    if (known === undefined || known.arr * known.p < each.arr * each.p) best.set(each.account, each)
  }
  const order = [...best.values()].sort((a, b) => b.arr * b.p - a.arr * a.p || (a.account < b.account ? -1 : 1))
  return { worked: order.slice(0, budget), skipped: order.slice(budget) }
}

export interface Capacity {
  readonly csms: number
  /** Of each, a week. */
  readonly usable_hours: number
  readonly hours_per_save: number
}

export const accountsAWeek = ({ csms, usable_hours, hours_per_save }: Capacity): number => Math.floor((csms * usable_hours) / hours_per_save + 1e-9)

export interface RedLine {
  readonly accounts: number
  /** The score of the last account above the line; null where nobody has one. */
  readonly score: number | null
}

/** As many accounts as there are hours for, the lowest scores first; accounts without a score are listed, not counted. */
export function redLine(scores: readonly (number | null)[], capacity: Capacity): RedLine {
  const accounts = accountsAWeek(capacity)
  const sorted = scores.filter((score) => score !== null).sort((a, b) => a - b)
  return { accounts, score: sorted[Math.min(accounts, sorted.length) - 1] ?? null }
}

/** The line as it is, and with one CSM or one hour more or less. */
export function redLineTable(scores: readonly (number | null)[], capacity: Capacity): (RedLine & Pick<Capacity, 'csms' | 'usable_hours'>)[] {
  const { csms, usable_hours } = capacity
  return [
    [csms, usable_hours],
    [csms - 1, usable_hours],
    [csms + 1, usable_hours],
    [csms, usable_hours - 1],
    [csms, usable_hours + 1],
  ].map(([people = 0, hours = 0]) => ({ csms: people, usable_hours: hours, ...redLine(scores, { ...capacity, csms: people, usable_hours: hours }) }))
}
