import { accountListOps } from './account-list.ts'
import { accountChangesOps } from './account-changes.ts'
import { accountObjectOps } from './account-objects.ts'
import { accountOverviewOps } from './account-overview.ts'
import { accountTimelineOps } from './account-timeline.ts'
import { accountOps } from './accounts.ts'
import { changeOps } from './change.ts'
import { exportOps } from './export.ts'
import { healthMapOps } from './health-map.ts'
import { healthModelOps } from './health-models.ts'
import { overrideOps } from './health-overrides.ts'
import { importOps } from './imports.ts'
import { markOps } from './marks.ts'
import type { Client } from './op.ts'
import { segmentOps } from './segments.ts'
import { questionOps } from './question-ops.ts'
import { settingOps } from './settings.ts'
import { signalOps } from './signals.ts'
import { todayOps } from './today.ts'

/** Every operation of the HTTP API. The server refuses to start with one that has no handler. */
export const contract = {
  ...settingOps,
  ...importOps,
  ...healthModelOps,
  ...overrideOps,
  ...questionOps,
  ...accountOps,
  ...accountListOps,
  ...segmentOps,
  ...changeOps,
  ...exportOps,
  ...markOps,
  ...accountChangesOps,
  ...accountObjectOps,
  ...accountOverviewOps,
  ...accountTimelineOps,
  ...todayOps,
  ...signalOps,
  ...healthMapOps,
}
export type Contract = typeof contract
export type BinnacleClient = Client<Contract>

/** The shape of every error the API returns. */
export interface ApiError {
  error: { code: string; message: string; cure: string; retry: boolean; details: Record<string, unknown> }
}
