import Papa from 'papaparse'
import { sampleCompany } from './sample-company.ts'
import type { SampleOptions, Truth } from './sample-company.ts'

/** For the tests: the generated files read back as anybody would read them. */
export type Row = Record<string, string>
export interface ReadCompany {
  readonly texts: Map<string, string>
  readonly rows: (name: string) => Row[]
  /** The versions of each subscription, in the order of time. */
  readonly subscriptions: () => Row[][]
  readonly truth: Truth
}

function bySubscription(versions: readonly Row[]): Row[][] {
  const found = new Map<string, Row[]>()
  for (const row of versions) {
    const list = found.get(cell(row, 'subscription_id'))
    if (list === undefined) found.set(cell(row, 'subscription_id'), [row])
    else list.push(row)
  }
  return [...found.values()]
}

export async function readCompany(options: SampleOptions): Promise<ReadCompany> {
  const company = sampleCompany(options)
  const texts = new Map<string, string>()
  for (const file of company.files) {
    let text = ''
    for await (const piece of file.rows()) text += piece
    texts.set(file.name, text)
  }
  const parsed = new Map<string, Row[]>()
  const rows = (name: string): Row[] => {
    let found = parsed.get(name)
    if (found === undefined) parsed.set(name, (found = Papa.parse<Row>(texts.get(name) ?? '', { header: true, skipEmptyLines: true }).data))
    return found
  }
  let grouped: Row[][] | undefined
  const subscriptions = (): Row[][] => (grouped ??= bySubscription(rows('subscription_versions.csv')))
  return { texts, rows, subscriptions, truth: company.truth }
}

let usual: Promise<ReadCompany> | undefined
/** The company that most tests look at, generated once for all files that share a process. */
export const usualCompany = (): Promise<ReadCompany> => (usual ??= readCompany({ endMonth: '2025-06' }))

export const daysFrom = (from: string, until: string): number => (Date.parse(until) - Date.parse(from)) / 86_400_000
const later = (a: string, b: string): string => (a > b ? a : b)
const earlier = (a: string, b: string): string => (a < b ? a : b)
export const cell = (row: Row, column: string): string => row[column] ?? ''

export interface Span {
  readonly from: string
  readonly until: string
}

/** Notices given per month at risk, over monthly contracts of the core product; nothing is taken from the generator's state. */
export function noticeRate(
  company: ReadCompany,
  holds: (account: Row, version: Row) => boolean,
  spans: readonly Span[],
): { rate: number; notices: number; months: number } {
  const accounts = new Map(company.rows('accounts.csv').map((row) => [cell(row, 'account_id'), row]))
  let [days, notices] = [0, 0]
  for (const versions of company.subscriptions()) {
    if (versions[0]?.product !== 'core' || versions[0].interval_months !== '1') continue
    for (const [i, version] of versions.entries()) {
      const account = accounts.get(cell(version, 'account_id'))
      if (account === undefined || !holds(account, version)) continue
      const [at, canceled] = [cell(version, 'effective_at'), cell(version, 'canceled_at')]
      for (const { from, until } of spans) {
        if (canceled === at && at >= from && at < until) notices++
        if (version.status !== 'active' || canceled !== '') continue
        const [start, stop] = [later(at, from), earlier(versions[i + 1]?.effective_at ?? '9999', until)]
        if (start < stop) days += daysFrom(start, stop)
      }
    }
  }
  return { rate: (notices / days) * 30.4, notices, months: days / 30.4 }
}
