import { Link } from '@tanstack/react-router'
import type { Explanation, MetricEntry } from '../../contract/question.ts'
import { DIRECTIONS, KINDS, ROLL_UPS } from '../../kernel/words/metrics.ts'
import { UNITS } from '../../kernel/words/units.ts'
import { useDimensions } from '../api.ts'
import { DASH, formatDay, formatValue, humanise } from '../format.ts'
import { Facts, Section } from '../ui/page.tsx'
import { Worded } from '../ui/worded.tsx'
import { useFactNames } from '../fact-names.ts'
import { useSettings } from '../setting-data.ts'
import { settingName, valueWords } from '../setting-words.ts'

/** Exactly what is counted, as the catalog declares it. */
export function MetricDefinition({ metric, filledFormula }: { readonly metric: MetricEntry; readonly filledFormula: string | null }) {
  const dimensions = new Map(useDimensions().data?.map(({ id, name }) => [id, name]))
  const factName = useFactNames()
  return (
    <Section title="Definition">
      <Facts
        items={[
          ['Formula', metric.formula],
          ...(filledFormula === null
            ? []
            : [
                [
                  'With its numbers',
                  <span key="filled" className="num">
                    {filledFormula}
                  </span>,
                ] as const,
              ]),
          ['No value when', <Worded key="null" text={metric.null_when} mentions={metric.mentions} />],
          ['Counts', capital(metric.grain)],
          ['Kind', KINDS[metric.kind]],
          ['Unit', capital(UNITS[metric.unit].says)],
          ['Direction', DIRECTIONS[metric.better].label],
          ['Adding up', ROLL_UPS[metric.roll_up]],
          ['Interval', capital(metric.interval ?? 'none')],
          ['Broken down by', metric.dimensions.map((dimension) => dimensions.get(dimension) ?? humanise(dimension)).join(', ') || 'Nothing'],
          ['Needs', metric.needs.map(factName).join(', ')],
          ['Kind of data', capital(metric.nature)],
          ['Group', metric.group],
          ['Version', <Versions key="version" metric={metric} />],
          [
            'ID',
            <code key="id" className="font-sans">
              {metric.id}
            </code>,
          ],
        ]}
      />
    </Section>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The version in force and what made it another than those before. */
function Versions({ metric: { version, revisions, mentions } }: { readonly metric: MetricEntry }) {
  if (revisions.length === 0) return <>{version}, unchanged since it was first published</>
  return (
    <>
      {version}
      <ol className="mt-1 flex flex-col gap-1">
        {revisions.map((revision) => (
          <li key={revision.version} className="text-quiet">
            Version {revision.version}, from {formatDay(revision.on)}: <Worded text={revision.says} mentions={mentions} />
          </li>
        ))}
      </ol>
    </>
  )
}

/** What other tools would print, and why. */
export function MetricDisagreements({ metric, explanation }: { readonly metric: MetricEntry; readonly explanation: Explanation | undefined }) {
  const result = explanation?.result
  const items = explanation?.disagreements ?? metric.disagreements.map((item) => ({ ...item, value: null }))
  if (items.length === 0) return null
  return (
    <Section title="Where other tools differ" says="The same name, counted in another way.">
      <table className="w-full border-collapse border-b border-line" aria-label="Where other tools differ">
        <thead>
          <tr className="text-sm text-quiet">
            <th scope="col" className="h-8 pr-4">
              Tool
            </th>
            <th scope="col" className="pr-4">
              Why
            </th>
            <th scope="col" className="text-right">
              Would print
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.anchor} className="border-t border-line align-top">
              <th scope="row" className="py-2 pr-4 whitespace-nowrap">
                {item.anchor}
              </th>
              <td className="py-2 pr-4 text-quiet">
                <Worded text={item.says} mentions={metric.mentions} />
              </td>
              <td
                className="num py-2 text-right whitespace-nowrap"
                title={item.value !== null ? undefined : result === undefined ? 'No value yet' : 'Not counted in that way here'}
              >
                {item.value === null || result === undefined ? DASH : formatValue(item.value, result.unit, result.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

/** Settings that move the metric, each with a way to it. */
export function MetricSettings({ metric }: { readonly metric: MetricEntry }) {
  const settings = useSettings(metric.settings.length > 0).data
  if (metric.settings.length === 0) return null
  return (
    <Section title="Settings that move it">
      <Facts
        items={metric.settings.map((key) => {
          const setting = settings?.find((item) => item.key === key)
          return [
            settingName(key),
            <span key={key}>
              <Link to="/settings" hash={key} className="num font-medium underline decoration-edge underline-offset-3 hover:decoration-ink">
                {setting === undefined ? 'Open' : valueWords(setting, setting.value)}
              </Link>{' '}
              <span className="text-quiet">{setting?.says}</span>
            </span>,
          ] as const
        })}
      />
    </Section>
  )
}
