// What each part of the build is made of, and whether what was built is still that.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * @typedef {{ name: 'server' | 'web', config: string, sources: string[], skip: RegExp, product: string }} Part
 */

const always = ['package.json', 'package-lock.json', 'bin/sources.mjs', 'bin/build.mjs']

/** @type {readonly Part[]} */
export const parts = [
  { name: 'server', config: 'vite.config.ts', sources: ['src', 'vite.config.ts', ...always], skip: /^src\/web\/|\.test\.tsx?$/, product: 'dist/cli.js' },
  {
    name: 'web',
    config: 'vite.web.config.ts',
    sources: ['src/web', 'src/contract', 'src/kernel', 'vite.web.config.ts', 'bin/contract-routes.ts', ...always],
    skip: /\.test\.tsx?$/,
    product: 'dist/web/index.html',
  },
]

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  const found = readdirSync(full, { recursive: true, withFileTypes: true })
  return found.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

/** A fingerprint of everything a part is made of. @param {Part} part */
export function fingerprint(part) {
  const files = part.sources.flatMap((path) => (/\.\w+$/.test(path) ? (existsSync(join(root, path)) ? [path] : []) : filesOf(path)))
  const hash = createHash('sha256')
  for (const file of files.filter((name) => !part.skip.test(name)).sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

/** @param {Part} part */
export const stampPath = (part) => join(root, 'dist', `.${part.name}-stamp`)

/** A part whose sources are not here (an installed package) is what it is. @param {Part} part */
export function isStale(part) {
  if (!existsSync(join(root, part.config))) return false
  if (!existsSync(join(root, part.product)) || !existsSync(stampPath(part))) return true
  return readFileSync(stampPath(part), 'utf8') !== fingerprint(part)
}

export const staleParts = () => parts.filter(isStale)
