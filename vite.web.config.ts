import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { contractRoutes } from './bin/contract-routes.ts'

/**
 * Few files, since each costs a request: the frame that is drawn first, what pages draw with, what the work of a day and first
 * pages share, and what comes after that (lists that open, drawer, palette, tables). A page's own code is a file of its own.
 */
const chunks = [
  { name: 'frame', tags: ['$initial' as const], priority: 4 },
  {
    name: 'drawing',
    test: /src\/web\/(?!.*(?:-live|ahead|picture|drawer|tabs|table|rows|row-|change|add-note|editor|metric-))(?:charts|widgets|ui|[\w-]+\.tsx?$)|@tanstack\/(?:react-)?(?:router|query)|lucide-react/,
    priority: 3,
  },
  // What only pages of metrics draw with: who imports files or begins a day does not wait for it.
  { name: 'metric', test: /src\/web\/(?!.*(?:-live|rows|change|add-note|editor))widgets\/metric-/, priority: 2 },
  { name: 'opening', test: /src\/web\/(?:ui|explain|shell|widgets\/.*(?:rows|change|add-note))|node_modules\/@(?:base-ui|floating-ui|tanstack)\//, priority: 1 },
  { name: 'work', test: /src\/web\/pages\/(?:signals\/signal-actions|empty-workspace)\.tsx$/, priority: 0 },
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
