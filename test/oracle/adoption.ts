import { addDays, dayOf, daysBetween } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { nothing, ratio } from './answer.ts'
import type { Answer } from './answer.ts'
import type { AccountBook, Book } from './book.ts'
import { cell } from './company.ts'
import { customersAtEnd, distinct, usesIn, windowOf } from './product-use.ts'
import type { Scope } from './scope.ts'
import { isNamed, usesOf } from './use-events.ts'
import type { Use } from './use-events.ts'

const NEVER = '2299-12-31'

interface Feature {
  readonly id: string
  readonly isCore: boolean
  readonly isValue: boolean
  readonly isOpen: boolean
  readonly released: Day
}

const local = (book: Book, instant: string, empty: Day): Day => (instant === '' ? empty : dayOf(new Date(instant), book.settings.time_zone))

const featuresOf = (book: Book): Feature[] =>
  book.facts.feature.map((row) => ({
    id: cell(row, 'feature_id'),
    isCore: cell(row, 'is_core') === 'true',
    isValue: cell(row, 'is_value') === 'true',
    isOpen: cell(row, 'entitlement') !== 'recorded',
    released: local(book, cell(row, 'released_at'), '1900-01-01'),
  }))

const grantsOf = (book: Book, account: string) =>
  book.facts.feature_entitlement
    .filter((row) => book.rootOf(cell(row, 'account_id')) === account)
    .map((row) => ({
      feature: cell(row, 'feature'),
      from: local(book, cell(row, 'entitled_from'), '1900-01-01'),
      until: local(book, cell(row, 'entitled_until'), NEVER),
    }))
    .filter(({ from, until }) => from < until)

/** What an account may use at a boundary: released features that are open to all, and those it has an entitlement for. */
function entitledTo(book: Book, account: string, boundary: Day): Set<string> {
  const open = featuresOf(book)
    .filter(({ isOpen, released }) => isOpen && released < boundary)
    .map(({ id }) => id)
  const granted = grantsOf(book, account)
    .filter(({ from, until }) => from < boundary && until >= boundary)
    .map(({ feature }) => feature)
  return new Set([...open, ...granted])
}

const usesNeeded = (scope: Scope): number => Number(scope.option('uses', scope.book.settings.adoption_uses))

function featureAdoptionRate(scope: Scope): Answer {
  const window = windowOf(scope, 28)
  const asked = scope.question.where?.['feature']
  const uses = usesIn(window)
  let [adopted, entitled] = [0, 0]
  for (const { account } of customersAtEnd(window))
    for (const feature of entitledTo(scope.book, account, window.until)) {
      if (asked !== undefined && !asked.includes(feature)) continue
      entitled++
      if (uses.filter((use) => use.account === account && use.slices['feature'] === feature).length >= usesNeeded(scope)) adopted++
    }
  return ratio(adopted, entitled, 'none_entitled', entitled)
}

function seatsOf(book: Book, account: AccountBook, boundary: Day): number {
  const seats = new Map<string, number>()
  for (const holding of account.at(boundary))
    if (holding.mrr > 0n) seats.set(holding.product, (seats.get(holding.product) ?? 0) + Number(cell(holding.version.row, 'quantity') || '1'))
  const named = [...seats].filter(([product]) => isNamed(book.settings.seat_products, product)).map(([, quantity]) => quantity)
  return book.settings.seat_products === '' ? Math.max(...seats.values()) : named.reduce((sum, quantity) => sum + quantity, 0)
}

function productAdoption(scope: Scope): Answer {
  const window = windowOf(scope, 28)
  const uses = usesIn(window)
  const core = new Set(
    featuresOf(scope.book)
      .filter(({ isCore }) => isCore)
      .map(({ id }) => id),
  )
  const sums = { depth: [0, 0], seat_adoption: [0, 0], breadth: [0, 0] }
  const add = (part: [number, number] | number[], above: number, below: number) => {
    part[0] = (part[0] ?? 0) + above
    part[1] = (part[1] ?? 0) + below
  }
  for (const account of customersAtEnd(window)) {
    const own = uses.filter((use) => use.account === account.account)
    const seats = seatsOf(scope.book, account, window.until)
    const features = [...entitledTo(scope.book, account.account, window.until)].filter((id) => core.has(id))
    const users = features.map((id) =>
      distinct(
        own.filter((use) => use.slices['feature'] === id),
        (use) => use.user,
      ),
    )
    add(sums.breadth, users.filter((number) => number > 0).length, features.length)
    if (seats > 0)
      add(
        sums.seat_adoption,
        distinct(own, (use) => use.user),
        seats,
      )
    if (seats > 0)
      add(
        sums.depth,
        users.reduce((sum, number) => sum + number, 0),
        features.length * seats,
      )
  }
  const asked = scope.option('of', 'headline')
  const part = asked === 'headline' ? (['depth', 'seat_adoption', 'breadth'] as const).find((name) => sums[name][1] !== 0) : (asked as keyof typeof sums)
  const [above = 0, below = 0] = part === undefined ? [] : sums[part]
  return below === 0 ? nothing('no_core_set_and_no_seats') : ratio(above, below, 'no_core_set_and_no_seats', null)
}

