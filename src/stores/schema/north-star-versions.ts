import { versionTable } from '../version-table.ts'

/** Every tree of metrics the team ever steered by. */
export const northStarVersion = versionTable('north_star_version')
