import type { Contract } from '../contract/contract.ts'
import type { Answer } from '../contract/op.ts'
import { missingOf } from '../ingest/record/losses.ts'
import type { KnownLoss } from '../ingest/record/losses.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

const MOST = 100

/** Lost facts as the API tells them. */
export function toLosses({ losses, audited_at }: { losses: readonly KnownLoss[]; audited_at: string | null }): Answer<Contract['health']>['losses'] {
  const items = losses.slice(0, MOST).map((loss) => ({ ...loss, missing: missingOf(loss), set_aside: [...loss.set_aside].slice(0, MOST) }))
  return { audited_at, rows: losses.reduce((sum, loss) => sum + missingOf(loss), 0), total: losses.length, items }
}

export const lossHandlers = ({ audit, restore }: ApiNeeds): Pick<Handlers<Contract>, 'restoreLost'> => ({
  async restoreLost() {
    await restore()
    return toLosses(audit.last())
  },
})
