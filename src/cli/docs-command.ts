import { defaultSettings } from '../kernel/settings.ts'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KNOWN_ATTRIBUTES } from '../facts/account-attribute.ts'
import type { FactDefinition } from '../facts/fact.ts'
import { FACTS } from '../facts/facts.ts'
import { BUILT_IN } from '../metrics/catalogue/built-in.ts'
import { DIRECTIONS, LEVELS, LEVEL_IDS } from '../kernel/words/metrics.ts'
import { toMetricEntry } from '../books/metric-entries.ts'
import type { MetricEntry } from '../books/metric-entries.ts'
import type { Example } from '../metrics/kit/example.ts'
import { EXIT } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { printNote } from './output.ts'

function section(entry: MetricEntry, examples: readonly Example[]): string {
  const line = (title: string, text: string): string[] => (text === '' ? [] : [`- ${title}: ${text}`])
  return [
    `### ${entry.name} (\`${entry.id}\`)`,
    '',
    entry.says,
    '',
    ...line('Formula', entry.formula),
    ...line('Unit', `${entry.unit.replaceAll('_', ' ')}; ${DIRECTIONS[entry.better].says}`),
    ...line('Counted', `per ${entry.grain} (${entry.kind})`),
    ...line('No value', entry.null_when),
    ...line('Interval', entry.interval ?? ''),
    ...line('Broken down by', entry.dimensions.join(', ')),
    ...line('Options', entry.options.map(({ name, says, fallback }) => `\`${name}\` ${says} (usually ${fallback})`).join('; ')),
    ...line('Settings', entry.settings.map((key) => `\`${key}\``).join(', ')),
    ...line('Group', entry.group),
    ...line('Facts', entry.needs.join(', ')),
    ...line('Lit up by', entry.lit_by.map((kinds) => kinds.map(({ files }) => files).join(' or ')).join('; ')),
    ...line('Also called', entry.aliases.join(', ')),
    ...line('Version', entry.version),
    ...entry.revisions.map(({ version, on, says }) => `- Version ${version}, ${on}: ${says}`),
    ...entry.disagreements.map(({ anchor, says }) => `- Elsewhere: ${anchor} ${says}`),
    ...examples.map(({ says, value }) => `- Example: ${says} → ${value ?? 'no value'}`),
    '',
  ].join('\n')
}

/** The reference of all metrics, made from the catalog and nothing else. */
function metricReference(): string {
  const known = [...Object.keys(KNOWN_ATTRIBUTES), 'csm']
  const parts = LEVEL_IDS.flatMap((level) => {
    const metrics = BUILT_IN.all.filter((metric) => metric.level === level)
    return metrics.length === 0
      ? []
      : [
          `## ${LEVELS[level]}`,
          '',
          ...metrics.map((metric) => section(toMetricEntry(metric, { catalogue: BUILT_IN, settings: defaultSettings }, { known }), metric.examples)),
        ]
  })
  return ['# Metrics', '', 'Written by `npm run docs` from the definitions in `src/metrics`; do not edit by hand.', '', ...parts].join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

function factSection(fact: FactDefinition): string {
  const first = fact.identity[0] ?? []
  const note = (name: string): string => (fact.columns[name]?.required === true ? 'yes' : first.includes(name) ? 'for its identity' : '')
  const choices = (name: string): string => {
    const values = Object.keys(fact.columns[name]?.choices ?? {})
    return values.length === 0 ? '' : ` (${values.join(', ')})`
  }
  return [
    `## ${fact.plural.charAt(0).toUpperCase()}${fact.plural.slice(1)} (\`${fact.id}\`)`,
    '',
    fact.says,
    '',
    '| column | what it is | type | needed | also called |',
    '|---|---|---|---|---|',
    ...Object.entries(fact.columns).map(
      ([name, column]) => `| \`${name}\` | ${cell(column.says)}${choices(name)} | ${column.type} | ${note(name)} | ${cell(column.aliases.join(', '))} |`,
    ),
    ...Object.entries(fact.carries).map(([to, carried]) => `| \`${to}\` | ${cell(carried.says)} | text | | ${cell(carried.aliases.join(', '))} |`),
    '',
  ].join('\n')
}

/** What files may hold, made from the facts and nothing else. */
const fileReference = (): string =>
  [
    '# Files',
    '',
    'Written by `npm run docs` from the definitions in `src/facts`; do not edit by hand.',
    '',
    'One file holds one kind of fact, as CSV or JSON lines; which one is guessed from its name and headers, and can be said. Headers may be spelt otherwise, in any order; what is not listed here is kept and left alone. The same row again changes nothing, another row of the same identity is a correction.',
    '',
    ...FACTS.map(factSection),
  ].join('\n')

/** Writes the references of metrics and files into a folder, or with `check` says whether those that are there are the present ones. */
export function runDocs(folder: string, check: boolean): ExitCode {
  let code: ExitCode = EXIT.ok
  for (const [name, text] of [
    ['metrics.md', metricReference()],
    ['files.md', fileReference()],
  ] as const) {
    const path = join(folder, name)
    if (!check) writeFileSync(path, text)
    else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
      printNote(`${path} is not what the definitions say now. Run: npm run docs`)
      code = EXIT.error
    }
  }
  return code
}
