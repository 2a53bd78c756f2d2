import { versionsByIdTable } from '../version-table.ts'

/** Every version of the signals that the team made of metrics. */
export const ownSignalVersion = versionsByIdTable('own_signal_version')
