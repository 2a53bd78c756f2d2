import { copied } from '../../record/refusal.ts'

/**
 * What the cells of one column say about how it must be read. Each cell allows some readings, as a bit mask. A column is
 * decided when only one reading fits all of its cells; a cell that would differ between readings that are still possible
 * leaves it open; cells that no one reading fits are a conflict.
 */
export interface Evidence {
  candidates: number
  /** A cell was met that could not be read for certain at that moment. */
  open: boolean
  conflict: boolean
  readonly examples: string[]
  /** The cell that ruled out a reading last; '' while none did. */
  because: string
}

const MOST_EXAMPLES = 5

export const createEvidence = (readings: number): Evidence => ({ candidates: readings, open: false, conflict: false, examples: [], because: '' })

const lowest = (mask: number): number => mask & -mask
export const isDecided = (evidence: Evidence): boolean => evidence.candidates === lowest(evidence.candidates)

function example(evidence: Evidence, cell: string): void {
  if (evidence.examples.length < MOST_EXAMPLES && !evidence.examples.includes(cell)) evidence.examples.push(copied(cell))
}

/** Takes a cell into account and says in which reading to take it: any that is possible when they do not differ. */
export function note(evidence: Evidence, readings: number, differs: boolean, cell: string): number {
  const left = evidence.candidates & readings
  if (left === 0) {
    if (!evidence.conflict) example(evidence, cell)
    evidence.conflict = true
    evidence.open = true
    return lowest(readings)
  }
  if (left !== evidence.candidates) evidence.because = copied(cell)
  evidence.candidates = left
  const chosen = lowest(left)
  if (differs && chosen !== left) {
    evidence.open = true
    example(evidence, cell)
  }
  return chosen
}

/** After some cells: what was open but has been decided since is open no more. */
export function settle(evidence: Evidence): void {
  if (!evidence.conflict && isDecided(evidence)) evidence.open = false
}
