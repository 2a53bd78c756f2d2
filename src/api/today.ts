import type { Contract } from '../contract/contract.ts'
import type { todayOps } from '../contract/today.ts'
import { factById } from '../facts/facts.ts'
import { notFound } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { daysBetween } from '../kernel/period.ts'
import type { DayLine, OpenSignal } from '../signals/today/day-lines.ts'
import { askCompanyView, askTeamView } from '../signals/today/team-view.ts'
import { askCsmView } from '../signals/today/today.ts'
import type { CsmView, Desk } from '../signals/today/today.ts'
import type { Answer } from '../contract/op.ts'
import { toAccount } from './account-today.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

/** As many rows of one list as a page shows; it says how many there are. */
const SHOWN = 50

const toSignal = (today: Day) => (signal: OpenSignal) => ({
  id: signal.id,
  kind: signal.kind,
  name: signal.name,
  class: signal.class,
  sentence: signal.sentence,
  raised_on: signal.raised_on,
  age: daysBetween(signal.raised_on, today),
})

const toLine = (desk: Desk) => {
  const [account, signal] = [toAccount(desk), toSignal(desk.state.today)]
  return (line: DayLine) => ({
    account: account(line.account),
    signals: line.signals.map(signal),
    chance: line.chance,
    worth: line.worth,
    came_back: line.came_back,
  })
}

/** Who owns accounts, and how many, by name; those that nobody owns last. */
function csmsOf({ read }: Desk): Answer<Contract['today']>['csms'] {
  const found = new Map<string, { accounts: number; arr: number }>()
  for (const { csm, arr } of read.accounts.values()) {
    const known = found.get(csm ?? '') ?? { accounts: 0, arr: 0 }
    found.set(csm ?? '', { accounts: known.accounts + 1, arr: known.arr + arr })
  }
  return [...found]
    .map(([id, sums]) => ({ id, name: id === '' ? '' : (read.names.get(id) ?? id), ...sums }))
    .sort((a, b) => Number(a.id === '') - Number(b.id === '') || (a.name < b.name ? -1 : 1))
}

function toLists(desk: Desk, { lists, missing }: CsmView): Answer<Contract['today']>['lists'] {
  const account = toAccount(desk)
  return {
    fleet_fall: lists.fleet_fall,
    green_but_falling: lists.green_but_falling.slice(0, SHOWN).map((row) => ({ account: account(row.account), before: row.before, now: row.now })),
    score_against_money: lists.score_against_money.slice(0, SHOWN).map((row) => ({ account: account(row.account), change: row.change })),
    pulse_disagrees: lists.pulse_disagrees.slice(0, SHOWN).map(({ account: of, pulse: { value, reason, author, set_on }, steps }) => ({
      account: account(of),
      value,
      reason,
      author,
      set_on,
      steps,
    })),
    missing: [...missing],
  }
}

const factName = (id: string): string => factById(id)?.plural ?? id

function toLearnt({ read }: Desk, learnt: CsmView['learnt']): Answer<Contract['today']>['learnt'] {
  if (learnt === null) return null
  const arrOf = (account: string): number => read.accounts.get(account)?.arr ?? 0
  return {
    since: learnt.since,
    kinds: learnt.kinds.map((kind) => ({ ...kind, name: factName(kind.fact) })),
    rows: learnt.accounts
      .toSorted((a, b) => arrOf(b.account_id) - arrOf(a.account_id) || (a.account_id < b.account_id ? -1 : 1))
      .slice(0, SHOWN)
      .map((row) => ({ ...row, name: read.accounts.get(row.account_id)?.name ?? row.account_id, fact_name: factName(row.fact) })),
  }
}

function toToday(desk: Desk, view: CsmView, csm: string | undefined): Answer<Contract['today']> {
  const [line, account, signal] = [toLine(desk), toAccount(desk), toSignal(desk.state.today)]
  const { order, changes } = view
  const csms = csmsOf(desk)
  return {
    state: desk.state,
    csm: csms.find(({ id }) => id === csm) ?? null,
    csms,
    accounts: { mine: view.accounts.length, all: desk.read.accounts.size },
    work: {
      budget: Number(desk.settings.daily_budget),
      by_chance: order.usual_chance !== null,
      lines: order.worked.slice(0, SHOWN).map(line),
      below: order.below.slice(0, SHOWN).map(line),
      below_total: order.below.length,
      skipped: order.skipped.slice(0, SHOWN).map((row) => ({ account: account(row.account), signals: row.signals.map(signal), skip: row.skip })),
    },
    changes: {
      rows: changes.changes.flatMap(({ account_id, causes, appeared, vanished, ...change }) => {
        const of = desk.read.accounts.get(account_id)
        return of === undefined ? [] : [{ ...change, account: account(of), causes: [...causes], appeared: [...appeared], vanished: [...vanished] }]
      }),
      total: changes.total,
    },
    deadlines: view.deadlines.slice(0, SHOWN).map((row) => ({ ...row, account: account(row.account) })),
    learnt: toLearnt(desk, view.learnt),
    lists: toLists(desk, view),
    holds: view.holds.map(({ day, against, up, down, compared, moved }) => ({ day, against, up, down, compared, moved: [...(moved ?? [])] })),
  }
}

export const todayHandlers = ({ signals }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof todayOps> => ({
  async today({ query: { csm } }, { asker, signal }) {
    const { desk, view } = await askCsmView(signals, { asker, signal }, csm ?? null)
    if (csm !== undefined && view.accounts.length === 0 && desk.read.accounts.size > 0 && !desk.read.names.has(csm))
      throw notFound('CSM', csm, 'Today lists who owns accounts.')
    return toToday(desk, view, csm)
  },
  async todayTeam(_, { asker, signal }) {
    const { desk, view } = await askTeamView(signals, { asker, signal })
    return {
      state: desk.state,
      csms: view.csms.map((csm) => ({ ...csm, bands: [...csm.bands] })),
      unworked: view.unworked.slice(0, SHOWN).map(toLine(desk)),
      unworked_total: view.unworked.length,
      red_line: { ...view.red_line, table: [...view.red_line.table] },
    }
  },
  async todayCompany(_, { asker, signal }) {
    const { desk, view } = await askCompanyView(signals, { asker, signal })
    const { moved, deadlines } = view
    return {
      ...view,
      state: desk.state,
      bands: [...view.bands],
      moved: moved === null ? null : { since: moved.since, moves: [...moved.moves] },
      signals: [...view.signals],
      deadlines: { accounts: deadlines.length, arr: deadlines.reduce((sum, { arr }) => sum + arr, 0) },
    }
  },
})
