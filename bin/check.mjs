#!/usr/bin/env node
// What CI runs beside the tests. Each check is silent while it passes. With paths, what looks at one file at a time (lint and formatting) looks at these alone.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findCycles, findUnusedExports, findWrongImports, readModules } from './imports.mjs'
import { AUTHORITY, findUnresolved } from './references.mjs'
import { findLongLines } from './long-lines.mjs'
import { root } from './sources.mjs'
import { countEach, findOnlyTested, findTrusted, overStock, readStocks } from './stocks.mjs'

/** @param {string} tool @param {string[]} parameters @returns {string} what it said if it failed */
function runTool(tool, parameters) {
  const { status, stdout, stderr, error } = spawnSync(join(root, 'node_modules/.bin', tool), parameters, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
  return status === 0 ? '' : `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` || `${tool} ended with ${status}`
}

/** npm drops an optional package it cannot resolve from the lockfile in silence, and `npm ci` then refuses that lockfile. */
function checkLockfile() {
  /** @type {Record<string, { optionalDependencies?: Record<string, string>, resolved?: string, hasInstallScript?: boolean }>} */
  const packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const allowed = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).allowScripts ?? {})
  return Object.entries(packages).flatMap(([path, entry]) => [
    ...Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => packages[`node_modules/${name}`] === undefined && packages[`${path}/node_modules/${name}`] === undefined)
      .map((name) => `package-lock.json: ${path || 'the package'} wants ${name}, which is missing`),
    ...(entry.resolved !== undefined && !entry.resolved.startsWith('https://registry.npmjs.org/')
      ? [`package-lock.json: ${path} comes from ${entry.resolved}`]
      : []),
    ...(entry.hasInstallScript === true && !allowed.some((name) => path.endsWith(`node_modules/${name}`))
      ? [`package-lock.json: ${path} has an install script that package.json does not decide on`]
      : []),
  ])
}

const listFiles = () =>
  spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
    .stdout.split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))

/** What code and documents name (C16, I7, a document) is there. */
function checkReferences() {
  const paths = listFiles()
  const files = paths
    .filter((path) => /^(?:src|test|bench|bin|docs)\/.*\.(?:tsx?|mjs|md|sql)$|^[\w-]+\.md$/.test(path) && path !== 'test/references.test.ts')
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  const authority = readFileSync(join(root, AUTHORITY), 'utf8')
  return findUnresolved(
    files,
    authority,
    paths.filter((path) => path.endsWith('.md')),
  )
}

/** Paths of one machine and addresses of a private registry do not belong into a repository. */
function checkTraces() {
  const traces = /(?:^|[\s"'`(=:])\/(?:home|Users|root|work)\/[\w.-]+|https?:\/\/(?:[\w-]+\.)*(?:npm|registry|proxy|mirror|artifactory|nexus)[\w-]*\.[\w.:-]+/g
  return listFiles()
    .filter((path) => /\.(?:m?js|tsx?|json|md|sql|css|html|ya?ml|csv|sh)$|^\.(?:ci|npmrc)/.test(path))
    .flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((line, i) => {
          const found = (line.match(traces) ?? []).filter((text) => !text.includes('registry.npmjs.org') && !text.includes('npmjs.com'))
          return found.length > 0 ? [`${path}:${i + 1}: ${found.join(' ').trim()}`] : []
        }),
    )
}

/** The reference is written from the catalog; it must be what the catalog says now. */
function checkGenerated() {
  if (!existsSync(join(root, 'docs/metrics.md'))) return ''
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/binnacle.mjs'), 'docs', '--check'], { cwd: root, encoding: 'utf8' })
  return status === 0 ? '' : `${stdout}${stderr}`
}

/** Everything that `npm run fmt` formats is formatted. */
const FORMATTED = ['src', 'test', 'bin', 'bench', '.ci']

const paths = process.argv.slice(2)
const modules = readModules(root)
const STOCKS = readStocks(root)

/** @type {[string, () => string | string[]][]} */
const checks = [
  ['types', () => runTool('tsc', ['-p', 'tsconfig.json'])],
  ['types of what runs anywhere', () => runTool('tsc', ['-p', 'tsconfig.pure.json'])],
  [
    'lint',
    () =>
      runTool('oxlint', [
        '--type-aware',
        '--deny-warnings',
        ...(paths.length > 0 ? paths : ['src', 'test', 'bin', 'bench', ...modules.map(({ path }) => path).filter((path) => /^[^/]+\.config\.ts$/.test(path))]),
      ]),
  ],
  ['formatting (npm run fmt)', () => runTool('oxfmt', ['--list-different', ...(paths.length > 0 ? paths : FORMATTED)])],
  ['flow of imports', () => findWrongImports(modules)],
  ['cycles', () => findCycles(modules)],
  ['dead exports', () => findUnusedExports(modules)],
  ['reached only by tests', () => overStock(countEach(findOnlyTested(modules)), countEach(Object.values(STOCKS['reached only by tests']).flat()))],
  ['trusted SQL', () => overStock(countEach(findTrusted(modules)), STOCKS['trusted SQL'])],
  ['long lines', () => modules.flatMap(findLongLines)],
  ['lockfile', checkLockfile],
  ['references', checkReferences],
  ['traces of a machine', checkTraces],
  ['generated files', checkGenerated],
]

let failed = 0
for (const [name, check] of checks) {
  const said = [check()]
    .flat()
    .filter((line) => line !== '')
    .join('\n')
  if (said === '') continue
  failed++
  process.stdout.write(`\n${name}:\n${said}\n`)
}
process.stdout.write(failed === 0 ? `${checks.length} checks passed\n` : `\n${failed} of ${checks.length} checks failed\n`)
process.exitCode = failed === 0 ? 0 : 1
