import { versionsByIdTable } from '../version-table.ts'

/** Every health model by its id, and the order in which accounts are given to them. */
export const healthVersion = versionsByIdTable('health_version')
