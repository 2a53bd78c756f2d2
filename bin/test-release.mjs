#!/usr/bin/env node
// Before a release: every long loop in its full length, one file after another, one line each. Which those are is read from
// the tests: files that ask how long they are to be (test/engines/size.ts) or which layouts of a store there are.
// `npm run test:release -- kill` runs those whose path holds the word.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readModules } from './imports.mjs'
import { root } from './sources.mjs'

/** @param {readonly import('./imports.mjs').Module[]} modules */
export const longLoops = (modules) =>
  modules
    .filter(({ path }) => /\.test\.tsx?$/.test(path))
    .filter(({ imports }) =>
      imports.some(({ target, names }) => target === 'test/engines/size.ts' || (target === 'test/engines/engines.ts' && names.includes('layoutKinds'))),
    )
    .map(({ path }) => path)

/** @param {string} path @param {string} report @returns {Promise<{ code: number, said: string }>} */
function runFile(path, report) {
  const vitest = join(root, 'node_modules/.bin/vitest')
  const child = spawn(vitest, ['run', path, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
    cwd: root,
    env: { ...process.env, BINNACLE_SIZE: 'release' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code: code ?? 1, said })))
}

async function runAll() {
  const wanted = process.argv.slice(2)
  const paths = longLoops(readModules(root)).filter((path) => wanted.length === 0 || wanted.some((word) => path.includes(word)))
  const folder = mkdtempSync(join(tmpdir(), 'binnacle-release-'))
  let failed = 0
  for (const path of paths) {
    const report = join(folder, 'report.json')
    rmSync(report, { force: true })
    const { code, said } = await runFile(path, report)
    const counted = code === 0 ? JSON.parse(readFileSync(report, 'utf8')) : null
    const seconds = counted === null ? 0 : Math.max(...counted.testResults.map((/** @type {{ endTime: number }} */ file) => file.endTime)) - counted.startTime
    if (code !== 0) failed++
    console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${path}${counted === null ? '' : `  ${counted.numPassedTests} tests in ${Math.round(seconds / 1000)} s`}`)
    if (code !== 0) console.log(said)
  }
  rmSync(folder, { recursive: true, force: true })
  console.log(`${paths.length - failed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && paths.length > 0 ? 0 : 1
}

if (process.argv[1] === import.meta.filename) await runAll()
