import type { Clock } from '../kernel/clock.ts'
import { healthVersion } from '../stores/schema/health-versions.ts'
import type { Workspace } from '../stores/workspace.ts'
import { overridesIn } from './health-overrides.ts'
import type { Overrides } from './health-overrides.ts'
import { versionsByIdIn } from './versions.ts'
import type { VersionsById } from './versions.ts'

/** What a team says of health: its models, and scores that somebody answers for. */
export const healthDeskIn = ({ db }: Workspace, clock: Clock): { readonly versions: VersionsById; readonly overrides: Overrides } => ({
  versions: versionsByIdIn(db, healthVersion),
  overrides: overridesIn(db, clock),
})
