import { readFileSync, writeFileSync } from 'node:fs'
import { KNOWN_ATTRIBUTES } from '../facts/account-attribute.ts'
import { toMetricEntry } from '../api/metric-entries.ts'
import type { MetricEntry } from '../contract/question.ts'
import { METRICS } from '../metrics/catalog.ts'
import { LEVELS } from '../metrics/metric.ts'
import type { Example } from '../metrics/metric.ts'
import { EXIT } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { printNote } from './output.ts'

const LEVEL_NAMES = { financial: 'Financial', 'customer-health': 'Customer health', usage: 'Usage', 'team-performance': 'Team performance' }
const UNDER_NAME = { up: 'more is better', down: 'less is better', context: 'neither direction is better in itself' }

function section(entry: MetricEntry, examples: readonly Example[]): string {
  const line = (title: string, text: string): string[] => (text === '' ? [] : [`- ${title}: ${text}`])
  return [
    `### ${entry.name} (\`${entry.id}\`)`,
    '',
    entry.says,
    '',
    ...line('Formula', entry.formula),
    ...line('Unit', `${entry.unit.replaceAll('_', ' ')}; ${UNDER_NAME[entry.better]}`),
    ...line('Counted', `per ${entry.grain} (${entry.kind})`),
    ...line('No value', entry.null_when),
    ...line('Interval', entry.interval ?? ''),
    ...line('Broken down by', entry.dimensions.join(', ')),
    ...line('Options', entry.options.map(({ name, says, fallback }) => `\`${name}\` ${says} (usually ${fallback})`).join('; ')),
    ...line('Settings', entry.settings.map((key) => `\`${key}\``).join(', ')),
    ...line('Facts', entry.needs.join(', ')),
    ...line('Also called', entry.aliases.join(', ')),
    ...line('Version', entry.version),
    ...entry.disagreements.map(({ anchor, says }) => `- Elsewhere: ${anchor} ${says}`),
    ...examples.map(({ says, value }) => `- Example: ${says} → ${value ?? 'no value'}`),
    '',
  ].join('\n')
}

/** The reference of all metrics, made from the catalog and nothing else. */
export function metricReference(): string {
  const known = [...Object.keys(KNOWN_ATTRIBUTES), 'csm']
  const parts = LEVELS.flatMap((level) => {
    const metrics = METRICS.filter((metric) => metric.level === level)
    return metrics.length === 0 ? [] : [`## ${LEVEL_NAMES[level]}`, '', ...metrics.map((metric) => section(toMetricEntry(metric, known), metric.examples))]
  })
  return ['# Metrics', '', 'Written by `npm run docs` from the definitions in `src/metrics`; do not edit by hand.', '', ...parts].join('\n')
}

/** Writes the reference, or with `check` says whether the one that is there is the present one. */
export function runDocs(path: string, check: boolean): ExitCode {
  const text = metricReference()
  if (!check) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) {
    printNote(`${path} is not what the catalog says now. Run: npm run docs`)
    return EXIT.error
  }
  return EXIT.ok
}
