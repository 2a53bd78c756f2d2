#!/usr/bin/env node
// `npm run new metric <id> [level]`: a definition whose golden example fails until it is filled in.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './sources.mjs'

/** @param {string} id @param {string} level */
const metricSource = (id, level) => `import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'

export const ${id.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())} = defineMetric({
  id: '${id}',
  name: '${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('_', ' ')}',
  says: 'What it means, in one plain sentence.',
  level: '${level}',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{kept} / {opening}',
  nullWhen: 'Opening MRR is 0.',
  measures: {
    kept: { of: accountPeriods, each: 'if(was_customer, kept, 0)', label: 'Of it there at the close', kind: 'money' },
    opening: { of: accountPeriods, each: 'opening', label: 'Opening MRR', kind: 'money' },
    customers: { of: accountPeriods, each: 'was_customer', label: 'Customers at the opening', kind: 'count' },
  },
  value: ratio('kept', 'opening', 'no_opening_mrr'),
  n: 'customers',
  settings: MRR_SETTINGS,
  examples: [
    // Work the number out by hand, then make the definition come to it. As it stands the value is 0.9.
    { says: 'two accounts of 100, one of which falls to 80', accounts: [{ opening: 100, closing: 100 }, { opening: 100, closing: 80 }], value: -1 },
  ],
})
`

/** @param {string} message @returns {never} */
function refuse(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

const levels = ['financial', 'customer-health', 'usage', 'team-performance']
const [kind, id = '', level = 'financial'] = process.argv.slice(2)
if (kind !== 'metric') refuse(`Usage: npm run new metric <id> [${levels.join(' | ')}]`)
if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(id)) refuse(`"${id}" is not an id. Write words in lower case joined by "_", for example net_new_seats.`)
if (!levels.includes(level)) refuse(`There is no level "${level}". Levels are ${levels.join(', ')}.`)
const name = `${id.replaceAll('_', '-')}.ts`
const taken = levels.find((one) => existsSync(join(root, 'src/metrics', one)) && readdirSync(join(root, 'src/metrics', one)).includes(name))
if (taken !== undefined) refuse(`There is a metric ${id} already: src/metrics/${taken}/${name}`)
const path = join('src/metrics', level, name)
mkdirSync(dirname(join(root, path)), { recursive: true })
writeFileSync(join(root, path), metricSource(id, level), { flag: 'wx' })
process.stdout.write(`${path}\nFill it in until its example holds: npx vitest run src/metrics\nThen write the reference: npm run docs\n`)
