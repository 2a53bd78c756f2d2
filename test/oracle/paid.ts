import { addDays, dayOf, startOfDay } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Settings } from '../../src/kernel/settings.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'

export interface TimedVersion {
  readonly row: Row
  /** The instant it takes hold, in milliseconds. */
  readonly at: number
  /** The local day of it. */
  readonly from: Day
}

/** A version with the instants at which what it says turns; Infinity for those that do not come. */
export interface Held {
  readonly version: TimedVersion
  /** Whose price is paid: the version's own, or that of the one to which a free month returns. */
  readonly price: Row
  /** The subscription is over. */
  readonly over: number
  /** Paying halts: a pause, or arrears for longer than dunning lasts. */
  readonly halts: number
  /** Before it a trial runs. */
  readonly paysFrom: number
  readonly pays: boolean
}

/** The local day of an instant; a day that never comes for one that never does. */
export const dayIn = (at: number, zone: string): Day => (at === Infinity ? '9999-12-31' : dayOf(new Date(at), zone))

/** An end that is a day is the last one (C13): it lasts until its close. */
export const closeOf = (text: string, zone: string): number =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? startOfDay(addDays(text, 1), zone).getTime() : Date.parse(text)

/** C13, C16: the end, else the notice of a row that says it ended, else that row's beginning; never before these terms began. */
function overAt({ row, at }: TimedVersion, settings: Settings): number {
  const [ends, notice] = [cell(row, 'ends_at'), cell(row, 'canceled_at')]
  if (settings.churn_date === 'cancellation' && notice !== '') return Math.max(at, Date.parse(notice))
  if (ends !== '') return Math.max(at, closeOf(ends, settings.time_zone))
  if (cell(row, 'status') !== 'ended') return Infinity
  return notice === '' ? at : Math.max(at, Date.parse(notice))
}

const owedSince = (row: Row): string => cell(row, 'due_at') || cell(row, 'period_started_at')

/** C14: day N of arrears is a local calendar day; where nothing says since when a bill is due, it is owed for ever. */
function haltsAt({ row, at }: TimedVersion, { time_zone, dunning_days }: Settings): number {
  if (cell(row, 'status') === 'paused') return cell(row, 'paused_at') === '' ? at : Math.max(at, Date.parse(cell(row, 'paused_at')))
  if (cell(row, 'status') !== 'past_due' || owedSince(row) === '') return Infinity
  const due = Date.parse(owedSince(row))
  const day = dayOf(new Date(due), time_zone)
  return startOfDay(addDays(day, Number(dunning_days)), time_zone).getTime() + due - startOfDay(day, time_zone).getTime()
}

/**
 * What each version pays, one after another. Rows that are past due, paused or ended go on with what was before (C4: whoever
 * was on trial or on a free plan never paid); a trial of what is being paid for is a free month.
 */
export function heldOf(versions: readonly TimedVersion[], settings: Settings): Held[] {
  const held: Held[] = []
  /** Whether what was last known of money is that it is paid; true before anything is known. */
  let proved = true
  /** Whether the version before leaves a subscription that is paid for. */
  let goesOn = false
  versions.forEach((version, i) => {
    const { row, at } = version
    const status = cell(row, 'status')
    const next = versions[i + 1]?.at ?? Infinity
    const [over, halts] = [overAt(version, settings), haltsAt(version, settings)]
    const trial = cell(row, 'trial_ends_at') === '' ? -Infinity : closeOf(cell(row, 'trial_ends_at'), settings.time_zone)
    const paysFrom = goesOn ? at : Math.max(at, trial)
    const isFreeMonth = status === 'trialing' && goesOn
    const firstBillUnpaid = status === 'past_due' && !goesOn && owedSince(row) !== '' && trial >= Date.parse(owedSince(row))
    const returnsTo = versions.slice(i + 1).find((each) => cell(each.row, 'status') !== 'trialing')?.row
    held.push({
      version,
      over,
      halts,
      paysFrom,
      price: isFreeMonth && returnsTo !== undefined && cell(returnsTo, 'status') === 'active' ? returnsTo : row,
      pays: status === 'active' || isFreeMonth || (['past_due', 'ended', 'paused'].includes(status) && proved && !firstBillUnpaid),
    })
    if (status === 'active') proved = !(paysFrom > at && paysFrom >= Math.min(next, over))
    else if (['trialing', 'free', 'never_paid'].includes(status)) proved = isFreeMonth
    if (over < next || halts < next) goesOn = false
    else if (status === 'active') goesOn = trial < next
    else if (status !== 'trialing' && status !== 'past_due') goesOn = false
  })
  return held
}
