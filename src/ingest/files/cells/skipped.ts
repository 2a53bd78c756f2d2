import { copied } from '../../record/refusal.ts'

/** What a person said about local times that the clocks of the zone never showed. */
export type SkippedAs = 'utc' | 'later' | 'refuse'
export const SKIPPED_AS: readonly string[] = ['utc', 'later', 'refuse'] satisfies SkippedAs[]

/** Local times of one column that never were in the zone: a clock change skipped them, or the zone had no such day. */
export interface Skipped {
  readonly as: SkippedAs | undefined
  readonly examples: string[]
}

const MOST_EXAMPLES = 3
export const createSkipped = (as: string | undefined): Skipped => ({ as: SKIPPED_AS.find((known) => known === as) as SkippedAs | undefined, examples: [] })

export function noteSkipped({ examples }: Skipped, cell: string): void {
  if (examples.length < MOST_EXAMPLES && !examples.includes(cell)) examples.push(copied(cell))
}
