import type { FactDefinition } from './fact.ts'

const modules = import.meta.glob<Record<string, unknown>>(['./*.ts', '!./*.test.ts'], { eager: true })

const isFact = (value: unknown): value is FactDefinition =>
  typeof value === 'object' && value !== null && 'identity' in value && 'placement' in value && 'columns' in value

/** Every fact kind, found by scanning this folder. */
export const FACTS: readonly FactDefinition[] = Object.values(modules)
  .flatMap((module) => Object.values(module).filter(isFact))
  .sort((a, b) => (a.id < b.id ? -1 : 1))

export const factById = (id: string): FactDefinition | undefined => FACTS.find((fact) => fact.id === id)
