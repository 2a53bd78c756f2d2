import { ownerAt, segmentAt } from './account.ts'
import type { Account } from './account.ts'
import { DAY, dayText, instantText } from './calendar.ts'
import type { Charge, Contracts, DiscountRow, Version } from './contracts.ts'
import { nameOf } from './names.ts'
import { packsOf } from './packs.ts'
import { INDUSTRIES, REGIONS, SOURCES } from './rates.ts'
import { optionalInstant } from './reference-files.ts'
import type { Story } from './story.ts'

/** The lines of one account in each file, as text with line ends. */

export const HEADERS = {
  accounts: 'account_id,name,segment,region,industry,size_band,source,csm,created_at,is_internal,merged_into\n',
  attributes: 'account_id,attribute,value,effective_at\n',
  assignments: 'account_id,csm_id,effective_at\n',
  versions:
    'subscription_id,account_id,effective_at,status,product,plan,quantity,unit_amount,currency,interval_months,term_months,canceled_at,ends_at,due_at,reason,notice_days,auto_renew,renews_at\n',
  discounts: 'discount_id,subscription_id,percent,duration,starts_at,ends_at\n',
  charges: 'charge_id,account_id,charged_at,kind,amount,currency,subscription_id,product,covers_months,service_from,service_until\n',
} as const

const SIZE_BANDS = ['1-49', '50-499', '500+']
const ADOPTED_AFTER = 90 * DAY
const ESTABLISHED_AFTER = 365 * DAY

export const quoted = (text: string): string => (text.includes(',') ? `"${text}"` : text)
const hundredths = Array.from({ length: 100 }, (_, i) => `.${i < 10 ? '0' : ''}${i}`)

/** Cents as a decimal with two places. */
export function moneyText(cents: number): string {
  const whole = Math.abs(cents)
  return (cents < 0 ? '-' : '') + Math.floor(whole / 100) + hundredths[whole % 100]
}

const sizeBandAt = (account: Account, at: number): string => SIZE_BANDS[account.segment + (at >= account.movesUp ? 1 : 0)] ?? ''

export function accountLines(story: Story, account: Account): string {
  const last = story.end - 1
  const name = account.internal ? `Internal demo ${account.index + 1}` : nameOf(account.index, account.industry)
  const line = (id: string, label: string, into: string): string =>
    `${id},${quoted(label)},${segmentAt(account, last)},${REGIONS[account.region]},${INDUSTRIES[account.industry]},${sizeBandAt(account, last)},${SOURCES[account.source]},` +
    `${ownerAt(account, last)},${instantText(account.created)},${account.internal ? 'true' : 'false'},${into}\n`
  const own = line(account.id, name, '')
  return account.duplicate === '' ? own : own + line(account.duplicate, `${name} (old)`, account.id)
}

/** The dated history of what changes: segment and size band of those that grew, and the stage of the journey. */
export function attributeLines(story: Story, account: Account): string {
  let text = ''
  const row = (attribute: string, value: string, at: number): void => {
    if (at < story.end) text += `${account.id},${attribute},${value},${instantText(at)}\n`
  }
  if (account.movesUp < story.end)
    for (const at of [account.created, account.movesUp]) {
      row('segment', segmentAt(account, at), at)
      row('size_band', sizeBandAt(account, at), at)
    }
  if (account.kind !== 'customer') return text
  row('lifecycle_stage', 'onboarding', account.created)
  row('lifecycle_stage', 'adopting', account.start + ADOPTED_AFTER)
  row('lifecycle_stage', 'established', account.start + ESTABLISHED_AFTER)
  return text
}

export const assignmentLines = (story: Story, account: Account): string =>
  account.owners
    .filter((owner) => owner.from < story.end)
    .map((owner) => `${account.id},${owner.csm},${instantText(owner.from)}\n`)
    .join('')

/** Of terms that are bound for months: days of notice, whether they go on by themselves, and when the next ones begin, which the start tells. */
const noticeOf = ({ term }: Version): string => (term > 1 ? '30,yes,' : ',,')

export const versionLine = (v: Version): string =>
  `${v.subscription},${v.account},${instantText(v.at)},${v.status},${v.product},${v.plan},${v.quantity},${moneyText(v.unit)},${v.currency},${v.interval},${v.term},` +
  `${v.canceledAt === 0 ? '' : instantText(v.canceledAt)},${v.endsAt === 0 ? '' : instantText(v.endsAt)},${v.dueAt === 0 ? '' : instantText(v.dueAt)},${v.reason},${noticeOf(v)}\n`

export const discountLine = (d: DiscountRow): string =>
  `${d.id},${d.subscription},${d.percent},${d.duration},${instantText(d.starts)},${optionalInstant(d.ends)}\n`

const chargeLine = (c: Charge): string =>
  `${c.id},${c.account},${instantText(c.at)},${c.kind},${moneyText(c.amount)},${c.currency},${c.subscription},${c.product},${c.months},${dayText(c.from)},${dayText(c.until)}\n`

/** What was billed for subscriptions, and what was bought beside them. */
export const chargeLines = (story: Story, account: Account, contracts: Contracts): string =>
  [...contracts.charges, ...packsOf(story, account, contracts)].map(chargeLine).join('')
