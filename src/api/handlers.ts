import type { Contract } from '../contract/contract.ts'
import { accountHandlers } from './accounts.ts'
import { changeHandlers } from './change.ts'
import { exportHandlers } from './export.ts'
import type { Handlers } from './handler.ts'
import { healthHandlers } from './health.ts'
import { importHandlers } from './imports.ts'
import { lossHandlers } from './losses.ts'
import { overviewHandlers } from './overview.ts'
import { markHandlers } from './marks.ts'
import type { ApiParts } from './parts.ts'
import { questionHandlers } from './questions.ts'
import { reconciliationHandlers } from './reconciliation.ts'
import { settingHandlers } from './settings.ts'

/** A handler for every operation of the contract; the compiler refuses a missing one. */
export const makeHandlers = (parts: ApiParts): Handlers<Contract> => ({
  ...healthHandlers(parts),
  ...settingHandlers(parts),
  ...overviewHandlers(parts),
  ...lossHandlers(parts),
  ...importHandlers(parts),
  ...questionHandlers(parts),
  ...changeHandlers(parts),
  ...exportHandlers(parts),
  ...markHandlers(parts),
  ...accountHandlers(parts),
  ...reconciliationHandlers(parts),
})
