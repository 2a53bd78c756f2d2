import type { HealthMap } from '../../../contract/health-map.ts'
import type { BandId } from '../../../kernel/words/health.ts'

/** From here up a score is amber, and green. */
const EDGES = { amber: 40, green: 70 } as const

export const bandOf = (score: number | null): BandId => (score === null ? 'unknown' : score < EDGES.amber ? 'red' : score < EDGES.green ? 'amber' : 'green')

/** A column of the grid: the score itself, an input, or one of the two indexes. */
export interface MapColumn {
  readonly id: string
  readonly name: string
  readonly values: readonly (number | null)[]
  bandAt(place: number): BandId
}

const column = (id: string, name: string, values: readonly (number | null)[]): MapColumn => ({
  id,
  name,
  values,
  bandAt: (place) => bandOf(values[place] ?? null),
})

/** What the grid shows of every account, the score first. */
export function columnsOf(map: HealthMap): MapColumn[] {
  return [
    { ...column('score', 'Score', map.score), bandAt: (place) => map.band[place] ?? 'unknown' },
    ...map.inputs.map(({ id, name }, i) => column(id, name, map.scores[i] ?? [])),
    column('experience', 'Experience', map.experience),
    column('outcomes', 'Outcomes', map.outcomes),
  ]
}

/** A part of the map that was chosen: the accounts of one band in one column, or of one quadrant. */
export interface Part {
  readonly label: string
  readonly places: readonly number[]
}

export const partOf = (map: HealthMap, { bandAt }: MapColumn, band: BandId): number[] =>
  map.account_id.flatMap((_, place) => (bandAt(place) === band ? [place] : []))

export const arrOf = (map: HealthMap, places: readonly number[]): number => places.reduce((sum, place) => sum + (map.arr[place] ?? 0), 0)

export const QUADRANTS = {
  thriving: { label: 'Thriving', says: 'Experience and outcomes are both good' },
  effort_gap: { label: 'Effort gap', says: 'Outcomes are good, the experience is not: mend the service' },
  value_gap: { label: 'Value gap', says: 'The experience is good, outcomes are not: make a plan for success' },
  at_risk: { label: 'At risk', says: 'Neither is good' },
} as const
export type Quadrant = keyof typeof QUADRANTS

/** Where an account lies in the plane; null where one of the two is not known. */
export function quadrantOf(experience: number | null, outcomes: number | null): Quadrant | null {
  if (experience === null || outcomes === null) return null
  if (experience >= EDGES.green) return outcomes >= EDGES.green ? 'thriving' : 'value_gap'
  return outcomes >= EDGES.green ? 'effort_gap' : 'at_risk'
}

/** Places of each quadrant, and of those that lie beside the plane. */
export function quadrantsOf(map: HealthMap): Readonly<Record<Quadrant | 'beside', number[]>> {
  const found: Record<Quadrant | 'beside', number[]> = { thriving: [], effort_gap: [], value_gap: [], at_risk: [], beside: [] }
  map.account_id.forEach((_, place) => found[quadrantOf(map.experience[place] ?? null, map.outcomes[place] ?? null) ?? 'beside'].push(place))
  return found
}
