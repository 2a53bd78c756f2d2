// Who imports whom, read with a real parser, and the rules that the flow of data sets for it.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, posix, relative } from 'node:path'
import { parseSync } from 'vite'

/**
 * What a folder of src/ may import, beside itself. A row may change for a written reason; the direction may not.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const FLOW = {
  kernel: [],
  statistics: ['kernel'],
  contract: ['kernel'],
  facts: ['kernel'],
  stores: ['kernel', 'facts'],
  connectors: ['kernel', 'facts'],
  ingest: ['kernel', 'facts', 'stores', 'connectors'],
  ledgers: ['kernel', 'facts'],
  metrics: ['kernel', 'facts', 'ledgers', 'statistics'],
  books: ['kernel', 'facts', 'ledgers', 'metrics'],
  health: ['kernel', 'facts', 'ledgers', 'metrics', 'books', 'statistics'],
  signals: ['kernel', 'facts', 'ledgers', 'metrics', 'books', 'health', 'statistics'],
  // What is said of one account stands on all rules of health and signals.
  accounts: ['kernel', 'facts', 'ledgers', 'metrics', 'books', 'health', 'signals', 'statistics'],
  workspace: ['kernel', 'stores'],
  actions: ['kernel', 'workspace'],
  playbooks: ['kernel', 'workspace', 'metrics', 'signals', 'actions'],
  api: [
    'kernel',
    'statistics',
    'contract',
    'facts',
    'stores',
    'ingest',
    'ledgers',
    'metrics',
    'books',
    'health',
    'signals',
    'accounts',
    'workspace',
    'actions',
    'playbooks',
  ],
  web: ['contract', 'kernel'],
  cli: ['kernel', 'contract', 'facts', 'metrics', 'books', 'stores', 'api', 'main.ts'],
}

/** The files of one level of metrics lie in a folder of their own; to the others they are one room. */
const LEVEL = ['kit', 'rows']

/**
 * What the rooms of a folder may import of each other, for folders that have rooms: how a metric is defined knows nothing of
 * how it is asked, and who asks nothing of how an answer is opened; what makes facts of rows knows of no file. Under '' stand
 * the files beside the rooms.
 * @type {Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>}
 */
export const ROOMS = {
  metrics: {
    kit: [],
    rows: ['kit'],
    financial: LEVEL,
    'customer-health': LEVEL,
    usage: LEVEL,
    'team-performance': LEVEL,
    catalogue: ['kit'],
    ask: ['kit', 'catalogue'],
    open: ['kit', 'rows', 'catalogue', 'ask'],
  },
  ingest: {
    record: [],
    files: ['record'],
    '': ['record', 'files'],
  },
}

/** The composition root and the same for the command line: they know everyone. */
const COMPOSERS = ['main.ts', 'compose-days.ts', 'cli.ts']

/** Drivers of the stores, and the one folder that may speak to them. */
const ONLY_IN = {
  pg: 'stores',
  'drizzle-orm': 'stores workspace ingest api',
  '@clickhouse/client': 'stores',
  'ffi-rs': 'stores',
  hono: 'api',
  '@hono/node-server': 'api',
  react: 'web',
  'react-dom': 'web',
}
/** Folders that must run anywhere: no Node, no package. */
const PURE = ['kernel', 'statistics', 'facts', 'ledgers', 'metrics', 'books']

/**
 * @typedef {{ from: string, specifier: string, target: string | null, names: string[], line: number, when: 'load' | 'later' | 'types' }} Import
 *   `target`: path below the root, null for a package. `names`: what is taken; `*` for everything. `when`: whether it is
 *   loaded with the module, by a call later on, or only seen by the compiler.
 * @typedef {{ path: string, imports: Import[], exports: { name: string, line: number }[], globs: boolean, text: string }} Module
 */

/** @param {string} text @param {number} at */
const lineOf = (text, at) => text.slice(0, at).split('\n').length

/** @param {string} from @param {string} specifier */
function resolveImport(from, specifier) {
  return specifier.startsWith('.') ? posix.normalize(posix.join(dirname(from), specifier.replace(/\?.*$/, ''))) : null
}

