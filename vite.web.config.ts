import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { contract } from './src/contract/contract.ts'
import type { Op } from './src/contract/op.ts'

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

/**
 * Few files, since each costs a request: the frame that is drawn first, what pages draw with, and what comes after that
 * (lists that open, drawer, palette, tables). A page's own code is a file of its own.
 */
const chunks = [
  { name: 'frame', tags: ['$initial' as const], priority: 3 },
  {
    name: 'drawing',
    test: /src\/web\/(?!.*(?:-live|ahead|picture|drawer|tabs|table|rows|change|add-note|editor))(?:charts|widgets|ui|[\w-]+\.tsx?$)|@tanstack\/(?:react-)?(?:router|query)|lucide-react/,
    priority: 2,
  },
  { name: 'opening', test: /src\/web\/(?:ui|explain|shell|widgets\/.*(?:rows|change|add-note))|node_modules\/@(?:base-ui|floating-ui|tanstack)\//, priority: 1 },
]

export default defineConfig({
  root: fileURLToPath(new URL('./src/web', import.meta.url)),
  plugins: [react(), tailwind(), contractRoutes()],
  build: {
    outDir: fileURLToPath(new URL('./dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  server: { proxy: { '^/api/': 'http://127.0.0.1:4310', '^/health$': 'http://127.0.0.1:4310' } },
})
