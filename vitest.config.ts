import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/engines/global-setup.ts'],
    // A zone with a quarter of an hour in it: whoever forgets to name a zone is found out.
    env: { TZ: 'Pacific/Chatham' },
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
})
