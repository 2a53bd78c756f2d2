#!/usr/bin/env node
// Records a company whose every number of health is known and compares: `npm run -s golden:health -- test/golden/health-company`.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const [folder = '', ...rest] = process.argv.slice(2)
if (folder === '' || rest.length > 0 || !existsSync(join(folder, 'expected.json')) || !existsSync(join(folder, 'company'))) {
  process.stderr.write('usage: golden:health FOLDER, which holds company/ and expected.json\n')
  process.exit(2)
}

/** @type {{ module: typeof import('../test/golden/health/main.ts') }} */
const { module } = await runnerImport(fileURLToPath(new URL('../test/golden/health/main.ts', import.meta.url)), { configFile: false, logLevel: 'error' })
process.exit((await module.runGoldenHealth(folder)) ? 0 : 1)
