import type { ShownBand } from './bands.ts'
import { plainBand } from './bands.ts'

export interface Child {
  readonly account: string
  readonly arr: number
  readonly score: number | null
  readonly band: ShownBand
  readonly coverage: number
}

export interface ParentHealth {
  readonly score: number | null
  readonly coverage: number
  readonly band: ShownBand
  readonly worst: string | null
}

const QUORUM = 0.5
/** Share of ARR from which red or unknown children keep a parent from green. */
const HEAVY = 0.2

/** A parent over its own contracts and its children: never counted together with them. */
export function rollUp(children: readonly Child[], rule: 'mean' | 'worst' = 'mean'): ParentHealth {
  const paying = children.filter(({ arr }) => arr > 0)
  const all = sum(paying, ({ arr }) => arr)
  const known = paying.filter((child): child is Child & { score: number } => child.score !== null)
  const knownArr = sum(known, ({ arr }) => arr)
  const coverage = all > 0 ? sum(paying, ({ arr, coverage: own }) => arr * own) / all : 0
  if (all === 0 || knownArr < QUORUM * all) return { score: null, coverage, band: 'unknown', worst: null }
  const worst = known.reduce((lowest, child) =>
    child.score < lowest.score || (child.score === lowest.score && child.account < lowest.account) ? child : lowest,
  )
  const score = rule === 'worst' ? worst.score : sum(known, ({ arr, score: own }) => arr * own) / knownArr
  const heavy = (band: ShownBand): boolean => sum(paying, (child) => (child.band === band ? child.arr : 0)) >= HEAVY * all
  const isGreen = !heavy('red') && !heavy('unknown') && known.some(({ band }) => band === 'green')
  const plain = plainBand(score)
  return { score, coverage, band: plain === 'green' && !isGreen ? 'amber' : plain, worst: worst.account }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0)
