import { accountAttribute } from '../../facts/account-attribute.ts'
import { csmAssignment } from '../../facts/csm-assignment.ts'
import { groupBy } from '../../health/group.ts'
import type { Day } from '../../kernel/period.ts'
import type { Known } from '../timeline/happening.ts'
import type { Version } from '../version.ts'

/** What an account was said to be from a day on. */
export interface Attribute {
  readonly attribute: string
  readonly value: string
  /** Null where nobody said since when. */
  readonly from: Day | null
}

export interface Owner {
  /** Empty where nobody owned it. */
  readonly csm_id: string
  readonly from: Day | null
  /** First day on which somebody else did; null for the present one. */
  readonly until: Day | null
}

export interface Who {
  /** As of the day, each attribute once. */
  readonly attributes: readonly Attribute[]
  /** The latest first. */
  readonly owners: readonly Owner[]
}

/** In the order from which they hold, those said of one day in the order in which they were told. */
const byTime = (rows: readonly Version[]): Version[] =>
  rows.toSorted((a, b) => {
    const [one, other] = [`${String(a.values.effective_at ?? '')} ${a.recorded_at}`, `${String(b.values.effective_at ?? '')} ${b.recorded_at}`]
    return one < other ? -1 : 1
  })

/** Who an account is on a day, by what is known. */
export function whoOn(known: Known, day: Day): Who {
  const until = (rows: readonly Version[]): Version[] => byTime(rows).filter(({ values }) => (known.dayOf(values.effective_at ?? null) ?? '') <= day)
  const byName = groupBy(until(known.of(accountAttribute)), ({ values }) => String(values.attribute))
  const attributes = [...byName].flatMap(([attribute, rows]): Attribute[] => {
    const last = rows.at(-1)
    const value = last?.values.value ?? null
    return last === undefined || value === null ? [] : [{ attribute, value: String(value), from: known.dayOf(last.values.effective_at ?? null) }]
  })
  const assigned = until(known.of(csmAssignment)).map(({ values }) => ({ csm_id: String(values.csm_id ?? ''), from: known.dayOf(values.effective_at ?? null) }))
  const turns = assigned.filter(({ csm_id }, i) => assigned[i - 1]?.csm_id !== csm_id)
  const owners = turns.map((each, i): Owner => ({ ...each, until: turns[i + 1]?.from ?? null }))
  return { attributes: attributes.sort((a, b) => (a.attribute < b.attribute ? -1 : 1)), owners: owners.toReversed() }
}
