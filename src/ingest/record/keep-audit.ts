import type { Clock } from '../../kernel/clock.ts'
import { BinnacleError } from '../../kernel/errors.ts'

export interface AuditOptions<Loss> {
  /** Compares what was recorded with what the store holds; what is missing. */
  readonly look: () => Promise<Loss[]>
  /** Which run of the engine this is, null while the engine is away: another run may have lost something. */
  readonly engineRun: () => string | null
  readonly clock: Clock
  /** Whether numbers depend on what is missing. */
  readonly matters: (loss: Loss) => boolean
  readonly says: (losses: readonly Loss[]) => string
  readonly onFailure: (error: unknown) => void
  readonly everyMs?: number
  readonly tickMs?: number
}

/** What the store was last seen to have lost. */
export interface StoreAudit<Loss> {
  last(): { losses: readonly Loss[]; audited_at: string | null }
  /** Looks again. */
  now(): Promise<readonly Loss[]>
  /**
   * Throws `facts_missing` when something is missing that numbers depend on, so that nothing is derived from what is left. Looks
   * again where the engine was away since the last look, or something was missing then.
   */
  checkWhole(): Promise<void>
  close(): Promise<void>
}

const HOUR = 3_600_000

/** Looks at the start, every hour, and whenever the engine was started again. */
export function keepAudit<Loss>({ look, engineRun, clock, matters, says, onFailure, everyMs = HOUR, tickMs = 1000 }: AuditOptions<Loss>): StoreAudit<Loss> {
  let losses: readonly Loss[] = []
  let seen: { readonly run: string; readonly at: number } | null = null
  let looking: Promise<readonly Loss[]> | null = null

  const lookNow = async (): Promise<readonly Loss[]> => {
    const run = engineRun() ?? ''
    losses = await look()
    seen = { run, at: clock.now().getTime() }
    return losses
  }
  const now = (): Promise<readonly Loss[]> => (looking ??= lookNow().finally(() => (looking = null)))
  const isDue = (): boolean => {
    const run = engineRun()
    return run !== null && (seen?.run !== run || clock.now().getTime() - seen.at >= everyMs)
  }
  const timer = setInterval(() => {
    if (looking === null && isDue()) now().catch(onFailure)
  }, tickMs).unref()

  return {
    last: () => ({ losses, audited_at: seen === null ? null : new Date(seen.at).toISOString() }),
    now,
    async checkWhole() {
      const found = losses.length > 0 || isDue() ? await now() : losses
      const missing = found.filter(matters)
      if (missing.length === 0) return
      throw new BinnacleError('facts_missing', says(missing), {
        cure: 'Run binnacle restore, or bring back a backup; the numbers shown are the last that were complete.',
        status: 503,
      })
    },
    async close() {
      clearInterval(timer)
      await looking?.catch(() => undefined)
    },
  }
}
