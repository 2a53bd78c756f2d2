import { expectedLoss } from '../statistics/expected-loss.ts'
import { logistic } from '../statistics/logistic.ts'
import { shrunkRate } from '../statistics/shrinkage.ts'

/** How near an account is to the day by which it must decide. */
export type Phase = 'month_to_month' | 'in_window' | 'later'

/** One horizon for all accounts, so that sums have a meaning. */
export const HORIZON = 90
/** As many accounts as a band is drawn to its phase by. */
const PRIOR = 20

export const phaseOf = (daysToDeadline: number | null): Phase =>
  daysToDeadline === null ? 'month_to_month' : daysToDeadline <= HORIZON ? 'in_window' : 'later'

export interface Counted {
  readonly decided: number
  readonly n: number
}

/** The chance of a band within its phase: its own rate, drawn to that of the phase. Null without any row of the phase. */
export function bandInPhase(phase: Counted, band: Counted): number | null {
  return phase.n === 0 ? null : (shrunkRate({ k: band.decided, n: band.n }, phase.decided / phase.n, PRIOR)?.value ?? null)
}

/** The chance that a contract is renewed at its deadline: every spell of the horizon before the window, then the window. */
export function renewalLikelihood(
  phase: Phase,
  daysToDeadline: number | null,
  chances: { readonly later: number; readonly in_window: number; readonly month_to_month: number },
): number {
  switch (phase) {
    case 'month_to_month':
      return 1 - chances.month_to_month
    case 'in_window':
      return 1 - chances.in_window
    case 'later': {
      const spells = Math.ceil(((daysToDeadline ?? 0) - HORIZON) / HORIZON)
      return (1 - chances.later) ** spells * (1 - chances.in_window)
    }
  }
}

export interface AtRisk {
  readonly expected_loss: number
  readonly sd: number
  /** ARR of those who have decided: lost already, no likelihood. */
  readonly decided: number
  readonly total: number
}

export function arrAtRisk(undecided: readonly { readonly arr: number; readonly p: number }[], decided: number): AtRisk {
  const loss = expectedLoss(undecided.map(({ arr, p }) => ({ amount: arr, chance: p }))) ?? { expected: 0, sd: 0 }
  return { expected_loss: loss.expected, sd: loss.sd, decided, total: loss.expected + decided }
}

export interface Explained {
  readonly contributions: Readonly<Record<string, number>>
  readonly logit_at_means: number
  readonly logit: number
  readonly p: number
}

/** A likelihood in log-odds: what each feature, in deviations from its mean, adds to that of the mean account. */
export function explainLikelihood(atMeans: number, beta: Readonly<Record<string, number>>, x: Readonly<Record<string, number>>): Explained {
  const contributions = Object.fromEntries(Object.entries(beta).map(([name, slope]) => [name, slope * (x[name] ?? 0)]))
  const logit = Object.values(contributions).reduce((sum, each) => sum + each, atMeans)
  return { contributions, logit_at_means: atMeans, logit, p: logistic(logit) }
}
