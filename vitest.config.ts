import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { contractRoutes } from './bin/contract-routes.ts'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'
import { readLanes } from './bin/lanes.mjs'
import { root } from './bin/sources.mjs'

const lanes = readLanes(root)
const patience = { testTimeout: 180_000, hookTimeout: 300_000 }
/** A zone with a quarter of an hour in it: whoever forgets to name a zone is found out. */
const env = { TZ: 'Pacific/Chatham' }

/** Long files first, so that no single one is waited for at the end. */
class LongestLaneFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ['browser', 'engines', 'unit']
    return (await super.sort(files)).toSorted((a, b) => order.indexOf(a.project.name) - order.indexOf(b.project.name))
  }
}

export default defineConfig({
  test: {
    globalSetup: ['test/engines/global-setup.ts'],
    // Engines work in processes of their own and every insert waits for them, so a file more than there are cores does no harm.
    maxWorkers: Math.min(4, availableParallelism() + 1),
    sequence: { sequencer: LongestLaneFirst },
    projects: [
      // Rules without an engine share a process: most of such a file is the loading of what it asks.
      { plugins: [contractRoutes()], test: { ...patience, name: 'unit', include: lanes.unit, isolate: false, env } },
      { test: { ...patience, name: 'engines', include: lanes.engines, env } },
      { test: { ...patience, name: 'browser', include: lanes.browser, env } },
    ],
  },
})