/** @param {string} path @param {string} text @returns {Module} */
export function readModule(path, text) {
  const { module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  /** @type {Import[]} */
  const imports = []
  /** @param {string} specifier @param {string[]} names @param {number} start @param {Import['when']} when */
  const add = (specifier, names, start, when) =>
    imports.push({ from: path, specifier, target: resolveImport(path, specifier), names, line: lineOf(text, start), when })
  for (const one of module.staticImports) {
    const names = one.entries.map(({ importName }) => (importName.kind === 'Name' ? (importName.name ?? '') : importName.kind === 'Default' ? 'default' : '*'))
    add(one.moduleRequest.value, names, one.start, names.length > 0 && one.entries.every(({ isType }) => isType) ? 'types' : 'load')
  }
  /** @type {Module['exports']} */
  const exports = []
  for (const { entries } of module.staticExports)
    for (const entry of entries) {
      const name = entry.exportName.kind === 'Default' ? 'default' : (entry.exportName.name ?? '*')
      if (entry.moduleRequest === null) exports.push({ name, line: lineOf(text, entry.start) })
      else
        add(entry.moduleRequest.value, [entry.importName.kind === 'Name' ? (entry.importName.name ?? '') : '*'], entry.start, entry.isType ? 'types' : 'load')
    }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
    if (literal?.[1] !== undefined) add(literal[1], ['*'], start, 'later')
  }
  return { path, imports, exports, globs: text.includes('import.meta.glob'), text }
}

/** @param {string} root @param {readonly string[]} folders @returns {Module[]} */
export function readModules(root, folders = ['src', 'test', 'bin', 'bench']) {
  const paths = folders.flatMap((folder) =>
    !existsSync(join(root, folder))
      ? []
      : readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && /\.(?:tsx?|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
          .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  )
  const configs = folders.includes('src') ? readdirSync(root).filter((name) => name.endsWith('.config.ts')) : []
  return [...paths, ...configs].sort().map((path) => readModule(path, readFileSync(join(root, path), 'utf8')))
}

/** @param {string} path */
const folderOf = (path) => /^src\/([^/]+)/.exec(path)?.[1] ?? null

/** @param {string} specifier */
const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** @param {string} path */
const roomOf = (path) => /^src\/[^/]+\/([^/]+)\//.exec(path)?.[1] ?? null

/** @param {string} folder @param {string} from @param {string} to @returns {string | null} */
function faultBetweenRooms(folder, from, to) {
  const rooms = ROOMS[folder]
  if (rooms === undefined) return null
  const [room, target] = [roomOf(from) ?? '', roomOf(to)]
  if (rooms[room] === undefined) return `${from} lies in no room of ${folder} that has a row in ROOMS (bin/imports.mjs)`
  if (target === room || (target !== null && rooms[room].includes(target))) return null
  return `${folder}/${room} may import ${rooms[room].join(', ') || 'no other room'}, not ${target ?? to}`
}

/** @param {string} folder @param {Import} one @returns {string | null} */
function faultOf(folder, one) {
  if (one.target !== null) {
    if (!one.target.startsWith('src/')) return `leaves src/ (${one.target})`
    const target = folderOf(one.target)
    if (target === folder) return faultBetweenRooms(folder, one.from, one.target)
    if (target !== null && FLOW[folder]?.includes(target)) return null
    return `${folder} may import ${FLOW[folder]?.join(', ') || 'nothing'}, not ${target ?? one.target}`
  }
  const isNode = one.specifier.startsWith('node:') || builtinModules.includes(one.specifier)
  const owners = /** @type {Record<string, string>} */ (ONLY_IN)[packageOf(one.specifier)]
  if (PURE.includes(folder)) return `${folder} is pure: it imports no package and nothing of Node (${one.specifier})`
  if (folder === 'web' && isNode) return `web runs in the browser (${one.specifier})`
  if (folder === 'contract' && one.specifier !== 'zod') return `contract imports zod and nothing else (${one.specifier})`
  if (owners !== undefined && one.when !== 'types' && !owners.split(' ').includes(folder)) return `${one.specifier} belongs to ${owners.replaceAll(' ', ', ')}`
  return null
}

/** Imports against the flow. Tests may import anything. @param {readonly Module[]} modules @returns {string[]} */
export function findWrongImports(modules) {
  return modules.flatMap(({ path, imports }) => {
    const folder = folderOf(path)
    if (folder === null || /\.(?:test|config)\.tsx?$/.test(path) || COMPOSERS.includes(folder)) return []
    if (FLOW[folder] === undefined) return [`${path}: the folder "${folder}" has no row in FLOW (bin/imports.mjs)`]
    return imports.flatMap((one) => {
      const fault = faultOf(folder, one)
      return fault === null ? [] : [`${path}:${one.line}: ${fault}`]
    })
  })
}

/**
 * Rings of modules that cannot be understood one after the other, types counted. What is loaded later makes none.
 * @param {readonly Module[]} modules @returns {string[]}
 */
export function findCycles(modules) {
  const targets = new Map(
    modules.map((module) => [module.path, module.imports.flatMap(({ target, when }) => (target === null || when === 'later' ? [] : [target]))]),
  )
  /** @type {Map<string, 'open' | 'done'>} */
  const seen = new Map()
  /** @type {string[]} */
  const cycles = []
  /** @param {string} path @param {readonly string[]} trail */
  const visit = (path, trail) => {
    if (seen.get(path) === 'open') cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
    if (seen.has(path)) return
    seen.set(path, 'open')
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path])
    seen.set(path, 'done')
  }
  for (const path of targets.keys()) visit(path, [])
  return cycles
}

