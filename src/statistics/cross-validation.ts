import { fitLogistic, predictLogistic } from './logistic.ts'
import { logLoss } from './model-quality.ts'
import { seededRandom } from './random.ts'
import { scalesOf, standardise } from './standardise.ts'

export interface Examples {
  readonly rows: readonly (readonly number[])[]
  readonly outcomes: ArrayLike<number>
  /** Rows of one group (account) are never on both sides of a split. */
  readonly groups: readonly string[]
}

export interface Folding {
  readonly seed: number | string
  readonly folds?: number
  readonly logged?: ReadonlySet<number>
}

const RIDGES = [0.01, 0.1, 1, 3, 10, 30, 100, 300, 1000]

/** The fold of each row: groups in the order of their names, shuffled by the seed, dealt out in turn. */
export function groupedFolds(groups: readonly string[], folds: number, seed: number | string): number[] {
  const names = [...new Set(groups)].sort()
  const random = seededRandom(seed)
  for (let i = names.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[names[i], names[j]] = [names[j]!, names[i]!]
  }
  const fold = new Map(names.map((name, i) => [name, i % folds]))
  return groups.map((group) => fold.get(group)!)
}

/** Each row's chance from a fit that did not see its group. Null when a fold cannot be fitted. */
export function outOfFold({ rows, outcomes, groups }: Examples, ridge: number, { seed, folds = 5, logged }: Folding): number[] | null {
  const fold = groupedFolds(groups, folds, seed)
  const chances = new Array<number>(rows.length).fill(0)
  for (let held = 0; held < folds; held++) {
    const seen = rows.flatMap((_, i) => (fold[i] === held ? [] : [i]))
    const unseen = rows.flatMap((_, i) => (fold[i] === held ? [i] : []))
    if (unseen.length === 0) continue
    const scales = scalesOf(
      seen.map((i) => rows[i]!),
      logged,
    )
    const fit = fitLogistic(
      seen.map((i) => standardise(rows[i]!, scales)),
      seen.map((i) => outcomes[i]!),
      ridge,
    )
    if (fit === null) return null
    for (const i of unseen) chances[i] = predictLogistic(fit, standardise(rows[i]!, scales))
  }
  return chances
}

/** The ridge whose out-of-fold chances have the least log loss, with those chances. Null when none can be fitted. */
export function chooseRidge(
  examples: Examples,
  folding: Folding,
  ridges: readonly number[] = RIDGES,
): { ridge: number; log_loss: number; chances: number[] } | null {
  let best: { ridge: number; log_loss: number; chances: number[] } | null = null
  for (const ridge of ridges) {
    const chances = outOfFold(examples, ridge, folding)
    const log_loss = chances === null ? null : logLoss(chances, examples.outcomes)
    if (chances !== null && log_loss !== null && (best === null || log_loss < best.log_loss)) best = { ridge, log_loss, chances }
  }
  return best
}
