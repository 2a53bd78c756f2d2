import type { LedgerDefinition } from './ledger.ts'

const modules = import.meta.glob<Record<string, unknown>>(['./*-ledger.ts'], { eager: true })

const isLedger = (value: unknown): value is LedgerDefinition => typeof value === 'object' && value !== null && 'derive' in value && 'orderBy' in value

function inOrder(found: readonly LedgerDefinition[]): LedgerDefinition[] {
  const done: LedgerDefinition[] = []
  const visit = (ledger: LedgerDefinition, path: readonly string[]): void => {
    if (path.includes(ledger.id)) throw new Error(`ledgers depend on each other in a circle: ${[...path, ledger.id].join(' -> ')}`)
    if (done.includes(ledger)) return
    for (const earlier of ledger.after) visit(earlier, [...path, ledger.id])
    done.push(ledger)
  }
  for (const ledger of found) visit(ledger, [])
  return done
}

/** Every ledger, found by scanning this folder, each after those it is derived from. */
export const LEDGERS: readonly LedgerDefinition[] = inOrder(
  Object.values(modules)
    .flatMap((module) => Object.values(module).filter(isLedger))
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
)
