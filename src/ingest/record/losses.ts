import type { Clock } from '../../kernel/clock.ts'
import type { Engines } from '../../stores/engines/engines.ts'
import { readSetAside } from '../../stores/system-tables.ts'
import type { Loss } from './audit.ts'
import { keepAudit } from './keep-audit.ts'
import type { StoreAudit } from './keep-audit.ts'
import { KEPT_ROWS } from './kept-rows.ts'

/** A loss with the broken parts of its table that the engine has set aside. */
export interface KnownLoss extends Loss {
  readonly set_aside: readonly string[]
}

interface AuditParts {
  /** Compares what was recorded with what the store holds. */
  readonly audit: () => Promise<{ losses: Loss[]; undoneAgain: string[] }>
  /** Looks whether the ledgers are whole; what is not is shown no more and derived again. */
  readonly checkLedgers: () => Promise<void>
  readonly engines: Pick<Engines, 'health' | 'facts'>
  readonly clock: Clock
  readonly log: { error(line: object, message: string): void; warn(line: object, message: string): void }
}

export const missingOf = ({ recorded, held }: Loss): number => recorded - (held ?? 0)
/** How many losses are written to the log. */
const MOST = 100

/** In a sentence: how many rows of what kind are missing, of which file and import. */
function sayLosses(losses: readonly Loss[]): string {
  const [first] = losses
  if (first === undefined) return 'Nothing is missing.'
  const more = losses.length > 1 ? `, and more in ${losses.length - 1} other places` : ''
  return `The fact store has lost ${missingOf(first)} of ${first.recorded} rows of kind ${first.name} from ${first.file} (import ${first.import_id})${more}.`
}

/** Watches whether the fact store still holds what imports recorded. */
export function auditStore({ audit, checkLedgers, engines, clock, log }: AuditParts): StoreAudit<KnownLoss> {
  const setAside = async (): Promise<{ table: string; name: string; reason: string }[]> =>
    // A server of the user's may not show it.
    (await Promise.all(engines.facts.nodes.map((node) => readSetAside(node).catch(() => [])))).flat()
  return keepAudit<KnownLoss>({
    clock,
    async look() {
      const { losses, undoneAgain } = await audit()
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