/** Files that are found by scanning their folder, not by an import. @param {readonly Module[]} modules */
export function isScannedIn(modules) {
  const patterns = modules.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:import\.meta\.glob[^(]*\(|\bschema:)\s*(\[[^\]]*\]|'[^']*')/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'(?!!)([^']+)'/g)].map(([, glob = '']) => posix.join(dirname(path), glob)),
    ),
  )
  const tests = patterns.map(
    (glob) =>
      new RegExp(
        `^${glob
          .replaceAll('.', '\\.')
          .replaceAll('**/', '(?:.+/)?')
          .replaceAll(/(?<!\.)\*/g, '[^/]*')
          .replaceAll(/\{([^}]+)\}/g, (_, list) => `(?:${list.replaceAll(',', '|')})`)}$`,
      ),
  )
  return /** @param {string} path */ (path) => tests.some((test) => test.test(path))
}

/** A definition whose kind a test finds by scanning may wait for its first user. @param {readonly Module[]} modules */
export function mayWaitIn(modules) {
  const isTried = isScannedIn(modules.filter(({ path }) => /\.test\.tsx?$/.test(path)))
  return /** @param {Module} module @param {string} name */ ({ path, text }, name) =>
    isTried(path) && new RegExp(`export const ${name} = define\\w+\\(`).test(text)
}

/** Exports that nothing uses, in another file or their own. @param {readonly Module[]} modules @returns {string[]} */
export function findUnusedExports(modules) {
  /** @type {Set<string>} */
  const used = new Set()
  for (const { imports } of modules) for (const { target, names } of imports) if (target !== null) for (const name of names) used.add(`${target}#${name}`)
  const mayWait = mayWaitIn(modules)
  const isScanned = isScannedIn(modules.filter(({ path }) => !/\.test\.tsx?$/.test(path)))
  return modules.flatMap((module) => {
    const { path, exports, text } = module
    if (!path.startsWith('src/') || isScanned(path)) return []
    /** @param {string} name */
    const isMentioned = (name) => (text.match(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'))?.length ?? 0) > 1
    return exports
      .filter(({ name }) => name !== 'default' && !mayWait(module, name) && !used.has(`${path}#${name}`) && !used.has(`${path}#*`) && !isMentioned(name))
      .map(({ name, line }) => `${path}:${line}: nothing uses ${name}`)
  })
}
