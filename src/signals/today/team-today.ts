import type { ShownBand } from '../../health/bands.ts'
import { groupBy } from '../../health/group.ts'
import { arrAtRisk } from '../../health/likelihood.ts'
import type { AtRisk } from '../../health/likelihood.ts'
import type { AccountToday, Csm } from './account-today.ts'
import type { DayLine, DayOrder } from './day-lines.ts'

export interface BandSum {
  readonly band: ShownBand
  readonly accounts: number
  readonly arr: number
}

const BANDS: readonly ShownBand[] = ['red', 'amber', 'green', 'unknown']

/** Accounts and ARR by band, the worst first. */
export const byBand = (accounts: readonly AccountToday[]): BandSum[] =>
  BANDS.map((band) => {
    const of = accounts.filter((account) => account.band === band)
    return { band, accounts: of.length, arr: of.reduce((sum, { arr }) => sum + arr, 0) }
  })

/** ARR that is expected to go and that which has decided; null where no chance is known of an account that has not decided. */
export function atRiskOf(accounts: readonly AccountToday[]): AtRisk | null {
  const undecided = accounts.filter(({ decided_on }) => decided_on === null)
  const known = undecided.flatMap(({ arr, churn_probability: p }) => (p === null ? [] : [{ arr, p }]))
  if (known.length < undecided.length) return null
  return arrAtRisk(known, decidedArr(accounts))
}

export const decidedArr = (accounts: readonly AccountToday[]): number =>
  accounts.filter(({ decided_on }) => decided_on !== null).reduce((sum, { arr }) => sum + arr, 0)

/** How one CSM stands: what they have, what waits, and what nobody worked. Without id and name: accounts that nobody owns. */
export interface CsmToday extends Csm {
  readonly accounts: number
  readonly arr: number
  readonly bands: readonly BandSum[]
  readonly at_risk: AtRisk | null
  readonly lines: number
  readonly below: number
  readonly skipped: number
  readonly unworked: number
}

/** The team, whoever has most waiting first; accounts that nobody owns come last. */
export function teamToday(
  accounts: readonly AccountToday[],
  { worked, below, skipped }: Pick<DayOrder, 'worked' | 'below' | 'skipped'>,
  unworkedLines: readonly DayLine[],
  nameOf: (csm: string) => string,
): CsmToday[] {
  const count = (lines: readonly { readonly account: AccountToday }[], csm: string | null): number => lines.filter(({ account }) => account.csm === csm).length
  return [...groupBy(accounts, ({ csm }) => csm)]
    .map(([csm, of]) => ({
      id: csm ?? '',
      name: csm === null ? '' : nameOf(csm),
      accounts: of.length,
      arr: of.reduce((sum, { arr }) => sum + arr, 0),
      bands: byBand(of),
      at_risk: atRiskOf(of),
      lines: count(worked, csm) + count(below, csm),
      below: count(below, csm),
      skipped: count(skipped, csm),
      unworked: count(unworkedLines, csm),
    }))
    .sort((a, b) => Number(a.id === '') - Number(b.id === '') || b.lines - a.lines || b.arr - a.arr || (a.name < b.name ? -1 : 1))
}
