import { getRequestListener } from '@hono/node-server'
import { defineConfig, mergeConfig, type Plugin } from 'vite'
import web from '../../../vite.web.config.ts'
import { pretend } from './pretend-server.ts'

/** `npx vite --config src/web/dev/pretend.vite.config.ts`: the web app over an API that lives in memory. */
const inMemory: Plugin = {
  name: 'binnacle:pretend',
  configureServer(server) {
    const listen = getRequestListener(async (request) => (await pretend(request)) ?? new Response('not found', { status: 404 }), {
      overrideGlobalObjects: false,
    })
    server.middlewares.use((request, response, next) =>
      request.url === '/health' || request.url?.startsWith('/api/') === true ? void listen(request, response) : next(),
    )
  },
}

export default defineConfig(
  mergeConfig(
    { ...web, server: {} },
    { plugins: [inMemory], server: { port: 5188, strictPort: true, host: '127.0.0.1' }, cacheDir: '/tmp/binnacle-pretend-vite' },
  ),
)
