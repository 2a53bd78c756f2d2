import { HORIZON, PRIOR } from '../ledgers/health-said.ts'
import { expectedLoss } from '../statistics/expected-loss.ts'
import { logistic } from '../statistics/logistic.ts'
import { shrunkRate } from '../statistics/shrinkage.ts'
import type { Interval } from '../statistics/interval.ts'
import { wilson } from '../statistics/wilson.ts'
import type { ShownBand } from './bands.ts'
import { groupBy } from './group.ts'

/** How near an account is to the day by which it must decide. */
export type Phase = 'month_to_month' | 'in_window' | 'later'

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

/** A customer who had not decided at the end of a month. */
export interface AccountMonth {
  readonly phase: Phase
  readonly band: ShownBand
}

export interface PhaseChance extends Counted {
  readonly rate: number
  /** Wilson, 95 %. */
  readonly interval: Interval | null
  readonly bands: ReadonlyMap<ShownBand, Counted>
}

export interface Chances {
  readonly phases: ReadonlyMap<Phase, PhaseChance>
}

/** How many of each phase and band there were, and how many of them decided to leave within the horizon. */
export function countChances(all: readonly (AccountMonth & { readonly n: number })[], left: readonly AccountMonth[]): Chances {
  const phases = new Map<Phase, PhaseChance>()
  for (const [phase, own] of groupBy(all, (each) => each.phase)) {
    const gone = left.filter((each) => each.phase === phase)
    const n = own.reduce((sum, each) => sum + each.n, 0)
    const bands = new Map(own.map((each): [ShownBand, Counted] => [each.band, { decided: gone.filter(({ band }) => band === each.band).length, n: each.n }]))
    phases.set(phase, { decided: gone.length, n, rate: gone.length / n, interval: wilson(gone.length, n), bands })
  }
  return { phases }
}

/** The chance of a band within its phase; null where nobody was ever seen in the phase. */
export function chanceOf({ phases }: Chances, phase: Phase, band: ShownBand): number | null {
  const own = phases.get(phase)
  return own === undefined ? null : bandInPhase(own, own.bands.get(band) ?? { decided: 0, n: 0 })
}

const logOdds = (p: number): number => Math.log(p / (1 - p))

/** A chance in log-odds: what the phase says, and what the band adds to it. Null at 0 and 1, which have none. */
export function explainChance(chances: Chances, phase: Phase, band: ShownBand): Explained | null {
  const [rate, p] = [chances.phases.get(phase)?.rate ?? null, chanceOf(chances, phase, band)]
  if (rate === null || p === null || rate <= 0 || rate >= 1 || p <= 0 || p >= 1) return null
  return { contributions: { band: logOdds(p) - logOdds(rate) }, logit_at_means: logOdds(rate), logit: logOdds(p), p }
}

/** The chance that a contract of a band is renewed at its deadline; null where a phase that it goes through was never seen. */
export function renewalChance(chances: Chances, phase: Phase, daysToDeadline: number | null, band: ShownBand): number | null {
  const through: readonly Phase[] = phase === 'later' ? ['later', 'in_window'] : [phase]
  const of = (each: Phase): number | null => (through.includes(each) ? chanceOf(chances, each, band) : 0)
  const [later, in_window, month_to_month] = [of('later'), of('in_window'), of('month_to_month')]
  if (later === null || in_window === null || month_to_month === null) return null
  return renewalLikelihood(phase, daysToDeadline, { later, in_window, month_to_month })
}
