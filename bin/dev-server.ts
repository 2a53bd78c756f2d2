import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import type { Plugin, ViteDevServer } from 'vite'
import type * as main from '../src/main.ts'
import type { App } from '../src/main.ts'

type Main = typeof main

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Engines outlive every reload of the sources. */
const kept = globalThis as { binnacleStores?: ReturnType<Main['openStores']> }

async function keepStores(main: Main): ReturnType<Main['openStores']> {
  kept.binnacleStores ??= main.openStores({ dataDirectory: main.defaultDataDirectory(process.env), log: main.makeLog('info') })
  try {
    return await kept.binnacleStores
  } catch (error) {
    kept.binnacleStores = undefined
    throw error
  }
}

/** The present sources composed over the kept engines; composed anew after an edit of anything they import. */
function presentApp(vite: ViteDevServer): () => Promise<App> {
  let last: { main: Main; app: App } | null = null
  const present = async (): Promise<App> => {
    const main = (await vite.ssrLoadModule(program)) as Main
    if (last?.main === main) return last.app
    const stores = await keepStores(main)
    const [address] = vite.resolvedUrls?.local ?? []
    if (address !== undefined) stores.directory.setAddress(address)
    await last?.app.close()
    const app = main.composeApp(stores, { checkAnswers: true, livesDays: true })
    app.ready.catch((error: unknown) => stores.log.error({ err: error }, 'what an earlier run left half-way could not be finished'))
    last = { main, app }
    return app
  }
  let turn: Promise<unknown> = Promise.resolve()
  return () => {
    const mine = turn.then(present)
    turn = mine.catch(() => undefined)
    return mine
  }
}

/** `npm run dev`: the API from sources in the process that serves the web app from sources. An edit shows in the next answer. */
export function devServer(): Plugin {
  return {
    name: 'binnacle:dev-server',
    configureServer(vite) {
      const app = presentApp(vite)
      const listener = getRequestListener(async (request) => (await app()).fetch(request), { overrideGlobalObjects: false })
      vite.middlewares.use((request, response, next) => {
        if (!/^\/(?:api\/|health$|openapi\.json$)/.test(request.url ?? '')) next()
        else listener(request, response).catch(next)
      })
      const close = async (): Promise<void> => {
        const stores = await kept.binnacleStores
        await stores?.close()
        process.exit(0)
      }
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
    },
  }
}
