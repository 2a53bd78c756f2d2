import type { Pack } from './packs/pack.ts'

const modules = import.meta.glob<Record<string, unknown>>('./packs/*.ts', { eager: true })

const isPack = (value: unknown): value is Pack => typeof value === 'object' && value !== null && 'metrics' in value && 'says' in value

/** Packs of metrics by kind of business, found by scanning their folder. */
export const PACKS: readonly Pack[] = Object.values(modules)
  .flatMap((module) => Object.values(module).filter(isPack))
  .sort((a, b) => (a.id < b.id ? -1 : 1))
