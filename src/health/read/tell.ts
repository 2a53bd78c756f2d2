import type { Day } from '../../kernel/period.ts'
import { groupBy } from '../group.ts'
import type { Told } from '../known.ts'

/** One version of a fact as the store holds it. Instants are texts that compare as they follow each other. */
export interface VersionRow {
  readonly account_id: string
  readonly source: string
  readonly source_id: string
  readonly told_at: string
  readonly effective_on: Day
  readonly recorded_on: Day
  /** Empty unless its import was ever undone. */
  readonly import_id: string
  readonly deleted: 0 | 1
}

/** When imports were undone, or an undo taken back, each in the order of time. */
export type Undos = ReadonlyMap<string, readonly { readonly at: string; readonly on: Day; readonly undone: boolean }[]>

interface Moment {
  readonly at: string
  readonly on: Day
}

const byTime = (a: { readonly at: string }, b: { readonly at: string }): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)

/** The version that counts at a moment; undefined where none does. */
const standing = <R extends VersionRow>(versions: readonly R[], undos: Undos, at: string): R | undefined =>
  versions.findLast(({ told_at, import_id }) => told_at <= at && undos.get(import_id)?.findLast((undo) => undo.at <= at)?.undone !== true)

/** Versions of one identity, some of imports that were undone: at each moment that changed anything, what then counted. */
function tellAgain<R extends VersionRow>(
  versions: readonly R[],
  undos: Undos,
): { readonly at: string; readonly on: Day; readonly row: R; readonly deleted: boolean }[] {
  const moments: Moment[] = versions.flatMap(({ told_at, recorded_on, import_id }) => [{ at: told_at, on: recorded_on }, ...(undos.get(import_id) ?? [])])
  return moments.toSorted(byTime).flatMap(({ at, on }) => {
    const [row, any] = [standing(versions, undos, at), versions.findLast(({ told_at }) => told_at <= at)]
    return any === undefined ? [] : [{ at, on, row: row ?? any, deleted: (row ?? { deleted: 1 }).deleted === 1 }]
  })
}

/**
 * What versions, in the order of time, say of their account as somebody who looked every day would have heard it: an undo is
 * heard when it was recorded, and brings back what stood before.
 */
export function tell<R extends VersionRow, T>(rows: readonly R[], undos: Undos, fact: (row: R) => T): Told<T>[] {
  const identityOf = ({ account_id, source, source_id }: R): string => `${account_id} ${source} ${source_id}`
  const said = (row: R, recorded_on: Day, deleted: boolean): Told<T> => ({
    identity: identityOf(row),
    effective_on: row.effective_on,
    recorded_on,
    deleted,
    fact: fact(row),
  })
  const isStirred = new Set(rows.filter(({ import_id }) => undos.has(import_id)).map(identityOf))
  if (isStirred.size === 0) return rows.map((row) => said(row, row.recorded_on, row.deleted === 1))
  const places = new Map(rows.map((row, i) => [row, i]))
  const identities = groupBy(rows, identityOf)
  const heard = [...identities].flatMap(([identity, versions]) =>
    isStirred.has(identity) ? tellAgain(versions, undos) : versions.map((row) => ({ at: row.told_at, on: row.recorded_on, row, deleted: row.deleted === 1 })),
  )
  return heard.toSorted((a, b) => byTime(a, b) || (places.get(a.row) ?? 0) - (places.get(b.row) ?? 0)).map(({ on, row, deleted }) => said(row, on, deleted))
}

const byDay = <T extends { readonly recorded_on: Day }>(told: readonly T[]): Map<Day, T[]> => groupBy(told, ({ recorded_on }) => recorded_on)

/** One thing and what is known beside it: told again on each day on which either was. */
function joinOne<A, B, C>(own: readonly Told<A>[], beside: readonly Told<B>[], join: (own: A, beside: readonly B[]) => C): Told<C>[] {
  const [ownByDay, besideByDay] = [byDay(own), byDay(beside)]
  const [known, also] = [new Map<string, Told<A>>(), new Map<string, B>()]
  return [...new Set([...ownByDay.keys(), ...besideByDay.keys()])].sort().flatMap((day) => {
    const [fresh, news] = [ownByDay.get(day) ?? [], besideByDay.get(day) ?? []]
    for (const each of fresh) known.set(each.identity, each)
    for (const { identity, deleted, fact } of news) {
      if (deleted) also.delete(identity)
      else also.set(identity, fact)
    }
    const isFresh = new Set(fresh.map(({ identity }) => identity))
    const said = [...known.values()].filter(({ identity }) => news.length > 0 || isFresh.has(identity))
    return said.map(({ fact, ...told }) => ({ ...told, recorded_on: day, fact: join(fact, [...also.values()]) }))
  })
}

/** Facts with others that say more of the same thing, as both were known: `keys` name the thing on either side. */
export function joinTold<A, B, C>(
  own: readonly Told<A>[],
  beside: readonly Told<B>[],
  keys: readonly [own: (fact: A) => string, beside: (fact: B) => string],
  join: (own: A, beside: readonly B[]) => C,
): Told<C>[] {
  const others = groupBy(beside, ({ fact }) => keys[1](fact))
  const alone = own.filter(({ fact }) => !others.has(keys[0](fact))).map((told): Told<C> => ({ ...told, fact: join(told.fact, []) }))
  if (others.size === 0) return alone
  const together = groupBy(
    own.filter(({ fact }) => others.has(keys[0](fact))),
    ({ fact }) => keys[0](fact),
  )
  const joined = [...together].flatMap(([key, told]) => joinOne(told, others.get(key) ?? [], join))
  return [...alone, ...joined].sort((a, b) => (a.recorded_on < b.recorded_on ? -1 : a.recorded_on > b.recorded_on ? 1 : 0))
}
