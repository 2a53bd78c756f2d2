import type { Contract } from '../contract/contract.ts'
import type { Answer } from '../contract/op.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { Loss } from '../ingest/record/audit.ts'
import { KEPT_ROWS } from '../ingest/record/kept-rows.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Engines } from '../stores/engines/engines.ts'
import { readSetAside } from '../stores/system-tables.ts'
import { keepAudit } from '../workspace/keep-audit.ts'
import type { StoreAudit } from '../workspace/keep-audit.ts'
import type { Handlers } from './handler.ts'

/** A loss with the broken parts of its table that the engine has set aside. */
export interface KnownLoss extends Loss {
  readonly set_aside: readonly string[]
}

interface AuditParts {
  readonly ingest: () => Pick<Ingest, 'audit'>
  /** Looks whether the ledgers are whole; what is not is shown no more and derived again. */
  readonly checkLedgers: () => Promise<void>
  readonly engines: Pick<Engines, 'health' | 'facts'>
  readonly clock: Clock
  readonly log: { error(line: object, message: string): void; warn(line: object, message: string): void }
}

const missingOf = ({ recorded, held }: Loss): number => recorded - (held ?? 0)
const MOST = 100

/** In a sentence: how many rows of what kind are missing, of which file and import. */
function sayLosses(losses: readonly Loss[]): string {
  const [first] = losses
  if (first === undefined) return 'Nothing is missing.'
  const more = losses.length > 1 ? `, and more in ${losses.length - 1} other places` : ''
  return `The fact store has lost ${missingOf(first)} of ${first.recorded} rows of kind ${first.name} from ${first.file} (import ${first.import_id})${more}.`
}

/** Watches whether the fact store still holds what imports recorded. */
export function auditStore({ ingest, checkLedgers, engines, clock, log }: AuditParts): StoreAudit<KnownLoss> {
  const setAside = async (): Promise<{ table: string; name: string; reason: string }[]> =>
    // A server of the user's may not show it.
    (await Promise.all(engines.facts.nodes.map((node) => readSetAside(node).catch(() => [])))).flat()
  return keepAudit<KnownLoss>({
    clock,
    async look() {
      const { losses, undoneAgain } = await ingest().audit()
      await checkLedgers()
      if (undoneAgain.length > 0) log.warn({ imports: undoneAgain }, 'the fact store had lost that these imports were undone; it is written again')
      if (losses.length === 0) return []
      const parts = await setAside()
      log.error({ losses: losses.slice(0, MOST), set_aside: parts.slice(0, MOST) }, 'the fact store has lost rows')
      return losses.map((loss) => ({
        ...loss,
        set_aside: parts
          .filter(({ table }) => table === (loss.fact === KEPT_ROWS ? KEPT_ROWS : `fact_${loss.fact}`))
          .map(({ name, reason }) => `${name} (${reason})`),
      }))
    },
    engineRun() {
      const { state, restarts, since } = engines.health().facts
      return state === 'up' ? `${restarts} ${since}` : null
    },
    matters: ({ fact }) => fact !== KEPT_ROWS,
    says: sayLosses,
    onFailure: (error) => log.warn({ err: error }, 'the fact store could not be compared with what was recorded'),
  })
}

/** As the API tells it. */
export function toLosses({ losses, audited_at }: { losses: readonly KnownLoss[]; audited_at: string | null }): Answer<Contract['health']>['losses'] {
  const items = losses.slice(0, MOST).map((loss) => ({ ...loss, missing: missingOf(loss), set_aside: [...loss.set_aside].slice(0, MOST) }))
  return { audited_at, rows: losses.reduce((sum, loss) => sum + missingOf(loss), 0), total: losses.length, items }
}

interface LossParts {
  readonly audit: StoreAudit<KnownLoss>
  readonly restore: () => Promise<void>
}

export const lossHandlers = ({ audit, restore }: LossParts): Pick<Handlers<Contract>, 'restoreLost'> => ({
  async restoreLost() {
    await restore()
    return toLosses(audit.last())
  },
})
