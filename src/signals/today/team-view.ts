import type { Asking } from '../../books/ask.ts'
import type { ShownBand } from '../../health/bands.ts'
import type { AtRisk } from '../../health/likelihood.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { Capacity, RedLine } from '../work.ts'
import { redLineTable } from '../work.ts'
import type { AccountToday } from './account-today.ts'
import type { DayLine } from './day-lines.ts'
import { UNWORKED_DAYS, unworked } from './day-lines.ts'
import { readLastActs } from './read-beside.ts'
import { readScores } from './read-changes.ts'
import type { TodaySources } from './sources.ts'
import type { BandSum, CsmToday } from './team-today.ts'
import { atRiskOf, byBand, decidedArr, teamToday } from './team-today.ts'
import { deadlinesAhead, openDesk } from './today.ts'
import type { Deadline, Desk } from './today.ts'

/** The line that hours draw through the accounts: as they are, and with one CSM or one hour more or less. */
export interface RedLineTold {
  readonly hours_per_save: number
  /** Whether the number of CSMs was counted from those who own accounts. */
  readonly is_counted: boolean
  readonly table: readonly (RedLine & Pick<Capacity, 'csms' | 'usable_hours'>)[]
  /** Accounts without a score, which no line can be drawn through. */
  readonly without_score: number
}

export interface TeamView {
  readonly csms: readonly CsmToday[]
  readonly unworked: readonly DayLine[]
  readonly red_line: RedLineTold
}

export function redLineOf(accounts: readonly AccountToday[], settings: Pick<Settings, 'csms' | 'usable_hours_per_week' | 'hours_per_save'>): RedLineTold {
  const owners = new Set(accounts.flatMap(({ csm }) => csm ?? []))
  const is_counted = settings.csms === ''
  const capacity = {
    csms: is_counted ? owners.size : Number(settings.csms),
    usable_hours: Number(settings.usable_hours_per_week),
    hours_per_save: Number(settings.hours_per_save),
  }
  // Who has decided is not saved by the hour any more; no line has less than nobody behind it.
  const scores = accounts.filter(({ decided_on }) => decided_on === null).map(({ score }) => score)
  const table = redLineTable(scores, capacity).filter(({ csms, usable_hours }) => csms >= 0 && usable_hours > 0)
  return { hours_per_save: capacity.hours_per_save, is_counted, table, without_score: scores.filter((score) => score === null).length }
}

/** The team per CSM, what nobody worked for a week, and the red line. */
export async function askTeamView(sources: TodaySources, asking: Asking): Promise<{ desk: Desk; view: TeamView }> {
  const desk = await openDesk(sources, asking)
  const { order, read, book, settings, state } = desk
  const accounts = [...read.accounts.values()]
  const acts = await readLastActs(book, state.today)
  const waiting = unworked([...order.worked, ...order.below], acts, addDays(state.today, -UNWORKED_DAYS))
  const nameOf = (csm: string): string => read.names.get(csm) ?? csm
  return { desk, view: { csms: teamToday(accounts, order, waiting, nameOf), unworked: waiting, red_line: redLineOf(accounts, settings) } }
}

/** Days back against which the company is held. */
export const COMPANY_DAYS = 30

export interface BandMove {
  readonly before: ShownBand
  readonly after: ShownBand
  readonly accounts: number
  readonly arr: number
}

export interface CompanyView {
  readonly accounts: number
  readonly arr: number
  readonly bands: readonly BandSum[]
  readonly at_risk: AtRisk | null
  readonly decided: { readonly accounts: number; readonly arr: number }
  /** From which band to which, between a day and the last; accounts that were there on both. Null where nothing is said of that day. */
  readonly moved: { readonly since: Day; readonly moves: readonly BandMove[] } | null
  readonly signals: readonly { readonly kind: string; readonly name: string; readonly raised: number; readonly open: number }[]
  readonly deadlines: readonly Deadline[]
}

type Banded = ReadonlyMap<string, { readonly band: ShownBand; readonly arr: number }>

/** From which band to which, of accounts that were there on both days; ARR as it is on the second. */
export function bandMoves(before: Banded, now: Banded): BandMove[] {
  const moves = new Map<string, BandMove>()
  for (const [account, { band, arr }] of now) {
    const then = before.get(account)?.band
    if (then === undefined || then === band) continue
    const known = moves.get(`${then} ${band}`) ?? { before: then, after: band, accounts: 0, arr: 0 }
    moves.set(`${then} ${band}`, { ...known, accounts: known.accounts + 1, arr: known.arr + arr })
  }
  return [...moves.values()].sort((a, b) => b.arr - a.arr || (a.before + a.after < b.before + b.after ? -1 : 1))
}

/** The company: ARR by band, what is at risk and what has decided, and what moved. */
export async function askCompanyView(sources: TodaySources, asking: Asking): Promise<{ desk: Desk; view: CompanyView }> {
  const desk = await openDesk(sources, asking)
  const { read, book, state, kinds } = desk
  const accounts = [...read.accounts.values()]
  const since = addDays(read.said?.day ?? state.today, -COMPANY_DAYS)
  const { said } = read
  const none = new Map<string, never>()
  const [now, before, counts] = await Promise.all([
    said === null ? none : readScores(book, said, said.day),
    said === null ? none : readScores(book, said, since),
    sources.countByKind(since),
  ])
  const decided = accounts.filter(({ decided_on }) => decided_on !== null)
  return {
    desk,
    view: {
      accounts: accounts.length,
      arr: accounts.reduce((sum, { arr }) => sum + arr, 0),
      bands: byBand(accounts),
      at_risk: atRiskOf(accounts),
      decided: { accounts: decided.length, arr: decidedArr(accounts) },
      moved: before.size === 0 ? null : { since, moves: bandMoves(before, now) },
      signals: counts
        .map((count) => ({ ...count, name: kinds(count.kind).name }))
        .sort((a, b) => b.raised - a.raised || b.open - a.open || (a.kind < b.kind ? -1 : 1)),
      deadlines: deadlinesAhead(accounts, state.today),
    },
  }
}
