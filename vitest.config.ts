import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/engines/global-setup.ts'],
    // A zone with a quarter of an hour in it: whoever forgets to name a zone is found out.
    env: { TZ: 'Pacific/Chatham' },
    // Engines work in processes of their own, so a file more than there are cores to spare does no harm.
    maxWorkers: Math.min(4, Math.max(2, availableParallelism() - 1)),
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
})
