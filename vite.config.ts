import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vite'
import type { UserConfig } from 'vite'
import { devServer } from './bin/dev-server.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/** The programs, for plain Node. Packages stay outside the bundle; the web app has its own configuration. */
const server: UserConfig = {
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: path('dist'),
    // dist/web is the other build's.
    emptyOutDir: false,
    sourcemap: true,
    rolldownOptions: {
      input: { cli: path('src/cli.ts'), main: path('src/main.ts') },
      // Flat: modules find their migrations and child programs beside themselves.
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
    },
  },
}

/** `vite build` makes the programs; `vite` (npm run dev) is one process that serves the web app and the API from sources. */
export default defineConfig(async ({ command }) => {
  if (command === 'build') return server
  const { default: web } = await import('./vite.web.config.ts')
  return mergeConfig(web, { plugins: [devServer()] })
})
