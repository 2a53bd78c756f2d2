/**
 * Vitest global setup: the engine desk. Test files run in processes of their own and ask it for the addresses of a kind
 * of engines; the first question starts them, the end of the run stops them and says which were used.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { startTestEngines } from './start.ts'
import type { TestEngineKind, TestEngines } from './start.ts'

const kinds: readonly string[] = ['private', 'url', 'cluster']

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<TestEngineKind, Promise<TestEngines>>()
  const start = (kind: TestEngineKind): Promise<TestEngines> => {
    const engines = started.get(kind) ?? startTestEngines(kind)
    started.set(kind, engines)
    return engines
  }
  const desk = createServer((request, response) => {
    const kind = request.url?.slice(1) ?? ''
    if (!kinds.includes(kind)) {
      response.writeHead(404).end(`no engines of kind "${kind}"`)
      return
    }
    start(kind as TestEngineKind).then(
      ({ facts, workspaceUrl }) => {
        const addresses = { facts: facts.nodes.map((node) => node.address), cluster: facts.cluster, workspace: workspaceUrl }
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(addresses))
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  project.provide('engineDesk', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`)
  return async () => {
    desk.closeAllConnections()
    desk.close()
    await Promise.allSettled([...started.values()].map(async (engines) => (await engines).close()))
    const missing = kinds.filter((kind) => !started.has(kind as TestEngineKind))
    process.stdout.write(
      `\nengines: this run used ${[...started.keys()].join(', ') || 'none'}${missing.length > 0 ? `; not used: ${missing.join(', ')}` : ''}\n`,
    )
  }
}
