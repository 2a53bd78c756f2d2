// Things of which there may be some, each for a reason, and no more: what is listed here may go, and must not grow unseen.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isScannedIn, mayWaitIn, readModules } from './imports.mjs'
import { root } from './sources.mjs'

/**
 * @typedef {import('./imports.mjs').Module} Module
 * @typedef {{ 'reached only by tests': Record<string, string[]>, 'trusted SQL': Record<string, number> }} Stocks
 *   what is reached only by tests by the reason why it stays; trusted SQL by folder, for files move.
 */

/** @param {string} root @returns {Stocks} */
export const readStocks = (root) => JSON.parse(readFileSync(join(root, 'bin/stocks.json'), 'utf8'))

/** @param {string} path */
const isTest = (path) => path.startsWith('test/') || /\.test\.tsx?$/.test(path)
/** What starts by itself. @param {string} path */
const isBegun = (path) => /^(?:bin|bench)\/|^[^/]+\.config\.ts$|^src\/(?:main|cli)\.ts$|^src\/web\/main\.tsx$|^src\/stores\/engines\/[\w-]+\.mjs$/.test(path)

/**
 * Modules of src/ that no program reaches, and exports that no program uses: tests alone keep them alive.
 * @param {readonly Module[]} modules @returns {string[]} paths, or `path#export`
 */
export function findOnlyTested(modules) {
  const programs = modules.filter(({ path }) => !isTest(path))
  const byPath = new Map(programs.map((module) => [module.path, module]))
  const isScanned = isScannedIn(programs)
  const mayWait = mayWaitIn(modules)
  const reached = new Set(programs.map(({ path }) => path).filter((path) => isBegun(path) || isScanned(path)))
  for (const path of reached) for (const { target } of byPath.get(path)?.imports ?? []) if (target !== null && byPath.has(target)) reached.add(target)
  const used = new Set(
    programs.filter(({ path }) => reached.has(path)).flatMap(({ imports }) => imports.flatMap(({ target, names }) => names.map((name) => `${target}#${name}`))),
  )
  return programs.flatMap((module) => {
    const { path, exports, text } = module
    if (!path.startsWith('src/')) return []
    if (!reached.has(path)) return exports.length > 0 && exports.every(({ name }) => mayWait(module, name)) ? [] : [path]
    if (isScanned(path) || isBegun(path) || used.has(`${path}#*`)) return []
    /** @param {string} name */
    const isMentioned = (name) => (text.match(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'))?.length ?? 0) > 1
    return exports
      .filter(({ name }) => name !== 'default' && !mayWait(module, name) && !used.has(`${path}#${name}`) && !isMentioned(name))
      .map(({ name }) => `${path}#${name}`)
  })
}

/** Places where a text becomes SQL without being a parameter. @param {readonly Module[]} modules @returns {string[]} folders, one for each place */
export const findTrusted = (modules) =>
  modules
    .filter(({ path }) => path.startsWith('src/') && !isTest(path) && path !== 'src/kernel/sql.ts')
    .flatMap(({ path, text }) => (text.match(/\btrusted\(/g) ?? []).map(() => dirname(path)))

/** What there is more of than is listed, and what is listed and gone. @param {Record<string, number>} found @param {Record<string, number>} listed */
export const overStock = (found, listed) => [
  ...Object.entries(found)
    .filter(([path, n]) => n > (listed[path] ?? 0))
    .map(([path, n]) => `${path}: ${n}, and ${listed[path] ?? 'none'} listed in bin/stocks.json; where there must be more: node bin/stocks.mjs`),
  ...Object.keys(listed)
    .filter((path) => found[path] === undefined)
    .map((path) => `${path}: is gone, and still listed in bin/stocks.json: node bin/stocks.mjs`),
]

/** @param {readonly string[]} names @returns {Record<string, number>} */
export function countEach(names) {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** `node bin/stocks.mjs` lists anew what is counted, and takes off what is gone: the difference shows in review. A reason is written by hand. */
function takeStock() {
  const modules = readModules(root)
  const kept = new Set(findOnlyTested(modules))
  const reasons = Object.entries(readStocks(root)['reached only by tests']).map(([reason, names]) => [reason, names.filter((name) => kept.has(name))])
  /** @type {Stocks} */
  const stocks = {
    'reached only by tests': Object.fromEntries(reasons.filter(([, names]) => names?.length !== 0)),
    'trusted SQL': countEach(findTrusted(modules)),
  }
  writeFileSync(join(root, 'bin/stocks.json'), `${JSON.stringify(stocks, null, 2)}\n`)
}

if (process.argv[1] === import.meta.filename) takeStock()
