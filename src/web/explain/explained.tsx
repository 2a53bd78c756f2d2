import type { Explanation } from '../../contract/question.ts'
import { formatDimensionValue, formatInstant, formatInterval, formatPeriod, formatValue, humanise } from '../format.ts'
import { reasonOf } from '../reason.ts'
import { settingName, valueWords } from '../setting-words.ts'
import { splitFilter } from '../question.ts'
import { Delta } from '../ui/delta.tsx'
import { coverageOf, Flags, ofWhat, Value } from '../ui/metric.tsx'
import { Tag } from '../ui/tag.tsx'
import { Worded } from '../ui/worded.tsx'
import { WantedFiles } from '../ui/wanted-files.tsx'
import { useMoney } from '../money.ts'
import { Contributions } from './contributions.tsx'
import type { Asked } from '../widgets/explanation.ts'
import { DrawerSection } from './drawer-section.tsx'
import { Terms } from './terms.tsx'

interface ExplainedProps {
  readonly explanation: Explanation
  readonly asked: Asked
  /** Opens the rows of a part of the number. */
  readonly onRows: (part: string) => void
  readonly onAccount: (id: string) => void
}

/** One number, opened: what it is, how it came about, what moved it, who would print another, and how fresh it is. */
export function Explained({ explanation, asked, onRows, onAccount }: ExplainedProps) {
  const { result, definition, settings, disagreements, contributions, freshness } = explanation
  return (
    <div className="flex flex-col gap-6">
      <Headline explanation={explanation} asked={asked} />

      <DrawerSection title="What it means">
        <p className="max-w-[60ch]">
          <Worded text={definition.says} mentions={definition.mentions} />
        </p>
        {definition.aliases.length > 0 && <p className="text-sm text-quiet">Also called {definition.aliases.join(', ')}.</p>}
      </DrawerSection>

      <DrawerSection title="How it is counted">
        <p>{definition.formula}</p>
        <p className="num rounded-md bg-hover px-3 py-2 break-words">{explanation.filled_formula}</p>
        <Terms terms={explanation.terms} onRows={onRows} />
      </DrawerSection>

      {contributions !== null && (
        <Contributions
          contributions={contributions}
          unit={result.unit}
          currency={result.currency}
          againstBefore={definition.kind === 'p2p'}
          onAccount={onAccount}
        />
      )}

      {disagreements.length > 0 && <Disagreements explanation={explanation} />}
      {settings.length > 0 && <Applied settings={settings} />}

      <p className="border-t border-line pt-3 text-sm text-quiet">
        Definition {definition.id}, version {result.version}. {definition.null_when === '' ? '' : `No value when: ${lower(definition.null_when)}. `}
        {freshness.recorded_until === null ? '' : `Counts what was recorded until ${formatInstant(freshness.recorded_until)}`}
        {` (state ${freshness.state}).`}
      </p>
    </div>
  )
}

/** The value with what it says of itself: period, filters, interval, change. */
function Headline({ explanation: { result, definition }, asked }: { readonly explanation: Explanation; readonly asked: Asked }) {
  const of = ofWhat(result, useMoney())
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-1.5 text-quiet">
        {formatPeriod(result.period)}
        {asked.where.map((filter) => {
          const [dimension, value] = splitFilter(filter)
          return (
            <Tag key={filter} tone="accent">
              {humanise(dimension)}: {formatDimensionValue(value)}
            </Tag>
          )
        })}
        {asked.option.map((option) => (
          <Tag key={option}>{option.replace('=', ' ')}</Tag>
        ))}
        <Flags flags={result.flags} />
      </p>
      <p className="num text-[32px]/10 font-semibold tracking-tight">
        <Value result={result} />
      </p>
      {result.value === null ? (
        <p>
          {reasonOf(result)}. <WantedFiles missing={definition.missing} />
        </p>
      ) : (
        <p className="num text-quiet">
          {[
            of,
            coverageOf(result),
            result.ci === null ? null : `${result.ci_says ?? 'interval'} ${formatInterval(result.ci, result.unit, result.currency)}`,
            exactText(result),
          ]
            .filter((text) => text !== null)
            .join(' · ')}
        </p>
      )}
      {result.comparison !== null && <Delta result={result} better={definition.better} comparedWith={formatPeriod(result.comparison.period)} />}
    </div>
  )
}

function Disagreements({ explanation: { definition, disagreements, result } }: { readonly explanation: Explanation }) {
  return (
    <DrawerSection title="What other tools would print">
      <ul className="flex flex-col gap-1.5">
        {disagreements.map((item) => (
          <li key={`${item.anchor}${item.says}`}>
            <span className="font-medium">{item.anchor}</span>
            {item.value !== null && (
              <>
                {' '}
                would print <span className="num font-medium">{formatValue(item.value, result.unit, result.currency)}</span>
              </>
            )}
            <span className="text-quiet">
              : <Worded text={item.says} mentions={definition.mentions} />
            </span>
          </li>
        ))}
      </ul>
    </DrawerSection>
  )
}

function Applied({ settings }: { readonly settings: Explanation['settings'] }) {
  return (
    <DrawerSection title="Settings that applied">
      <dl className="flex flex-col gap-1.5">
        {settings.map((setting) => (
          <div key={setting.key} className="flex justify-between gap-x-4">
            <dt className="text-quiet" title={setting.says}>
              {settingName(setting.key)}
            </dt>
            <dd className="num text-right font-medium">{valueWords(setting, setting.value)}</dd>
          </div>
        ))}
      </dl>
    </DrawerSection>
  )
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '')

/** Said only when the value above it is rounded. */
function exactText({ exact, unit }: Explanation['result']): string | null {
  const decimals = exact?.split('.')[1]?.length ?? 0
  return exact === null || unit !== 'money' || decimals <= 2 ? null : `exactly ${exact}`
}
