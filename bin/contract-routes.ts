import type { Plugin } from 'vite'
import { contract } from '../src/contract/contract.ts'
import type { Op } from '../src/contract/op.ts'

/** `virtual:routes` is the contract without its schemas, so that zod stays out of the browser. */
export function contractRoutes(): Plugin {
  const routes = Object.fromEntries(
    Object.entries(contract as Record<string, Op>).map(([name, { method, path, produces }]) => [
      name,
      produces === undefined ? [method, path] : [method, path, produces],
    ]),
  )
  return {
    name: 'binnacle:routes',
    resolveId: (id) => (id === 'virtual:routes' ? '\0virtual:routes' : null),
    load: (id) => (id === '\0virtual:routes' ? `export const routes = ${JSON.stringify(routes)}` : null),
  }
}
