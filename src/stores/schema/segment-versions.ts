import { versionsByIdTable } from '../version-table.ts'

/** Every version of the lists of accounts that the team gave a name. */
export const segmentVersion = versionsByIdTable('segment_version')
