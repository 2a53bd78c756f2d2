// Which tests run beside which: read from what a test file reaches, so that no list of them has to be kept.
import { readModules } from './imports.mjs'

/** @typedef {'unit' | 'engines' | 'browser'} Lane */

/** The first of these that a test file reaches, however far away, names its lane. @type {readonly (readonly [target: string, lane: Lane])[]} */
const MARKS = [
  ['playwright-core', 'browser'],
  ['test/engines/engines.ts', 'engines'],
  ['node:child_process', 'engines'],
]

/** All modules and packages that loading a module loads. @param {string} path @param {ReadonlyMap<string, import('./imports.mjs').Module>} modules */
function reachedFrom(path, modules) {
  const reached = new Set([path])
  for (const each of reached) for (const { target, specifier, when } of modules.get(each)?.imports ?? []) if (when !== 'types') reached.add(target ?? specifier)
  return reached
}

/** The test files of each lane. @param {readonly import('./imports.mjs').Module[]} all @returns {Record<Lane, string[]>} */
export function lanesOf(all) {
  const modules = new Map(all.map((module) => [module.path, module]))
  /** @type {Record<Lane, string[]>} */
  const lanes = { unit: [], engines: [], browser: [] }
  for (const path of modules.keys()) {
    if (!/^(?:src|test)\/.*\.test\.tsx?$/.test(path)) continue
    const reached = reachedFrom(path, modules)
    lanes[MARKS.find(([target]) => reached.has(target))?.[1] ?? 'unit'].push(path)
  }
  return lanes
}

/** While a file cannot be parsed, all tests run in the lane that suits any of them. @param {string} root @returns {Record<Lane, string[]>} */
export function readLanes(root) {
  try {
    return lanesOf(readModules(root))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { unit: [], engines: ['src/**/*.test.ts', 'test/**/*.test.ts'], browser: [] }
  }
}
