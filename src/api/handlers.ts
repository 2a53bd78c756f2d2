import type { Contract } from '../contract/contract.ts'
import { accountListHandlers } from './account-list.ts'
import { accountPageHandlers } from './account-page.ts'
import { accountHandlers } from './accounts.ts'
import { changeHandlers } from './change.ts'
import { exportHandlers } from './export.ts'
import type { Handlers } from './handler.ts'
import { healthMapHandlers } from './health-map.ts'
import { healthModelHandlers } from './health-models.ts'
import { overrideHandlers } from './health-overrides.ts'
import { healthHandlers } from './health.ts'
import { importHandlers } from './imports.ts'
import { lossHandlers } from './losses.ts'
import { overviewHandlers } from './overview.ts'
import { markHandlers } from './marks.ts'
import type { ApiNeeds } from './needs.ts'
import { questionHandlers } from './questions.ts'
import { reconciliationHandlers } from './reconciliation.ts'
import { segmentHandlers } from './segments.ts'
import { settingHandlers } from './settings.ts'
import { signalHandlers } from './signals.ts'
import { todayHandlers } from './today.ts'

/** A handler for every operation of the contract; the compiler refuses a missing one. */
export const makeHandlers = (needs: ApiNeeds): Handlers<Contract> => ({
  ...healthHandlers(needs),
  ...healthMapHandlers(needs),
  ...settingHandlers(needs),
  ...overviewHandlers(needs),
  ...lossHandlers(needs),
  ...importHandlers(needs),
  ...questionHandlers(needs),
  ...changeHandlers(needs),
  ...exportHandlers(needs),
  ...markHandlers(needs),
  ...accountHandlers(needs),
  ...accountListHandlers(needs),
  ...segmentHandlers(needs),
  ...accountPageHandlers(needs),
  ...healthModelHandlers(needs),
  ...overrideHandlers(needs),
  ...reconciliationHandlers(needs),
  ...todayHandlers(needs),
  ...signalHandlers(needs),
})
