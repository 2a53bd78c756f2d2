import { isEarned } from './account.ts'
import type { Account } from './account.ts'
import { moneyText } from './account-files.ts'
import { DAY, dayText, instantText } from './calendar.ts'
import type { Minute } from './calendar.ts'
import type { Charge, Contracts } from './contracts.ts'
import { packsOf } from './packs.ts'
import { CURRENCIES, OUTCOMES } from './rates.ts'
import { optionalInstant } from './reference-files.ts'
import type { Story } from './story.ts'
import { standingOf, voiceOf } from './voice.ts'
import type { Standing } from './voice.ts'

/** Files of what customers reach, pay on time, ask for and give back. */

export const PROOF_HEADERS = {
  outcomes: 'outcome_id,account_id,defined_at,name,type,unit,baseline,target,due_on,weight,money_value,currency,closed_at\n',
  measurements: 'measurement_id,outcome_id,account_id,measured_at,value,evidence,confirmed_at\n',
  invoices: 'invoice_id,account_id,issued_on,due_on,paid_on,amount,currency,status\n',
  referrals: 'referral_id,account_id,contact_id,referred_account_id,referred_name,referred_at,verified,converted_at\n',
  acts: 'act_id,account_id,contact_id,acted_at,kind,title\n',
  consents: 'consent_id,account_id,contact_id,given_at,expires_at,withdrawn_at,scope\n',
  incidents: 'incident_id,account_id,started_at,ended_at,name,severity\n',
  requests: 'request_id,account_id,requested_at,kind,title,blocking,closed_at\n',
  opportunities: 'opportunity_id,account_id,opened_at,won_at,sourced_by,csm_id,name\n',
} as const

const SORTS = [
  { name: 'Hours a week spent on reports', type: 'time', unit: 'hours', baseline: 40, target: 20 },
  { name: 'Orders that ship late', type: 'quality', unit: '%', baseline: 12, target: 4 },
  { name: 'Sites that report daily', type: 'adoption', unit: 'sites', baseline: 0, target: 10 },
  { name: 'Cost of stock', type: 'cost', unit: 'USD', baseline: 100_000, target: 70_000 },
] as const

interface Wanted {
  readonly id: string
  readonly sort: (typeof SORTS)[number]
  readonly at: Minute
  readonly weight: number
  readonly worth: number
  readonly readings: readonly { readonly at: Minute; readonly value: number; readonly confirmedAt: Minute }[]
}

/** Outcomes of those who have written them down, the first a near one; who is content comes on faster. */
function wantedBy(story: Story, account: Account, standing: Standing): Wanted[] {
  const random = voiceOf(story, account, 4)
  if (!random.chance(OUTCOMES.share)) return []
  return Array.from({ length: random.whole(1, 2) }, (_, i): Wanted => {
    const sort = SORTS[(random.whole(0, 1) * 2 + i) % SORTS.length] ?? SORTS[0]
    const at = standing.from + random.whole(2, 30) * DAY
    const isFirst = i === 0
    const pace = isFirst ? random.between(...OUTCOMES.first_pace) : random.between(0.08, 0.3)
    const readings: { at: Minute; value: number; confirmedAt: Minute }[] = []
    let come = 0
    for (
      let day = at + random.whole(10, isFirst ? 30 : 70) * DAY;
      day < standing.until;
      day += (isFirst && come < 1 ? random.whole(...OUTCOMES.first_every) : random.whole(60, 100)) * DAY
    ) {
      come = Math.min(1.15, Math.max(0, come + pace * (standing.mood(day) / 7.5) + random.between(-0.06, 0.06)))
      const [confirms, delay] = [random.chance(OUTCOMES.confirms), random.whole(1, 20) * DAY]
      readings.push({
        at: day,
        value: Math.round((sort.baseline + come * (sort.target - sort.baseline)) * 100) / 100,
        confirmedAt: confirms && day + delay < story.end ? day + delay : 0,
      })
    }
    return { id: `${account.id}-O${i + 1}`, sort, at, weight: random.whole(1, 3), worth: account.seats * random.whole(200, 900), readings }
  }).filter(({ at }) => at < story.end)
}

