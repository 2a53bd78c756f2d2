import { randomOf } from '../oracle/random.ts'
import type { Random } from '../oracle/random.ts'

/** One import as somebody means to make it, and the versions it must leave in the store, each once. */
export interface Plan {
  readonly number: number
  readonly files: readonly { readonly name: string; readonly text: string; readonly rows: number }[]
  /** By fact the identities of its versions; of undated attributes the account. */
  readonly versions: Readonly<Record<RecordedFact, readonly string[]>>
}

export type RecordedFact = 'account' | 'account_attribute' | 'subscription_version' | 'charge'

export const HEADERS = {
  'accounts.csv': 'account_id,name,segment',
  'subscription_versions.csv': 'subscription_id,account_id,effective_at,status,product,plan,quantity,unit_amount,currency,interval_months',
  'charges.csv': 'charge_id,account_id,charged_at,kind,amount,currency',
} as const
type FileName = keyof typeof HEADERS

/** Rows of a file that takes long enough to be interrupted in its middle. */
const LARGE = 20_000

const dayOf = (random: Random): string => `2024-0${random.int(1, 6)}-${String(random.int(1, 28)).padStart(2, '0')}`

/**
 * Imports one after another: new accounts with subscriptions and charges, and older ones corrected. What a plan says of
 * an identity nobody said before, so every row of it is a version of its own, whatever became of the plans before.
 */
export function createPlans(seed: number) {
  const random = randomOf(seed)
  const accounts: string[] = []
  const subscriptions = new Map<string, string>()
  const charges = new Map<string, string>()
  let number = 0

  /** Some of those that are known, each at most once. */
  const some = <T>(from: readonly T[], most: number): T[] => [...new Set(Array.from({ length: Math.min(most, from.length) }, () => random.pick(from)))]

  return function next(): Plan {
    number++
    const amount = (i: number): string => `${number}.${String(i % 100).padStart(2, '0')}`
    const fresh = Array.from({ length: random.int(2, 5) }, (_, i) => `P${number}A${i}`)
    const versions: Record<RecordedFact, string[]> = { account: [], account_attribute: [], subscription_version: [], charge: [] }
    const rows: Record<FileName, string[]> = { 'accounts.csv': [], 'subscription_versions.csv': [], 'charges.csv': [] }

    for (const account of [...fresh, ...some(accounts, 2)]) {
      rows['accounts.csv'].push(`${account},Name ${number},segment ${number}`)
      versions.account.push(account)
      versions.account_attribute.push(account)
    }
    const begun = fresh.map((account) => [`${account}-S`, account] as const)
    const at = new Map([...begun.map(([id]) => [id, '2024-01-01'] as const), ...some([...subscriptions.keys()], 4).map((id) => [id, dayOf(random)] as const)])
    for (const [id, account] of begun) subscriptions.set(id, account)
    for (const [i, [id, day]] of [...at].entries()) {
      rows['subscription_versions.csv'].push(
        `${id},${subscriptions.get(id)},${day}T12:00:00Z,active,${random.pick(['core', 'more'])},basic,1,${amount(i)},USD,1`,
      )
      versions.subscription_version.push(`${id}|${day}T12:00:00.000Z`)
    }
    const length = random.chance(0.2) ? LARGE : random.int(5, 40)
    const billed = Array.from({ length }, (_, i) => [`P${number}C${i}`, random.pick(fresh)] as const)
    const mended = some([...charges], 6)
    for (const [i, [id, account]] of [...billed, ...mended].entries()) {
      rows['charges.csv'].push(`${id},${account},${dayOf(random)}T15:00:00Z,recurring,${amount(i)},USD`)
      versions.charge.push(id)
    }
    accounts.push(...fresh)
    // Of a large file only the first are ever mended.
    for (const [id, account] of billed.slice(0, 50)) charges.set(id, account)
    const files = (Object.keys(rows) as FileName[]).map((name) => ({ name, text: `${[HEADERS[name], ...rows[name]].join('\n')}\n`, rows: rows[name].length }))
    return { number, files, versions }
  }
}

/** The rows of several plans as one set of files: of each identity the row that was recorded last. */
export function inOneFolder(plans: readonly Plan[]): { name: string; text: string }[] {
  return (Object.keys(HEADERS) as FileName[]).map((name) => {
    const latest = new Map<string, string>()
    const rows = plans.flatMap(
      ({ files }) =>
        files
          .find((file) => file.name === name)
          ?.text.trimEnd()
          .split('\n')
          .slice(1) ?? [],
    )
    for (const row of rows) {
      const [id = '', , at = ''] = row.split(',')
      latest.set(name === 'subscription_versions.csv' ? `${id} ${at}` : id, row)
    }
    return { name, text: `${[HEADERS[name], ...latest.values()].join('\n')}\n` }
  })
}
