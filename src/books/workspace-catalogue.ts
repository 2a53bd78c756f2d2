import type { Catalogue } from '../metrics/kit/catalogue.ts'
import { northStarOf } from '../metrics/financial/north-star.ts'
import { withMetrics } from '../metrics/kit/catalogue.ts'
import { SETTINGS } from '../kernel/settings.ts'
import type { Books, NorthStar } from './books.ts'

/** The tree of a team that has made none of its own. */
const USUAL: NorthStar = { version: 0, definition: SETTINGS.north_star.fallback, made_at: null, made_by: null }

/** The North Star in force, or the one that was in force on an instant. */
export const readNorthStar = async ({ northStars }: Books, instant?: string): Promise<NorthStar> =>
  (await (instant === undefined ? northStars.readInForce() : northStars.readAt(instant))) ?? USUAL

const last = new WeakMap<Catalogue, { readonly definition: string; readonly catalogue: Catalogue }>()

/** The metrics that everybody has, with the North Star that a workspace steers by. */
export function workspaceCatalogue(common: Catalogue, { version, definition }: Pick<NorthStar, 'version' | 'definition'>): Catalogue {
  const key = `${common.key} north star ${version}`
  const known = last.get(common)
  if (known?.definition === definition && known.catalogue.key === key) return known.catalogue
  const catalogue = withMetrics(common, [northStarOf(definition)], key)
  last.set(common, { definition, catalogue })
  return catalogue
}

/** The metrics of the workspace now, or those that it had on an instant. */
export const readCatalogue = async (books: Books, instant?: string): Promise<Catalogue> =>
  workspaceCatalogue(books.catalogue, await readNorthStar(books, instant))
