#!/usr/bin/env node
// Prints how the product compares with bare engines: `npm run bench`, `npm run bench -- --scale full --runs 5`, `--only columns`.
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const SCALES = { everyday: 0.1, full: 1 }
const { values } = parseArgs({ options: { scale: { type: 'string', default: 'everyday' }, runs: { type: 'string', default: '7' }, only: { type: 'string' } } })
const scale = /** @type {Record<string, number>} */ (SCALES)[values.scale] ?? Number(values.scale)
const runs = Number(values.runs)
if (
  !(scale > 0 && scale <= 1) ||
  !Number.isInteger(runs) ||
  runs < 1 ||
  ![undefined, 'board', 'columns', 'catalogue', 'users', 'health'].includes(values.only)
) {
  process.stderr.write('usage: bench [--scale everyday|full|SHARE] [--runs N] [--only board|columns|catalogue|users|health]\n')
  process.exit(2)
}

/** @type {{ module: typeof import('../bench/main.ts') }} */
const { module } = await runnerImport(fileURLToPath(new URL('../bench/main.ts', import.meta.url)), { configFile: false, logLevel: 'error' })
process.exit(
  (await module.runBench({ scale, runs, only: /** @type {'board' | 'columns' | 'catalogue' | 'users' | 'health' | undefined} */ (values.only) })) ? 0 : 1,
)
