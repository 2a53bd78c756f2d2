#!/usr/bin/env node
// The command line. In a checkout it builds what is missing first; an installed package is built already.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { staleParts } from './sources.mjs'

if (staleParts().length > 0) {
  // A process of its own, and its output on standard error: the tools change the environment and take memory.
  const built = spawnSync(process.execPath, [fileURLToPath(new URL('build.mjs', import.meta.url))], { stdio: ['ignore', 2, 2] })
  if (built.status !== 0) process.exit(built.status ?? 1)
}
const program = new URL('../dist/cli.js', import.meta.url).href
const { run } = await import(program)
await run(process.argv.slice(2))
