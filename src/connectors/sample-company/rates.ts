/**
 * What is true of the sample company before chance has its say. Everything here travels with the generated files
 * (`truth.ts`), so that later work can be held against it.
 */
export const SEGMENTS = ['SMB', 'Mid-market', 'Enterprise'] as const
export const REGIONS = ['North America', 'Europe', 'Latin America', 'Asia Pacific'] as const
export const INDUSTRIES = ['Logistics', 'Food', 'Software', 'Health', 'Retail', 'Energy', 'Education', 'Finance'] as const
export const SOURCES = ['referral', 'recommendation', 'paid search', 'outbound', 'event', 'partner', ''] as const
export const PRODUCTS = ['core', 'insights', 'automation'] as const
export const CURRENCIES = ['USD', 'EUR', 'GBP'] as const
export const CSMS = ['ines', 'tomas', 'priya', 'jonas', 'mara'] as const
export const LEAVING_CSM = 3
export const NEW_CSM = 4
export const HARDER_BOOK_CSM = 2

export type Segment = (typeof SEGMENTS)[number]
export type Plan = 'starter' | 'team' | 'business' | 'enterprise'

export const SHARES = {
  segment: [0.62, 0.31, 0.07],
  region: [0.33, 0.37, 0.17, 0.13],
  industry: [0.16, 0.12, 0.2, 0.12, 0.16, 0.06, 0.08, 0.1],
  source: [0.14, 0.1, 0.26, 0.18, 0.1, 0.08, 0.14],
} as const

export const RATES = {
  /** Chance that a month-to-month customer gives notice within a billing month. */
  monthly_notice: { SMB: 0.021, 'Mid-market': 0.01, Enterprise: 0.005 },
  /** Chance that a customer with a yearly contract does not renew it. */
  yearly_notice: { SMB: 0.17, 'Mid-market': 0.09, Enterprise: 0.05 },
  /** Factors on both, by where the account came from. */
  source_factor: { earned: 0.55, bought: 1.15, unknown: 1 },
  pause: 0.006,
  payment_fails: { SMB: 0.012, 'Mid-market': 0.004, Enterprise: 0 },
  recovers_in_time: 0.6,
  recovers_late: 0.2,
  returns_after_pause: 0.85,
  wins_back: 0.16,
  cross_sell: { SMB: 0.006, 'Mid-market': 0.016, Enterprise: 0.024 },
  drops_product: 0.007,
  upgrades: 0.006,
  downgrades: 0.002,
  /** Growth of the seats an account wants, per month. */
  seat_growth: { SMB: 0.005, 'Mid-market': 0.012, Enterprise: 0.014 },
  /** Share of yearly renewals that carry an uplift, and its range. */
  uplifted_renewals: 0.7,
  uplift: [0.03, 0.07],
  moves_up_a_segment: 0.05,
} as const

export const EFFECTS = {
  competitor_launch: { segment: 'SMB', region: 'Europe', factor: 3, months: 3 },
  hard_region: { segment: 'SMB', region: 'Latin America', factor: 1.9 },
  price_rise: { plan: 'team', rise: 0.18, factor: 2, months: 3, contraction: 0.25 },
  outage: { factor: { SMB: 2.4, 'Mid-market': 1.5, Enterprise: 1 }, months: 3 },
  handover: { factor: 1.6, months: 3 },
  discount_end: { factor: 1.7, days: 60 },
  /** Of those that had not adopted it, more leave than the rates say: on the whole they hold. */
  scheduled_reports: { share: 0.4, days: [20, 120], factor: 0.5, without: 1.2 },
  usage_drop: { days: 45, factor: 0.35 },
  /** A broken integration of one industry: many times the tickets, each waiting many times as long. */
  support_crisis: { industry: 'Health', factor: 2.8, months: 3, tickets: 5, delay: 12 },
  /** What the playbook for accounts at risk does: nothing. */
  save_play: { factor: 1, holdout: 0.2 },
} as const

export const USE = {
  /** Share of the paid seats that somebody has. */
  taken_seats: 0.8,
  /** Share of the accounts that never share a report, and the mean number of days until the others do. */
  never_shares: 0.12,
  days_to_share: 18,
  /** Share of the sessions that are our own people's. */
  probes: 0.01,
} as const

/**
 * How credits are bought: a pace in purchases a day drawn as gamma(r) / alpha, a chance to stop after each purchase as
 * beta(a, b), and dollars spent each time as gamma(p) over gamma(q) / v.
 */
export const BUYING: Readonly<Record<'share' | 'r' | 'alpha' | 'a' | 'b' | 'p' | 'q' | 'v', number>> = {
  share: 0.92,
  r: 2,
  alpha: 130,
  a: 0.8,
  b: 7,
  p: 4,
  q: 5,
  v: 200,
}

/** Outcomes that customers write down: how many do, how many of their readings they confirm, and how fast the first comes on between two. */
export const OUTCOMES = { share: 0.85, confirms: 0.8, first_pace: [0.35, 0.7], first_every: [15, 30] } as const

/** Monthly price of one seat in cents; a year costs 10.2 months. */
export const PRICES: Record<Plan, number> = { starter: 4900, team: 9500, business: 14_900, enterprise: 17_200 }
export const ADDON_PRICES = { insights: 2900, automation: 4600 } as const
export const MONTHS_IN_YEAR_PRICE = 10.2
