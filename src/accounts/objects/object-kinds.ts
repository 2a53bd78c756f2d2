import type { ObjectKind } from './object-kind.ts'

const modules = import.meta.glob<Record<string, unknown>>(['./kinds/*.ts', '!./kinds/*.test.ts'], { eager: true })

const isKind = (value: unknown): value is ObjectKind => typeof value === 'object' && value !== null && 'rows' in value && 'states' in value

/** Every kind of thing that is listed across accounts, found by scanning the folder. */
export const OBJECT_KINDS: readonly ObjectKind[] = Object.values(modules)
  .flatMap((module) => Object.values(module).filter(isKind))
  .sort((a, b) => (a.name < b.name ? -1 : 1))
