import type { Settings } from '../../src/kernel/settings.ts'
import type { Facts, Row } from './company.ts'
import { instantOn, randomDay } from './random-subscriptions.ts'
import type { World } from './random-subscriptions.ts'
import type { Random } from './random.ts'
import type { USE_FACTS } from './use-facts.ts'

type Grown = { readonly [K in keyof Facts]: Row[] }

const FEATURES = ['reports', 'export', 'sso', 'alerts']
const EVENTS = ['open', 'open', 'Report Shared', 'export', 'heartbeat']

export const settingsOfUse = (random: Random): Partial<Settings> => ({
  session_gap_minutes: random.pick(['30', '30', '10', '1']),
  idle_events: random.pick(['', 'heartbeat', 'Heartbeat, ping']),
  value_events: random.pick(['', 'report shared', 'export, never']),
  value_clock: random.pick(['first_paid', 'first_paid', 'sign_up']),
  activation_days: random.pick(['30', '7']),
  adoption_uses: random.pick(['3', '1', '2']),
  seat_products: random.pick(['', '', 'core']),
})

/** The features of the product; some that events name are described nowhere. */
export function listFeatures(world: World, facts: Grown): void {
  const { random } = world
  for (const feature_id of FEATURES)
    if (random.chance(0.8))
      facts.feature.push({
        batch: 1,
        feature_id,
        name: '',
        product: random.pick(['core', 'insights', '']),
        is_core: random.pick(['true', 'false']),
        is_value: random.chance(0.3) ? 'true' : 'false',
        entitlement: random.pick(['everyone', 'recorded']),
        released_at: random.chance(0.5) ? instantOn(world, randomDay(random)) : '',
      })
}

function entitlements(world: World, account: string): Row[] {
  const { random } = world
  return FEATURES.filter(() => random.chance(0.4)).flatMap((feature) =>
    Array.from({ length: random.pick([1, 1, 2]) }, () => ({
      batch: 1,
      account_id: account,
      feature,
      entitled_from: instantOn(world, randomDay(random)),
      entitled_until: random.chance(0.4) ? instantOn(world, randomDay(random)) : '',
    })),
  )
}

/** Bursts of events whose gaps lie around the one that ends a session, over midnight too. */
function burst(world: World, account: string, user_id: string, number: number): Row[] {
  const { random } = world
  let at = Date.parse(instantOn(world, randomDay(random, random.chance(0.8) ? '2023-12-10' : world.since, '2024-07-10')))
  return Array.from({ length: random.pick([1, 2, 4, 9]) }, (_, i) => {
    at += random.pick([0, 30_000, 60_000, 60_001, 600_000, 600_001, 1_800_000, 1_800_001, 5_000_000, 40_000_000])
    return {
      batch: 1,
      event_id: random.chance(0.6) ? `${account}/${user_id}/${number}/${i}` : '',
      account_id: account,
      user_id,
      occurred_at: new Date(at).toISOString(),
      event: random.pick(EVENTS),
      feature: random.pick([...FEATURES, '']),
      product: random.pick(['core', 'core', 'insights', '']),
      platform: random.pick(['web', 'ios', '']),
      user_role: random.pick(['admin', 'member']),
      session_id: random.pick(['', 'one']),
      is_internal: random.chance(0.08) ? 'true' : 'false',
    }
  })
}

/** What the users of one account did. Two accounts may share a user. */
export function addUse(world: World, facts: Grown, account: string): void {
  const { random } = world
  facts.feature_entitlement.push(...entitlements(world, account))
  if (random.chance(0.2)) return
  for (const user of ['ann', 'bob', `only-${account}`])
    for (let i = random.pick([0, 1, 3, 6]); i > 0; i--) facts.usage_event.push(...burst(world, account, user, i))
}

/** What a later import may say otherwise of the same thing. */
export const USE_CORRECTIONS: { readonly [K in keyof typeof USE_FACTS]: readonly Record<string, string>[] } = {
  usage_event: [{ platform: 'android' }, { is_internal: 'true' }, { is_internal: 'false' }, { user_role: 'owner' }],
  feature: [{ is_core: 'true' }, { entitlement: 'everyone' }, { is_value: 'true' }, { released_at: '' }],
  feature_entitlement: [{ entitled_until: '' }, { entitled_until: '2024-05-01T10:00:00.000Z' }],
  contact: [{ role: 'Buyer' }, { left_at: '' }, { left_at: '2024-03-20T10:00:00.000Z' }],
}
