import { BUILT_IN } from '../metrics/catalogue/built-in.ts'
import { northStarOf } from '../metrics/financial/north-star.ts'
import type { Catalogue } from '../metrics/kit/catalogue.ts'
import { withMetrics } from '../metrics/kit/catalogue.ts'
import { readTree } from '../metrics/kit/north-star-tree.ts'

/** The metrics of the product, with the North Star that a workspace steers by. */
export const workspaceCatalogue = (northStar: string): Catalogue => withMetrics(BUILT_IN, [northStarOf(readTree(northStar))], northStar)
