import type { Micros } from '../../src/kernel/money.ts'
import { addDays } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { money, ratio, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import type { AccountBook } from './book.ts'
import { sumOf } from './scope.ts'
import type { Scope } from './scope.ts'
import { addTerm, termMonths } from './terms.ts'
import type { Holding, Timeline } from './terms.ts'

/** One contract that came to the end of its term. */
interface Due {
  readonly account: string
  readonly due: Day
  readonly old: Holding
  /** Null: not renewed. The day is the due date, or the actual one when it came later. */
  readonly renewed: { readonly day: Day; readonly now: Holding } | null
}

const pays = (holding: Holding | null): holding is Holding => holding !== null && holding.mrr > 0n

/**
 * Due dates of one subscription: a term begins on the day it first pays under a term of at least the minimum, and again
 * when the length of the term changes; it is due after each term while it still pays at the start of that day.
 */
function dueDates(timeline: Timeline, least: Micros, until: Day, owner: string): { due: Day; old: Holding }[] {
  const found: { due: Day; old: Holding }[] = []
  // What happens from there on is not known.
  const days = timeline.days.filter((day) => day < until)
  let anchor: { day: Day; term: Micros; past: bigint } | null = null
  const roll = (before: Day) => {
    while (anchor !== null) {
      const due = addTerm(anchor.day, anchor.term * (anchor.past + 1n))
      if (due >= before) return
      const old = timeline.at(addDays(due, -1))
      if (!pays(old)) return
      if (old.account === owner) found.push({ due, old })
      anchor = { ...anchor, past: anchor.past + 1n }
    }
  }
  for (const day of days) {
    // Terms that end up to and on this day were due before its changes.
    roll(addDays(day, 1))
    const now = timeline.at(day)
    const term = pays(now) ? termMonths(now.version.row) : 0n
    if (term < least) anchor = null
    else if (anchor === null || anchor.term !== term) anchor = { day, term, past: 0n }
  }
  roll(until)
  return found
}

/** How a due contract went on: by itself, or by a subscription of the same product that began within the grace days around. */
function renewalOf(account: AccountBook, due: Day, old: Holding, grace: number, asOf: Day | null): Due['renewed'] {
  const within = (day: Day) => day >= addDays(due, -grace) && day <= addDays(due, grace) && (asOf === null || day <= asOf)
  const own = account.timelines.find((timeline) => timeline.subscription === old.subscription)?.at(due) ?? null
  if (pays(own) && own.account === account.account) return { day: due, now: own }
  const others = account.timelines.flatMap((timeline) =>
    timeline.days.filter(within).flatMap((began) => {
      const day = began > due ? began : due
      const [before, at, now] = [timeline.at(addDays(began, -1)), timeline.at(began), timeline.at(day)]
      const starts = !pays(before) && pays(at) && pays(now) && now.account === account.account && now.product === old.product
      return starts ? [{ day, now }] : []
    }),
  )
  return others.sort((a, b) => (a.day + a.now.subscription < b.day + b.now.subscription ? -1 : 1))[0] ?? null
}

function contracts(scope: Scope): { decided: Due[]; undecided: number } {
  const { settings, asOf } = scope.book
  const grace = Number(settings.renewal_grace_days)
  const least = BigInt(settings.renewal_min_term_months) * 1_000_000n
  const end = asOf !== null && addDays(asOf, 1) < scope.until ? addDays(asOf, 1) : scope.until
  const all = scope.accounts.flatMap((account) =>
    account.timelines.flatMap((timeline) =>
      dueDates(timeline, least, end, account.account).map(({ due, old }) => ({
        account: account.account,
        due,
        old,
        renewed: renewalOf(account, due, old, grace, asOf),
      })),
    ),
  )
  const open = (contract: Due) => contract.renewed === null && asOf !== null && addDays(contract.due, grace) > asOf
  const inside = all.filter((contract) => contract.due >= scope.from && contract.due < scope.until)
  return { decided: inside.filter((contract) => !open(contract)), undecided: inside.filter(open).length }
}

function renewalRate(scope: Scope): Answer {
  const { decided, undecided } = contracts(scope)
  const yearly = (contract: Due, holding: Holding | undefined): Micros =>
    holding === undefined ? 0n : scope.book.exchange.at(holding.arr, holding.currency, contract.due)
  const renewed = decided.filter((contract) => contract.renewed !== null)
  switch (scope.option('of', 'logo')) {
    case 'gross':
    case 'net': {
      const old = sumOf(decided, (contract) => yearly(contract, contract.old))
      const kept = sumOf(decided, (contract) => {
        const [was, is] = [yearly(contract, contract.old), yearly(contract, contract.renewed?.now)]
        return scope.option('of', '') === 'net' || is < was ? is : was
      })
      return ratioOfMoney(kept, old, 'none_due', decided.length, { undecided })
    }
    case 'on_time':
      return ratio(renewed.filter((contract) => contract.renewed?.day === contract.due).length, renewed.length, 'none_due', renewed.length, { undecided })
    default:
      return ratio(renewed.length, decided.length, 'none_due', decided.length, { undecided })
  }
}

/** Contracts renewed in the period: early and timely ones on their due date, late ones on their day. */
export function renewedContracts(scope: Scope): { account: string; day: Day; now: Holding }[] {
  const grace = Number(scope.book.settings.renewal_grace_days)
  const wider = contracts({ ...scope, from: addDays(scope.from, -grace) }).decided
  const renewed = wider.flatMap((contract) => (contract.renewed === null ? [] : [{ account: contract.account, ...contract.renewed }]))
  return renewed.filter(({ day }) => day >= scope.from && day < scope.until)
}

/** New yearly value of contracts renewed in the period. */
function renewalRevenue(scope: Scope): Answer {
  const inside = renewedContracts(scope)
  return money(
    sumOf(inside, ({ day, now }) => scope.book.exchange.at(now.arr, now.currency, day)),
    inside.length,
  )
}

export const renewalMetrics = { renewal_rate: renewalRate, renewal_revenue: renewalRevenue }