type Lines = (story: Story, account: Account, contracts: Contracts) => string
const ofCustomers =
  (lines: (story: Story, account: Account, standing: Standing) => string): Lines =>
  (story, account, contracts) => {
    const standing = standingOf(story, account, contracts)
    return standing === null ? '' : lines(story, account, standing)
  }

export const outcomeLines = ofCustomers((story, account, standing) =>
  wantedBy(story, account, standing)
    .map(
      ({ id, sort, at, weight, worth }) =>
        `${id},${account.id},${instantText(at)},${sort.name},${sort.type},${sort.unit},${sort.baseline},${sort.target},${dayText(at + 365 * DAY)},${weight},${worth},${CURRENCIES[account.currency]},\n`,
    )
    .join(''),
)

export const measurementLines = ofCustomers((story, account, standing) =>
  wantedBy(story, account, standing)
    .flatMap(({ id, readings }) =>
      readings.map(
        ({ at, value, confirmedAt }, i) => `${id}-${i + 1},${id},${account.id},${instantText(at)},${value},quarterly review,${optionalInstant(confirmedAt)}\n`,
      ),
    )
    .join(''),
)

/** One invoice for the bills of a day; who is about to leave pays late. */
export const invoiceLines: Lines = (story, account, contracts) => {
  const standing = standingOf(story, account, contracts)
  if (standing === null) return ''
  const random = voiceOf(story, account, 5)
  const bills = new Map<string, Charge[]>()
  for (const charge of [...contracts.charges, ...packsOf(story, account, contracts)])
    if (charge.kind !== 'refund') bills.set(dayText(charge.at), [...(bills.get(dayText(charge.at)) ?? []), charge])
  return [...bills.values()]
    .map((charges, i) => {
      const [first] = charges
      if (first === undefined) return ''
      const due = first.at + 14 * DAY
      const late = random.chance(standing.mood(first.at) < 6 ? 0.35 : 0.08)
      const paid = due + (late ? random.whole(4, 50) : random.whole(-12, 3)) * DAY
      const amount = charges.reduce((sum, { amount }) => sum + amount, 0)
      return `${account.id}-INV${i + 1},${account.id},${dayText(first.at)},${dayText(due)},${paid < story.end ? dayText(paid) : ''},${moneyText(amount)},${first.currency},${paid < story.end ? 'paid' : 'open'}\n`
    })
    .join('')
}

/** Accounts that were recommended name one of those that came before them; happy ones recommend in vain, too. */
export const referralLines: Lines = (story, account, contracts) => {
  const random = voiceOf(story, account, 6)
  const standing = standingOf(story, account, contracts)
  let text = ''
  const row = (id: string, by: string, referred: string, name: string, at: Minute, won: Minute): void =>
    void (
      at < story.end &&
      (text += `${id},${by},${by}-P1,${referred},${name},${instantText(at)},${won > 0 ? 'true' : 'false'},${won < story.end ? optionalInstant(won) : ''}\n`)
    )
  if (isEarned(account.source) && account.index > 0 && account.kind === 'customer') {
    const referrer = `A${String(random.whole(1, account.index)).padStart(Math.max(4, String(story.accounts).length), '0')}`
    row(`${account.id}-F`, referrer, account.id, '', account.created - random.whole(3, 60) * DAY, standing?.from ?? account.start)
  }
  if (standing === null) return text
  for (let at = standing.from + random.whole(60, 900) * DAY, i = 1; at < standing.until; at += random.whole(200, 900) * DAY, i++)
    if (standing.mood(at) > 8) row(`${account.id}-F${i}`, account.id, '', `Prospect ${account.index}-${i}`, at, 0)
  return text
}