/** When an account became a customer and when it left. */
const staysOf = (account: AccountBook) => ({
  joined: account.movements.filter(({ kind, counts }) => counts && (kind === 'new' || kind === 'reactivation')).map(({ day }) => day),
  left: account.movements.filter(({ kind, counts }) => counts && kind === 'churn').map(({ day }) => day),
})

interface Clock {
  readonly started: Day
  readonly days: number
  readonly reached: boolean
  readonly gone: boolean
}

/** Far in the future when nothing was said: later than anything that happened. */
const lastKnown = (book: Book): Day => book.asOf ?? '2030-12-31'

function clock(book: Book, started: Day, left: Day, reachedOn: Day): Clock {
  const last = lastKnown(book)
  const reached = reachedOn <= left && reachedOn <= last
  const end = reached ? reachedOn : left < last ? left : last
  return { started, reached, days: Math.max(0, daysBetween(started, end)), gone: !reached && left <= last }
}

function firstValues(scope: Scope): Clock[] {
  const { book } = scope
  const features = new Set(
    featuresOf(book)
      .filter(({ isValue }) => isValue)
      .map(({ id }) => id),
  )
  const isValue = (use: Use) => isNamed(book.settings.value_events, use.event) || features.has(use.slices['feature'] ?? '')
  return scope.accounts.flatMap((account) => {
    const { joined, left } = staysOf(account)
    const row = book.facts.account.find((each) => cell(each, 'account_id') === account.account)
    const signedUp = row === undefined || cell(row, 'created_at') === '' ? undefined : local(book, cell(row, 'created_at'), '')
    const started = book.settings.value_clock === 'sign_up' ? signedUp : joined[0]
    if (started === undefined || started < scope.from || started >= scope.until) return []
    const days = usesOf(book, { from: '', until: '' })
      .filter((use) => use.account === account.account && isValue(use))
      .map(({ day }) => day)
      .sort()
    return [clock(book, started, left.find((day) => day > started) ?? NEVER, days[0] ?? NEVER)]
  })
}

/** The product-limit estimate: the first time at which no more than half are still on their way. */
function medianTime(clocks: readonly Clock[]): Answer {
  const reached = clocks.filter((each) => each.reached).length
  let left = 1
  for (const time of [...new Set(clocks.map(({ days }) => days))].sort((a, b) => a - b)) {
    const atRisk = clocks.filter(({ days }) => days >= time).length
    left *= 1 - clocks.filter((each) => each.reached && each.days === time).length / atRisk
    if (left <= 0.5 + 1e-12) return { value: time, exact: null, numerator: reached, denominator: null, n: clocks.length, null_reason: null, parts: {} }
  }
  return nothing(clocks.length === 0 ? 'no_data' : 'half_not_reached')
}

function matured(scope: Scope, of: (clock: Clock, within: number) => boolean): Answer {
  const within = Number(scope.option('within_days', scope.book.settings.activation_days))
  const over = firstValues(scope).filter(({ started }) => addDays(started, within) <= lastKnown(scope.book))
  return ratio(over.filter((each) => of(each, within)).length, over.length, 'none_matured', over.length)
}

function timeToAdopt(scope: Scope): Answer {
  const { book } = scope
  const asked = scope.question.where?.['feature']
  const open = featuresOf(book).filter(({ isOpen }) => isOpen)
  const clocks = scope.accounts.flatMap((account) => {
    const { joined, left } = staysOf(account)
    const starts: { feature: string; started: Day; until: Day }[] = []
    for (const { id, released } of open) {
      const [first] = joined
      const started = first === undefined || released > first ? released : first
      const isThere = joined.filter((day) => day <= started).length > left.filter((day) => day <= started).length
      if (first !== undefined && isThere) starts.push({ feature: id, started, until: NEVER })
    }
    const grants = grantsOf(book, account.account).filter(({ feature }) => !open.some(({ id }) => id === feature))
    for (const feature of new Set(grants.map((grant) => grant.feature))) {
      const own = grants.filter((grant) => grant.feature === feature)
      starts.push({
        feature,
        started: own.map(({ from }) => from).sort()[0] ?? NEVER,
        until:
          own
            .map(({ until }) => until)
            .sort()
            .at(-1) ?? NEVER,
      })
    }
    return starts
      .filter(({ feature, started }) => started >= scope.from && started < scope.until && (asked === undefined || asked.includes(feature)))
      .map(({ feature, started, until }) => {
        const days = usesOf(book, { from: '', until: '' })
          .filter((use) => use.account === account.account && use.slices['feature'] === feature)
          .map(({ day }) => day)
          .sort()
        const gone = left.find((day) => day > started) ?? NEVER
        return clock(book, started, gone < until ? gone : until, days[usesNeeded(scope) - 1] ?? NEVER)
      })
  })
  return medianTime(clocks)
}

export const adoptionMetrics = {
  feature_adoption_rate: featureAdoptionRate,
  product_adoption: productAdoption,
  time_to_adopt: timeToAdopt,
  time_to_first_value: (scope: Scope) => medianTime(firstValues(scope)),
  activation_rate: (scope: Scope) => matured(scope, ({ reached, days }, within) => reached && days <= within),
  never_reached_rate: (scope: Scope) => matured(scope, ({ gone }) => gone),
}
