import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'
import { computed } from '../kit/value.ts'
import type { Parts } from '../kit/value.ts'
import { coreUse } from '../rows/features.ts'
import { window } from '../rows/use.ts'
import { contract } from '../rows/contract-examples.ts'

const PARTS = { depth: ['depth_users', 'depth_seats'], seat_adoption: ['seat_users', 'seats'], breadth: ['core_used', 'core_entitled'] } as const
type Part = keyof typeof PARTS

const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name)
const share = ({ number }: Parts, part: Part): number | null => {
  const [over, under] = PARTS[part]
  return (number[under] ?? 0) === 0 ? null : (number[over] ?? 0) / (number[under] ?? 1)
}

/** Depth where core features and seats are known, else seats, else breadth. */
function compute(parts: Parts): Reckoning {
  const beside = { depth: share(parts, 'depth'), seat_adoption: share(parts, 'seat_adoption'), breadth: share(parts, 'breadth') }
  const asked = parts.options.of ?? 'headline'
  const part = isPart(asked) ? asked : (Object.keys(PARTS) as Part[]).find((name) => beside[name] !== null)
  const flags = (beside.seat_adoption ?? 0) > 1 ? (['over_use'] as const) : []
  const [numerator, denominator] = PARTS[part ?? 'depth']
  if (part === undefined || beside[part] === null) return { value: null, null_reason: 'no_core_set_and_no_seats', numerator, denominator, beside, flags }
  return { value: beside[part], numerator, denominator, beside, flags }
}

const value = computed(compute, {
  numerator: 'depth_users',
  denominator: 'depth_seats',
  ratios: ({ of }) =>
    Object.entries(PARTS).flatMap(([name, [over, under]]) =>
      of === undefined || of === 'headline' || of === name ? [{ over, under, times: 1, plus: 0 }] : [],
    ),
})
const over = window(28)

const customer = contract('a', '2023-06-01', { unit_amount: 10, quantity: 20 })
const core = Array.from({ length: 5 }, (_, i) => ({ feature_id: `f${i}`, is_core: 'true', entitlement: 'recorded' }))
const entitled = core.map(({ feature_id }) => ({ account_id: 'a', feature: feature_id }))
/** So many users of each feature; a user of one feature is a user of those before it. */
const use = [12, 8, 4].flatMap((users, i) =>
  Array.from({ length: users }, (_, u) => ({ account_id: 'a', user_id: `u${u}`, event: 'use', feature: `f${i}`, occurred_at: '2024-03-12T12:00:00Z' })),
)

export const productAdoption = defineMetric({
  id: 'product_adoption',
  name: 'Product adoption',
  says: 'How deep customers are in the product in the 28 days before the end of the period: users of each core feature over paid seats; seats in use and core features in use beside it.',
  level: 'usage',
  kind: 'window',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{depth_users} / {depth_seats}',
  nullWhen: 'No core feature is known and no seat is paid for.',
  measures: {
    depth_users: { of: coreUse, each: 'core_users', when: 'seats > 0', over, label: 'Users of core features, added up', kind: 'count' },
    depth_seats: { of: coreUse, each: 'core_entitled * seats', over, label: 'Paid seats for each core feature', kind: 'number' },
    seat_users: { of: coreUse, each: 'users', when: 'seats > 0', over, label: 'Active users', kind: 'count' },
    seats: { of: coreUse, each: 'seats', over, label: 'Paid seats', kind: 'number' },
    core_used: { of: coreUse, each: 'core_used', over, label: 'Core features used', kind: 'count' },
    core_entitled: { of: coreUse, each: 'core_entitled', over, label: 'Core features entitled to', kind: 'count' },
    customers: { of: coreUse, each: '1', over, label: 'Customers', kind: 'count' },
  },
  value,
  n: 'customers',
  interval: 'bootstrap',
  besides: { depth: 'Depth: users of core features per seat', seat_adoption: 'Seats in use', breadth: 'Core features in use' },
  options: { of: { says: 'Which part is the number', fallback: 'headline', choices: ['headline', 'depth', 'seat_adoption', 'breadth'] } },
  aliases: ['adoption', 'breadth', 'depth', 'seat adoption', 'licence utilisation'],
  settings: [...MRR_SETTINGS, 'idle_events', 'seat_products'],
  examples: [
    {
      says: 'adoption: 20 seats, 12 of them in use; of five core features three are used, by 12, 8 and 4 users',
      facts: { subscription_version: [customer], feature: core, feature_entitlement: entitled, usage_event: use },
      value: 0.24,
      parts: { breadth: 0.6, seat_adoption: 0.6, depth: 0.24 },
    },
    {
      says: 'without core features seats in use are the number; more users than seats are shown as they are',
      facts: {
        subscription_version: [{ ...customer, quantity: '2' }],
        usage_event: ['u', 'v', 'w'].map((user_id) => ({ account_id: 'a', user_id, event: 'open', occurred_at: '2024-03-12T12:00:00Z' })),
      },
      value: 1.5,
      parts: { depth: null, breadth: null },
    },
    { says: 'nobody pays for a seat', facts: { usage_event: use.slice(0, 3) }, value: null, null_reason: 'no_core_set_and_no_seats' },
  ],
})