const ACTS = ['review', 'review', 'case_study', 'reference', 'event', 'testimonial'] as const

export const actLines = ofCustomers((story, account, standing) => {
  const random = voiceOf(story, account, 7)
  let text = ''
  for (let at = standing.from + random.whole(60, 700) * DAY, i = 1; at < standing.until; at += random.whole(150, 700) * DAY, i++)
    if (standing.mood(at) > 7.8)
      text += `${account.id}-V${i},${account.id},${account.id}-P${random.whole(1, 2)},${instantText(at)},${ACTS[random.whole(0, ACTS.length - 1)]},\n`
  return text
})

export const consentLines = ofCustomers((story, account, standing) => {
  const random = voiceOf(story, account, 8)
  const at = standing.from + random.whole(90, 500) * DAY
  if (at >= standing.until || standing.mood(at) < 7.5 || !random.chance(0.5)) return ''
  const withdrawn = random.chance(0.06) ? at + random.whole(60, 300) * DAY : 0
  const first = `${account.id}-N1,${account.id},${account.id}-P1,${instantText(at)},,${withdrawn < story.end ? optionalInstant(withdrawn) : ''},calls and logo\n`
  const again = at + 350 * DAY
  return withdrawn === 0 && again < standing.until && standing.mood(again) > 7.5
    ? `${first}${account.id}-N2,${account.id},${account.id}-P1,${instantText(again)},,,calls and logo\n`
    : first
})

export const incidentLines = ofCustomers((story, account, standing) => {
  const at = story.outage.from + 9 * 60 + 12
  return standing.isCustomer(at) ? `outage,${account.id},${instantText(at)},${instantText(at + 11 * 60)},Long outage of the core product,major\n` : ''
})

const REQUESTS = [
  ['feature', 'api-export', 'Export through the API'],
  ['feature', 'dark-mode', 'Dark mode'],
  ['feature', 'multi-currency', 'Several currencies in one report'],
  ['feature', 'audit-log', 'Audit log'],
  ['bug', 'slow-import', 'Imports time out'],
  ['bug', 'lost-filter', 'Filters are lost'],
] as const

export const requestLines = ofCustomers((story, account, standing) => {
  const random = voiceOf(story, account, 9)
  return REQUESTS.map(([kind, id, title]) => {
    const [asks, at, blocking, closes, after] = [
      random.chance(kind === 'bug' ? 0.06 : 0.12),
      standing.from + random.whole(20, 700) * DAY,
      random.chance(0.2),
      random.chance(kind === 'bug' ? 0.8 : 0.3),
      random.whole(10, 250) * DAY,
    ]
    return asks && at < standing.until
      ? `${id},${account.id},${instantText(at)},${kind},${title},${blocking},${closes && at + after < story.end ? instantText(at + after) : ''}\n`
      : ''
  }).join('')
})

/** Deals behind what was added to a contract; some were lost. */
export const opportunityLines: Lines = (story, account, contracts) => {
  const random = voiceOf(story, account, 10)
  if (standingOf(story, account, contracts) === null) return ''
  const grown = contracts.versions.filter(
    (version, i) =>
      version.product !== 'core' &&
      version.status === 'active' &&
      contracts.versions.findIndex(({ subscription }) => subscription === version.subscription) === i,
  )
  return grown
    .map((version, i) => {
      const [sourced, before, won] = [
        ['csm', 'csm', 'playbook', 'sales', 'product'][random.whole(0, 4)] ?? '',
        random.whole(10, 60) * DAY,
        random.whole(0, 10) * DAY,
      ]
      const owner = account.owners.findLast(({ from }) => from <= version.at)?.csm ?? ''
      return `${account.id}-D${i + 1},${account.id},${instantText(Math.max(account.created, version.at - before))},${instantText(version.at - won)},${sourced},${sourced === 'csm' ? owner : ''},${version.product}\n`
    })
    .join('')
}
