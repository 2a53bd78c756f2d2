import { addDays, startOfDay } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import type { Random } from './random.ts'

/** What the parts of one random company share. */
export interface World {
  readonly random: Random
  readonly zone: string
  readonly currencies: readonly string[]
  /** Nothing happens before it. */
  readonly since: Day
}

export const LAST_DAY = '2024-08-20'
/** Days on which clocks change somewhere, and days at the edges of periods. */
const EDGES = [
  '2023-10-01',
  '2023-10-27',
  '2023-10-29',
  '2023-11-05',
  '2024-01-01',
  '2024-02-29',
  '2024-03-01',
  '2024-03-10',
  '2024-03-31',
  '2024-04-01',
  '2024-04-07',
  '2024-04-26',
  '2024-06-30',
  '2024-07-01',
]
const PRODUCTS = ['core', 'insights', '']
const PLANS = ['basic', 'team', '']
const AMOUNTS = ['100', '99.99', '1200', '0.01', '33.333333', '250', '1000', '7', '480.5', '0']
const INTERVALS = [
  ['1', 'month'],
  ['1', 'month'],
  ['1', 'month'],
  ['12', 'month'],
  ['1', 'year'],
  ['2', 'year'],
  ['1', 'quarter'],
  ['3', 'month'],
  ['1', 'week'],
  ['2', 'week'],
  ['7', 'day'],
  ['30', 'day'],
] as const

const daysFrom = (day: Day, until: Day): number => Math.round((Date.parse(until) - Date.parse(day)) / 86_400_000)

export const randomDay = (random: Random, from = '2023-03-01', until = LAST_DAY): Day => {
  const edges = EDGES.filter((day) => day >= from && day < until)
  return edges.length > 0 && random.chance(0.25) ? random.pick(edges) : addDays(from, random.int(0, Math.max(0, daysFrom(from, until) - 1)))
}

/** An instant of a local day, often at one of its very edges. */
export function instantOn(world: World, day: Day): string {
  const [start, end] = [startOfDay(day, world.zone).getTime(), startOfDay(addDays(day, 1), world.zone).getTime()]
  const edge = world.random.int(0, 9)
  const at = edge === 0 ? start : edge === 1 ? end - 1 : start + Math.floor(world.random.next() * (end - start))
  return new Date(at).toISOString()
}

type Terms = Record<string, string>

function terms(world: World, status: string): Terms {
  const { random } = world
  const [interval_months, interval_unit] = random.pick(INTERVALS)
  return {
    status,
    interval_months,
    interval_unit,
    product: random.pick(PRODUCTS),
    plan: random.pick(PLANS),
    quantity: random.pick(['1', '1', '3', '10', '2.5', '0']),
    unit_amount: random.pick(AMOUNTS),
    currency: random.pick(world.currencies),
    term_months: random.chance(0.2) ? random.pick(['12', '24', '6', '1']) : '',
    canceled_at: '',
    ends_at: '',
    due_at: '',
    period_started_at: '',
    trial_ends_at: '',
    paused_at: '',
    reason: '',
    amount_per: random.chance(0.2) ? random.pick(['unit', 'interval', 'month', 'year']) : '',
  }
}

const shifted = (instant: string, days: number): string => new Date(Date.parse(instant) + days * 86_400_000).toISOString()

/** An end as a day or as an instant, some days from a day: also on it and before it. */
const endNear = (world: World, day: Day, most: number): string => {
  const end = addDays(day, world.random.int(-2, most))
  return world.random.chance(0.4) ? end : instantOn(world, end)
}

/** Since when a bill is owed, as far as a row says it. */
function arrears(world: World, at: string): Terms {
  const { random } = world
  const [due, began] = [shifted(at, -random.int(-3, 40)), shifted(at, random.int(0, 300))]
  return random.pick([
    { due_at: due, period_started_at: '' },
    { due_at: '', period_started_at: began },
    { due_at: due, period_started_at: began },
    { due_at: '', period_started_at: '' },
  ])
}

/** One row as a billing system exports it: how the subscription stands today, when it began and what came of it. */
function standing(world: World, day: Day, at: string): Terms {
  const { random } = world
  const status = random.pick(['active', 'active', 'ended', 'ended', 'ended', 'past_due', 'past_due', 'paused', 'trialing', 'never_paid', 'free'])
  const maybe = (share: number, value: () => string): string => (random.chance(share) ? value() : '')
  return {
    ...terms(world, status),
    ...(status === 'past_due' ? arrears(world, at) : {}),
    canceled_at: maybe(0.5, () => shifted(at, random.int(-2, 200))),
    ends_at: maybe(status === 'ended' ? 0.6 : 0.2, () => endNear(world, day, 300)),
    trial_ends_at: maybe(0.3, () => endNear(world, day, 30)),
    paused_at: maybe(status === 'paused' ? 0.6 : 0.05, () => shifted(at, random.int(-1, 200))),
    reason: maybe(0.3, () => 'too expensive'),
  }
}

const NEXT: Record<string, readonly string[]> = {
  active: [
    'quantity',
    'quantity',
    'price',
    'plan',
    'currency',
    'same',
    'paused',
    'past_due',
    'ended',
    'ended',
    'free',
    'notice',
    'notice',
    'interval',
    'renewal',
    'trialing',
    'trialing',
    'pause_later',
  ],
  trialing: ['active', 'active', 'ended', 'free', 'same', 'past_due', 'never_paid'],
  never_paid: ['active', 'past_due', 'same'],
  past_due: ['active', 'active', 'ended', 'past_due', 'same', 'notice'],
  paused: ['active', 'active', 'ended', 'same'],
  free: ['active', 'ended', 'price'],
  ended: ['active', 'active', 'trialing', 'same', 'past_due'],
}

