import type { Sign } from './sign.ts'

const modules = import.meta.glob<Record<string, unknown>>(['./kinds/*.ts', '!./kinds/*.test.ts'], { eager: true })

const isSign = (value: unknown): value is Sign => typeof value === 'object' && value !== null && 'check' in value && 'sentence' in value

/** Every kind of sign, found by scanning the folder. */
export const SIGNS: readonly Sign[] = Object.values(modules)
  .flatMap((module) => Object.values(module).filter(isSign))
  .sort((a, b) => (a.id < b.id ? -1 : 1))

export const signById = (id: string): Sign | undefined => SIGNS.find((sign) => sign.id === id)
