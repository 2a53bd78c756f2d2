import type { AccountDecision } from '../health/account-decision.ts'
import { decisionsLearnt } from '../health/account-decision.ts'
import type { AccountHistory } from '../health/history.ts'
import type { Said } from '../health/said.ts'
import type { Day } from '../kernel/period.ts'
import type { CloseReason, Life, Raised } from './life.ts'
import type { LivedDay } from './live-day.ts'
import type { Decisions, Histories, Lives, Over, Past, Reported } from './ports.ts'

/** Histories that are there already, as one chunk. */
export const heldHistories = (histories: readonly AccountHistory[]): Histories => ({
  async *read(_, accounts) {
    yield accounts === undefined ? histories : histories.filter(({ account }) => accounts.includes(account))
  },
})

/** A past that is lived again, without a store. `onReport` hears of each report once. */
export class LivedAgain implements Past {
  private readonly said = new Map<Day, Map<string, Said>>()
  private readonly held = new Set<Day>()
  private readonly onReport: (reported: readonly Reported[]) => void

  constructor(onReport: (reported: readonly Reported[]) => void) {
    this.onReport = onReport
  }

  async weightedOn(day: Day): Promise<ReadonlyMap<string, number>> {
    return new Map([...(this.said.get(day) ?? [])].flatMap(([account, { weighted }]) => (weighted === null ? [] : [[account, weighted] as const])))
  }

  async saidOf() {
    return (account: string, day: Day): Said | undefined => this.said.get(day)?.get(account)
  }

  async heldSince(day: Day): Promise<ReadonlySet<Day>> {
    return new Set([...this.held].filter((held) => held >= day))
  }

  async write(reported: readonly Reported[]): Promise<void> {
    for (const { on, health, is_held } of reported) {
      const day = this.said.get(on.day) ?? new Map<string, Said>()
      this.said.set(on.day, day)
      const { weighted, held, band, own_band } = health
      day.set(on.facts.account, { weighted, held, band, own_band })
      if (is_held) this.held.add(on.day)
    }
    this.onReport(reported)
  }
}

export interface ReplayedSignal extends Raised {
  readonly account: string
  readonly kind: string
  /** Raised on a day on which the whole fleet moved: kept back. */
  readonly held: boolean
  readonly closed: Day | null
  readonly why: CloseReason | null
  /** False from when it was known that nobody would have raised it, had he known. */
  readonly ground_now: boolean
}

/** Signals that are raised again, without a store. */
export class RaisedAgain implements Lives {
  readonly signals: ReplayedSignal[] = []
  private readonly lives = new Map<string, Map<string, Life>>()
  /** Where in the list the open ones are. */
  private readonly open = new Map<string, number>()

  async livesOf() {
    return this.lives
  }

  async overSince(accounts: readonly string[], day: Day): Promise<readonly Over[]> {
    const asked = new Set(accounts)
    return this.signals.filter(({ account, raised, closed, ground_now }) => closed !== null && ground_now && raised >= day && asked.has(account))
  }

  /** What a day changed. */
  keep({ day, is_held, changes, lost }: LivedDay): void {
    const patch = (at: number | undefined, what: Partial<ReplayedSignal>): void => {
      const signal = at === undefined ? undefined : this.signals[at]
      if (at !== undefined && signal !== undefined) this.signals[at] = { ...signal, ...what }
    }
    for (const { account, kind, life, opened, closed } of changes) {
      const own = this.lives.get(account) ?? new Map<string, Life>()
      this.lives.set(account, own.set(kind, life))
      const key = `${account} ${kind}`
      if (closed !== null) {
        patch(this.open.get(key), { closed: day, why: closed.why, ...(closed.why === 'corrected' ? { ground_now: false } : {}) })
        this.open.delete(key)
      }
      if (opened === null) continue
      this.open.set(key, this.signals.length)
      this.signals.push({ account, kind, held: is_held, closed: null, why: null, ground_now: true, ...opened })
    }
    for (const { account, kind, raised } of lost) {
      const at = this.signals.findIndex((each) => each.account === account && each.kind === kind && each.raised === raised)
      patch(at, { ground_now: false })
    }
  }
}

/** Decisions that are learnt again, without a store. */
export class LearntAgain implements Decisions {
  private readonly known = new Map<string, Map<string, AccountDecision>>()
  private readonly rateOf: (currency: string) => number | null

  constructor(rateOf: (currency: string) => number | null) {
    this.rateOf = rateOf
  }

  async learn(accounts: Parameters<Decisions['learn']>[0]): Promise<void> {
    for (const on of accounts) {
      const own = this.known.get(on.facts.account) ?? new Map<string, AccountDecision>()
      for (const decision of decisionsLearnt(on, [...own.values()], this.rateOf)) own.set(`${decision.contract_id} ${decision.decided_on}`, decision)
      if (own.size > 0) this.known.set(on.facts.account, own)
    }
  }

  all(): AccountDecision[] {
    return [...this.known.values()].flatMap((own) => [...own.values()])
  }
}