/** The next version of a subscription, given the one before it. */
function change(world: World, before: Terms, at: string): Terms {
  const { random } = world
  const step = random.pick(NEXT[before.status ?? 'active'] ?? ['ended'])
  const now: Terms = { ...before, reason: random.chance(0.15) ? random.pick(['renewal', 'quantity', 'too expensive']) : '', due_at: '' }
  if (random.chance(0.7)) Object.assign(now, { ends_at: '', canceled_at: '', trial_ends_at: '', paused_at: '' })
  switch (step) {
    case 'quantity':
      return { ...now, quantity: String(random.int(1, 9)) }
    case 'price':
      return { ...now, unit_amount: random.pick(AMOUNTS) }
    case 'plan':
      return { ...now, plan: random.pick(PLANS), product: random.pick(PRODUCTS), unit_amount: random.pick(AMOUNTS) }
    case 'currency':
      return { ...now, currency: random.pick(world.currencies), unit_amount: random.pick(AMOUNTS) }
    case 'interval': {
      const [interval_months, interval_unit] = random.pick(INTERVALS)
      return { ...now, interval_months, interval_unit }
    }
    case 'renewal':
      return { ...now, unit_amount: random.pick(AMOUNTS), reason: 'renewal' }
    case 'past_due':
      return { ...now, status: 'past_due', ...arrears(world, at) }
    case 'pause_later':
      return { ...now, status: 'paused', paused_at: shifted(at, random.int(-2, 40)) }
    case 'notice':
      return { ...now, canceled_at: random.chance(0.8) ? shifted(at, -random.int(0, 5)) : '', ends_at: endNear(world, at.slice(0, 10), 70) }
    case 'same':
      return now
    case 'ended':
      return {
        ...now,
        status: 'ended',
        unit_amount: random.chance(0.5) ? '0' : (now.unit_amount ?? '0'),
        canceled_at: random.chance(0.3) ? shifted(at, -random.int(0, 30)) : '',
      }
    default:
      return { ...now, status: step }
  }
}

/** Versions of one subscription; several of them often fall on one local day. */
export function subscription(world: World, id: string, account: string, from: Day): Row[] {
  const { random } = world
  const rows: Row[] = []
  if (random.chance(0.35)) {
    const at = instantOn(world, from)
    return [{ batch: 1, subscription_id: id, account_id: account, effective_at: at, ...standing(world, from, at) }]
  }
  let now = terms(world, random.pick(['active', 'active', 'active', 'trialing', 'free', 'past_due']))
  let day = from
  let last = ''
  for (let left = random.int(1, 7); left > 0; left--) {
    const drawn = instantOn(world, day)
    const at = drawn > last ? drawn : new Date(Date.parse(last) + random.pick([1, 1000, 3_600_000])).toISOString()
    if (rows.length > 0) now = change(world, now, at)
    rows.push({ batch: 1, subscription_id: id, account_id: account, effective_at: at, ...now })
    // A version far ahead is a scheduled change that the company already knows.
    day = random.chance(0.2) ? day : addDays(day, random.pick([1, 5, 20, 31, 60, 90, 200]))
    last = at
  }
  return rows
}

/** The same product again under a new contract on the local day the old one ends: a renewal by swap. */
export function swap(world: World, rows: readonly Row[], id: string, account: string): Row[] {
  const day = randomDay(world.random, '2023-10-01', '2024-07-10')
  const before = rows.filter((row) => cell(row, 'effective_at') < startOfDay(day, world.zone).toISOString()).at(-1)
  if (before === undefined) return [...rows]
  const [end, start] = [instantOn(world, day), instantOn(world, day)]
  const kept = rows.filter((row) => cell(row, 'effective_at') < startOfDay(day, world.zone).toISOString())
  return [
    ...kept,
    { ...before, effective_at: end, status: 'ended', reason: '', ends_at: '', canceled_at: '', due_at: '', paused_at: '' },
    {
      ...before,
      subscription_id: id,
      account_id: account,
      effective_at: start,
      status: 'active',
      unit_amount: world.random.pick(AMOUNTS),
      reason: '',
      ends_at: '',
      canceled_at: '',
      due_at: '',
      paused_at: '',
    },
  ]
}

export function discountsOf(world: World, subscriptionId: string, from: Day, id: string): Row[] {
  const { random } = world
  return Array.from({ length: random.int(1, 2) }, (_, i) => {
    const start = randomDay(random, from)
    const duration = random.pick(['repeating', 'repeating', 'forever', 'once'])
    return {
      batch: 1,
      discount_id: random.chance(0.5) ? `${id}-${i}` : '',
      subscription_id: subscriptionId,
      percent: random.chance(0.7) ? random.pick(['50', '20', '100', '33.333333', '60']) : '',
      amount: random.chance(0.4) ? random.pick(['10', '0.01', '5000', '12.5']) : '',
      currency: random.chance(0.5) ? random.pick(world.currencies) : '',
      duration,
      starts_at: instantOn(world, start),
      ends_at:
        duration === 'once' || random.chance(0.6)
          ? random.chance(0.3)
            ? addDays(start, random.pick([0, 30]))
            : instantOn(world, addDays(start, random.pick([0, 1, 30, 90])))
          : '',
    }
  })
}
