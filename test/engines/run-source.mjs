// @ts-check
/** Runs one TypeScript module of the tree in a plain Node process: for tests that need a process to kill. Arguments: the module, then its own. */
import { resolve } from 'node:path'
import { runnerImport } from 'vite'

const [module = ''] = process.argv.slice(2)
await runnerImport(resolve(module), { configFile: false, logLevel: 'error' })
