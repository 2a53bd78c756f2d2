import { factTable } from '../../facts/fact.ts'
import { featureEntitlement } from '../../facts/feature-entitlement.ts'
import { feature } from '../../facts/feature.ts'
import type { Day } from '../../kernel/period.ts'
import { sql, table } from '../../kernel/sql.ts'
import type { Service } from '../account-facts.ts'
import type { Told } from '../known.ts'
import { joinTold, tell } from './tell.ts'
import type { VersionRow } from './tell.ts'
import type { UseOfFeatures } from './use.ts'
import { usesOfFeatures } from './use.ts'
import type { ByAccount, Chunk, Reading } from './versions.ts'
import { dayText, isRecorded, readTold, toldColumns, versionsOf } from './versions.ts'

/** A feature as it is described. */
interface Feature {
  readonly id: string
  readonly name: string
  readonly is_core: boolean
  /** Whether every customer may use it. */
  readonly is_open: boolean
  readonly released_on: Day
}

/** What is known beside a feature: that an account may use it, or that it did. */
type Beside = { readonly feature: string } & ({ readonly used_on: Day } | { readonly from: Day; readonly until: Day | null })

type FeatureRow = VersionRow & { id: string; name: string; is_core: number; is_open: number }

/** Features as they were described, in the order in which that was told. */
export async function readFeatures(reading: Reading): Promise<readonly Told<Feature>[]> {
  const rows = await reading.store.read<FeatureRow>(sql`
    SELECT '' AS account_id, ${toldColumns(reading, feature)}, feature_id AS id, name, is_core, entitlement != 'recorded' AS is_open
    FROM ${table(factTable(feature))} WHERE ${isRecorded(reading)} ORDER BY told_at, row_number`)
  return tell(rows, reading.undos, ({ id, name, is_core, is_open, effective_on }) => ({
    id,
    name: name === '' ? id : name,
    is_core: is_core === 1,
    is_open: is_open === 1,
    released_on: effective_on,
  }))
}

/** Of stretches in which an account may use a feature the last. */
const lastOf = (stretches: readonly { readonly from: Day; readonly until: Day | null }[]) =>
  stretches.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)).at(-1)

function serviceOf({ id, name, is_core, is_open, released_on }: Feature, beside: readonly Beside[]): Service {
  const used = beside.flatMap((each) => ('used_on' in each ? [each.used_on] : []))
  const used_on = used.reduce<Day | null>((last, day) => (last === null || day > last ? day : last), null)
  const stretch = lastOf(beside.flatMap((each) => ('from' in each ? [each] : [])))
  return {
    id,
    name,
    is_core,
    entitled_on: is_open ? released_on : (stretch?.from ?? null),
    entitled_until: is_open ? null : (stretch?.until ?? null),
    released_on,
    used_on,
  }
}

/** What accounts may use of the product, and when they last did. */
export async function readServices(
  reading: Reading,
  chunk: Chunk,
  features: readonly Told<Feature>[],
  use: ByAccount<UseOfFeatures>,
): Promise<ByAccount<Service>> {
  if (features.length === 0) return new Map()
  const day = (column: string) => dayText(reading, column)
  const query = versionsOf(reading, chunk, featureEntitlement, [sql`feature, ${day('entitled_until')} AS until_day`])
  const entitled = await readTold<VersionRow & { feature: string; until_day: Day | null }, Beside>(reading, chunk, query, (row) => ({
    feature: row.feature,
    from: row.effective_on,
    until: row.until_day,
  }))
  const keys = [({ id }: Feature) => id, (beside: Beside) => beside.feature] as const
  return new Map(
    chunk.accounts.map((account) => {
      const beside = [...(entitled.get(account) ?? []), ...[...usesOfFeatures(use.get(account) ?? []).values()].flat()]
      return [account, joinTold<Feature, Beside, Service>(features, beside, keys, serviceOf)]
    }),
  )
}
