import { addDays } from '../../kernel/period.ts'

/** A small company made up for working on the pages without a server. Never part of a build. */
export interface FakeMovement {
  readonly account_id: string
  readonly day: string
  readonly kind: 'new' | 'expansion' | 'reactivation' | 'contraction' | 'churn'
  readonly amount: number
  readonly reason: string
}
export interface FakeAccount {
  readonly account_id: string
  readonly name: string
  readonly dims: Record<string, string>
}

function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const random = mulberry(7)
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
const FIRST = [
  'Aspen',
  'Birch',
  'Cedar',
  'Dogwood',
  'Elm',
  'Fir',
  'Ginkgo',
  'Hazel',
  'Ivy',
  'Juniper',
  'Kapok',
  'Larch',
  'Maple',
  'Nettle',
  'Oak',
  'Pine',
  'Quince',
  'Rowan',
  'Spruce',
  'Tamarind',
  'Willow',
  'Yew',
]
const SECOND = [
  'Analytics',
  'Bank',
  'Clinics',
  'Data',
  'Energy',
  'Foods',
  'Freight',
  'Games',
  'Health',
  'Insurance',
  'Labs',
  'Logistics',
  'Media',
  'Retail',
  'Robotics',
  'Software',
  'Studio',
  'Systems',
  'Telecom',
  'Travel',
]
export const FIRST_DAY = '2024-05-03'
export const TODAY = '2026-11-21'
export const VALUES: Record<string, string[]> = {
  segment: ['Enterprise', 'Mid-market', 'SMB'],
  region: ['Americas', 'Asia Pacific', 'Europe'],
  industry: ['Energy', 'Finance', 'Healthcare', 'Logistics', 'Media', 'Retail', 'Software'],
  csm: ['Amara Okafor', 'Jonas Weber', 'Mei Tanaka', 'Noor Haddad', 'Priya Raman'],
  acquisition_source: ['Inbound', 'Outbound', 'Partner', 'Referral'],
  plan: ['Growth', 'Scale', 'Starter'],
}

function makeAccount(i: number): FakeAccount {
  const segment = pick(['SMB', 'SMB', 'SMB', 'Mid-market', 'Mid-market', 'Enterprise'])
  return {
    account_id: `A${String(i + 1).padStart(4, '0')}`,
    name: `${FIRST[i % FIRST.length] ?? ''} ${SECOND[Math.floor(i / FIRST.length + i) % SECOND.length] ?? ''}`,
    dims: {
      segment,
      region: pick(VALUES.region ?? []),
      industry: random() < 0.08 ? '(none)' : pick(VALUES.industry ?? []),
      csm: pick(VALUES.csm ?? []),
      acquisition_source: random() < 0.15 ? '(none)' : pick(VALUES.acquisition_source ?? []),
      plan: segment === 'Enterprise' ? 'Scale' : segment === 'SMB' ? 'Starter' : 'Growth',
    },
  }
}

function live(account: FakeAccount): FakeMovement[] {
  const out: FakeMovement[] = []
  const size = { SMB: 120, 'Mid-market': 640, Enterprise: 3200 }[account.dims.segment ?? ''] ?? 100
  let day = addDays(FIRST_DAY, Math.floor(random() ** 1.4 * 900))
  let mrr = Math.round(size * (0.5 + random() * 1.4))
  out.push({ account_id: account.account_id, day, kind: 'new', amount: mrr, reason: random() < 0.3 ? 'trial_converted' : '' })
  for (;;) {
    day = addDays(day, 20 + Math.floor(random() * 170))
    if (day >= TODAY) return out
    const bad = day > '2025-09-01' && day < '2025-12-31'
    const dice = random() * (bad ? 0.72 : 1)
    const small = { SMB: 0.16, 'Mid-market': 0.09, Enterprise: 0.05 }[account.dims.segment ?? ''] ?? 0.1
    if (mrr === 0) {
      if (random() > 0.35) return out
      mrr = Math.round(size * 0.8)
      out.push({ account_id: account.account_id, day, kind: 'reactivation', amount: mrr, reason: pick(['win_back', 'payment_recovered', 'resume']) })
    } else if (dice < small) {
      out.push({ account_id: account.account_id, day, kind: 'churn', amount: mrr, reason: pick(['cancelled', 'cancelled', 'delinquent', 'pause']) })
      mrr = 0
    } else if (dice < small + 0.14) {
      const down = Math.max(1, Math.round(mrr * (0.1 + random() * 0.3)))
      out.push({ account_id: account.account_id, day, kind: 'contraction', amount: down, reason: pick(['quantity', 'plan', 'discount']) })
      mrr -= down
    } else if (dice < 0.72) {
      const up = Math.max(1, Math.round(mrr * (0.05 + random() * 0.3)))
      out.push({
        account_id: account.account_id,
        day,
        kind: 'expansion',
        amount: up,
        reason: pick(['quantity', 'plan', 'cross_sell', 'price', 'renewal', 'discount_expired']),
      })
      mrr += up
    }
  }
}

export const ACCOUNTS: readonly FakeAccount[] = Array.from({ length: 340 }, (_, i) => makeAccount(i))
export const MOVEMENTS: readonly FakeMovement[] = ACCOUNTS.flatMap(live).sort((a, b) => (a.day < b.day ? -1 : 1))
const byAccount = new Map(ACCOUNTS.map((account) => [account.account_id, MOVEMENTS.filter((movement) => movement.account_id === account.account_id)]))

export const movementsOf = (id: string): readonly FakeMovement[] => byAccount.get(id) ?? []
export const signed = (movement: FakeMovement): number => (movement.kind === 'churn' || movement.kind === 'contraction' ? -movement.amount : movement.amount)
/** MRR when the day begins. */
export const mrrAt = (id: string, day: string): number => movementsOf(id).reduce((sum, movement) => (movement.day < day ? sum + signed(movement) : sum), 0)
