import { isBeforeRecords, isHistory } from '../health/delay.ts'
import { groupBy } from '../health/group.ts'
import type { AccountHistory, HistoryKind } from '../health/history.ts'
import { toldKinds } from '../health/history.ts'
import type { Told } from '../health/known.ts'
import { asIfConnected } from '../health/known.ts'
import type { Day } from '../kernel/period.ts'
import { daysBetween } from '../kernel/period.ts'
import { median } from '../statistics/quantile.ts'

/** How facts of one kind came from one source: since when, on which days as history, and how late the others. */
interface Arriving {
  readonly first: Day
  readonly history: ReadonlySet<Day>
  readonly usual: number
}

type Version = Pick<Told<unknown>, 'recorded_on' | 'effective_on'>

/** Of use the source is known, of other kinds not: they are taken together. */
const wayOf = (kind: HistoryKind, { fact }: Told<unknown>): string => (kind === 'use' ? `use ${(fact as { source: string }).source}` : kind)

/** The first version of each fact, by the way that it came. */
function* firstVersions(history: AccountHistory): Iterable<Version & { readonly way: string }> {
  for (const [kind, versions] of toldKinds(history)) {
    const seen = new Set<string>()
    for (const told of versions) {
      if (seen.has(told.identity)) continue
      seen.add(told.identity)
      yield { way: wayOf(kind, told), recorded_on: told.recorded_on, effective_on: told.effective_on }
    }
  }
}

function arrivingOf(versions: readonly Version[]): Arriving {
  const late = ({ effective_on, recorded_on }: Version): number => daysBetween(effective_on, recorded_on)
  const first = versions.reduce((earliest, { recorded_on }) => (recorded_on < earliest ? recorded_on : earliest), versions[0]?.recorded_on ?? '')
  const byDay = groupBy(versions, ({ recorded_on }) => recorded_on)
  const history = new Set([...byDay].filter(([, rows]) => isHistory(rows.map(late))).map(([day]) => day))
  const live = versions.filter(({ effective_on, recorded_on }) => !isBeforeRecords(effective_on, first) && !history.has(recorded_on))
  return { first, history, usual: Math.max(0, median(live.map(late)) ?? 0) }
}

/**
 * Histories as they would have been told, had their sources been connected all along: what was told of before the first record of its
 * kind, or on a day on which mostly what was long past was told, is taken to have come as late as that kind usually comes. By kind, and
 * by source where use is told. Optimistic: nobody knows what would have come late.
 */
export function connectedHistories(histories: readonly AccountHistory[]): AccountHistory[] {
  const byWay = groupBy(
    histories.flatMap((history) => [...firstVersions(history)]),
    ({ way }) => way,
  )
  const ways = new Map([...byWay].map(([way, versions]) => [way, arrivingOf(versions)]))
  const retold = (kind: HistoryKind, told: Told<unknown>): Told<unknown> => {
    const way = ways.get(wayOf(kind, told))
    if (way === undefined) return told
    const { effective_on, recorded_on } = told
    const isPast = isBeforeRecords(effective_on, way.first) || (way.history.has(recorded_on) && effective_on < recorded_on)
    return { ...told, recorded_on: asIfConnected(told, isPast, way.usual) }
  }
  const inOrder = (told: readonly Told<unknown>[]): Told<unknown>[] =>
    told.toSorted((a, b) => (a.recorded_on < b.recorded_on ? -1 : a.recorded_on > b.recorded_on ? 1 : 0))
  return histories.map((history) => ({
    ...history,
    ...Object.fromEntries(toldKinds(history).map(([kind, told]) => [kind, inOrder(told.map((each) => retold(kind, each)))])),
  }))
}
