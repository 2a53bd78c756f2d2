import type { Account } from './account.ts'
import { dayText, instantText } from './calendar.ts'
import type { Contracts } from './contracts.ts'
import { PRODUCT_OF, stretches, eventsOf } from './product-use.ts'
import { CSMS, PRODUCTS, USE } from './rates.ts'
import { Random } from './random.ts'
import { adoptionStarts } from './story.ts'
import type { Story } from './story.ts'

/** Files of product use: who did what, what the features are, who may use them, and who the people are. */

export const USAGE_HEADERS = {
  events: 'event_id,account_id,user_id,occurred_at,event,feature,product,platform,user_role,is_internal\n',
  entitlements: 'account_id,feature,entitled_from,entitled_until\n',
  contacts: 'contact_id,account_id,name,email,user_id,role,is_champion,is_executive,effective_at,left_at\n',
} as const

const STREAM = 104_729

/** Draws of product use come from a stream of their own: they change nothing in what was bought. */
const streamOf = (story: Story, account: Account): Random => new Random(story.seed + STREAM, account.index)

export function eventLines(story: Story, account: Account, contracts: Contracts): string {
  let text = ''
  let number = 0
  for (const use of eventsOf(story, account, contracts, streamOf(story, account)))
    text += `${account.id}-E${++number},${use.account},${use.user},${instantText(use.at)},${use.event},${use.feature},${use.product},${use.platform},${use.role},${use.internal ? 'true' : 'false'}\n`
  return text
}

const FEATURES = [
  ['dashboards', 'Dashboards', true, false, false],
  ['reports', 'Reports', true, false, false],
  ['alerts', 'Alerts', true, false, false],
  ['import', 'Import', false, false, false],
  ['sharing', 'Report sharing', true, true, false],
  ['scheduled_reports', 'Scheduled reports', true, false, false],
  ['sso', 'Single sign-on', false, false, true],
  ['forecasts', 'Forecasts', false, false, true],
  ['workflows', 'Workflows', false, false, true],
] as const

export function featuresText(story: Story): string {
  const lines = ['feature_id,name,product,is_core,is_value,entitlement,released_at']
  for (const [id, name, core, value, recorded] of FEATURES)
    lines.push(
      [
        id,
        name,
        PRODUCT_OF[id] ?? PRODUCTS[0],
        core,
        value,
        recorded ? 'recorded' : 'everyone',
        id === 'scheduled_reports' ? dayText(adoptionStarts(story)) : '',
      ].join(','),
    )
  return `${lines.join('\n')}\n`
}

/** What is bought may be used: single sign-on with the larger plans, and the feature of an add-on. */
export function entitlementLines(story: Story, account: Account, contracts: Contracts): string {
  const bought = [
    ...stretches(story, contracts, PRODUCTS[0])
      .filter(({ plan }) => plan === 'business' || plan === 'enterprise')
      .map((stretch) => ({ ...stretch, feature: 'sso' })),
    ...Object.entries(PRODUCT_OF).flatMap(([feature, product]) => stretches(story, contracts, product).map((stretch) => ({ ...stretch, feature }))),
  ]
  let text = ''
  for (let i = 0; i < bought.length; i++) {
    const first = bought[i]
    if (first === undefined) continue
    let last = first
    // One stretch follows another where only seats or the price changed.
    while (bought[i + 1]?.feature === first.feature && (bought[i + 1]?.from ?? 0) <= last.until) last = bought[++i] ?? last
    text += `${account.id},${first.feature},${instantText(first.from)},${last.until >= story.end ? '' : instantText(last.until)}\n`
  }
  return text
}

const PEOPLE = [
  'Avery',
  'Blake',
  'Casey',
  'Devon',
  'Emery',
  'Finley',
  'Harper',
  'Jordan',
  'Kendall',
  'Logan',
  'Morgan',
  'Parker',
  'Quinn',
  'Reese',
  'Sage',
  'Taylor',
]
const ROLES = ['Operations lead', 'Analyst', 'Finance director', 'Head of data', 'Project manager']

export function contactLines(story: Story, account: Account): string {
  const random = new Random(story.seed + STREAM + CSMS.length, account.index)
  let text = ''
  for (let i = random.whole(1, 2 + account.segment); i >= 0; i--) {
    const name = PEOPLE[random.whole(0, PEOPLE.length - 1)] ?? ''
    const role = ROLES[i === 1 ? 2 : random.whole(0, ROLES.length - 1)] ?? ''
    const left = account.created + random.whole(60, 1500) * 1440
    const leaves = random.chance(0.2) && left < story.end
    const id = `${account.id}-P${i + 1}`
    text += `${id},${account.id},${name} ${account.id},${id.toLowerCase()}@example.com,${i < Math.max(1, Math.round(account.seats * USE.taken_seats)) ? `${account.id}-U${i + 1}` : ''},${role},${i === 0},${role === 'Finance director'},${instantText(account.created)},${leaves ? instantText(left) : ''}\n`
  }
  return text
}
