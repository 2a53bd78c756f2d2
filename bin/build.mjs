#!/usr/bin/env node
// Builds what is missing or stale into dist/. Says nothing on standard output.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fingerprint, isStale, parts, root, staleParts, stampPath } from './sources.mjs'

// A test runner or a developer's shell may say otherwise, and React would come out in its development form.
process.env.NODE_ENV = 'production'

const dist = join(root, 'dist')
const lock = join(dist, '.building')

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** One build at a time; the lock of a builder that died is taken over. */
async function takeLock() {
  mkdirSync(dist, { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    const text = readLock()
    const holder = Number(text)
    if (text !== null && (holder > 0 ? !isAlive(holder) : statSync(lock).mtimeMs < Date.now() - 10_000)) rmSync(lock, { force: true })
    else await pause(100)
  }
}

function readLock() {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return null
  }
}

/** Programs that are started as they are, and the SQL that is read at run time. */
function copyBesideServer() {
  const engines = join(root, 'src/stores/engines')
  for (const name of readdirSync(engines)) if (name.endsWith('.mjs')) cpSync(join(engines, name), join(dist, name))
  rmSync(join(dist, 'migrations'), { recursive: true, force: true })
  cpSync(join(root, 'src/stores/migrations'), join(dist, 'migrations'), { recursive: true })
}

function clearServer() {
  for (const name of readdirSync(dist)) if (/\.m?js(\.map)?$/.test(name)) rmSync(join(dist, name))
}

/** @param {import('./sources.mjs').Part} part */
async function buildPart(part) {
  const { build } = await import('vite')
  const built = fingerprint(part)
  rmSync(stampPath(part), { force: true })
  if (part.name === 'server') clearServer()
  await build({ root, configFile: join(root, part.config), logLevel: 'warn', ...(part.name === 'web' ? { root: join(root, 'src/web') } : {}) })
  if (part.name === 'server') copyBesideServer()
  writeFileSync(stampPath(part), built)
}

if (staleParts().length > 0) {
  await takeLock()
  try {
    const wanted = parts.filter(isStale)
    if (wanted.length > 0) process.stderr.write(`Building ${wanted.map((part) => part.name).join(' and ')} ...\n`)
    for (const part of wanted) await buildPart(part)
  } catch (error) {
    process.stderr.write(`The build failed: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } finally {
    rmSync(lock, { force: true })
  }
}
