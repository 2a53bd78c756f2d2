#!/usr/bin/env node
// `npm run new <kind> <id>`: a definition to fill in, in the one file it takes.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { factSource, ledgerSource, metricSource, namesOf, rowSetSource, settingSource } from './scaffolds.mjs'
import { root } from './sources.mjs'

/** @param {string} message @returns {never} */
function refuse(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

/** @type {{ module: typeof import('../src/kernel/words/metrics.ts') }} */
const { module: words } = await runnerImport(join(root, 'src/kernel/words/metrics.ts'), { configFile: false, logLevel: 'error' })
const SETTINGS = 'src/kernel/settings'
/** Files of groups of settings, by what they are called without their ending. */
const groups = () =>
  readdirSync(join(root, SETTINGS))
    .filter((name) => readFileSync(join(root, SETTINGS, name), 'utf8').includes('= defineSettings('))
    .map((name) => name.replace(/\.ts$/, ''))

/** @param {string} id */
const fileOf = (id) => id.replaceAll('_', '-')

/** Writes a file that was not there. @param {string} path @param {string} source */
function write(path, source) {
  if (existsSync(join(root, path))) refuse(`There is one of that name already: ${path}`)
  writeFileSync(join(root, path), source, { flag: 'wx' })
  return path
}

/** Adds a setting at the end of its group. @param {string} id @param {string} group */
function writeSetting(id, group) {
  const taken = groups().find((name) => readFileSync(join(root, SETTINGS, `${name}.ts`), 'utf8').includes(`\n  ${id}: {`))
  if (taken !== undefined) refuse(`There is a setting ${id} already: ${SETTINGS}/${taken}.ts`)
  const path = `${SETTINGS}/${group}.ts`
  const text = readFileSync(join(root, path), 'utf8')
  writeFileSync(join(root, path), text.replace(/\n\}\)\n$/, `\n${settingSource(namesOf(id))}})\n`))
  return path
}

/** @param {string} id @param {string} level */
function writeMetric(id, level) {
  const taken = words.LEVEL_IDS.find((one) => existsSync(join(root, 'src/metrics', one, `${fileOf(id)}.ts`)))
  if (taken !== undefined) refuse(`There is a metric ${id} already: src/metrics/${taken}/${fileOf(id)}.ts`)
  return write(`src/metrics/${level}/${fileOf(id)}.ts`, metricSource(namesOf(id), level))
}

/**
 * Each kind: where it may go, the first place being the usual one, how it is written, and what comes next.
 * @type {Readonly<Record<string, { places?: () => string[], write: (id: string, place: string) => string, next: string }>>}
 */
const KINDS = {
  metric: { places: () => words.LEVEL_IDS, write: writeMetric, next: 'Fill it in until its example holds: npx vitest run src/metrics' },
  fact: {
    write: (id) => write(`src/facts/${fileOf(id)}.ts`, factSource(namesOf(id))),
    next: 'Say what its columns mean. Its tables are made at the next start; once it is released, they are changed by migrations.',
  },
  ledger: {
    write: (id) => write(`src/ledgers/${fileOf(id)}-ledger.ts`, ledgerSource(namesOf(id))),
    next: 'Derive it from the facts it is made of. It is built at the next start.',
  },
  rows: {
    write: (id) => write(`src/metrics/rows/${fileOf(id)}.ts`, rowSetSource(namesOf(id))),
    next: 'Read it from the ledgers it is made of, and count it in a metric.',
  },
  setting: { places: groups, write: writeSetting, next: 'Read it where it decides, and name it in the metrics that it moves.' },
}

const [kind = '', id = '', place] = process.argv.slice(2)
const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
if (known === undefined) refuse(`Usage: npm run new ${Object.keys(KINDS).join(' | ')} <id>`)
if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(id)) refuse(`"${id}" is not an id. Write words in lower case joined by "_", for example net_new_seats.`)
const places = known.places?.() ?? []
const [usual = ''] = places
if (place !== undefined && !places.includes(place))
  refuse(`A ${kind} does not go to "${place}". ${places.length > 0 ? `Places are ${places.join(', ')}.` : ''}`)
const path = known.write(id, place ?? usual)
process.stdout.write(`${path}\n${known.next}\nThen write the reference: npm run docs\n`)
