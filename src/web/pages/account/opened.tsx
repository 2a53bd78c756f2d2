import type { AccountTimeline, Clocks, FactName } from '../../account-data.ts'
import { useAccountFact, useAccountInput } from '../../account-data.ts'
import { useParam } from '../../address.ts'
import { DASH, formatCount, formatDay, formatInstant } from '../../format.ts'
import { Await } from '../../ui/failure.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'

const BETWEEN = '~'

/** Opens what a line rests on: its fact, by the name that the address keeps. */
export function useOpenFact(): (fact: FactName) => void {
  const [, setFact] = useParam('fact')
  return ({ fact, source, source_id }) => setFact([fact, source, source_id].join(BETWEEN))
}

export const useOpenInput = (): ((input: string) => void) => useParam('input')[1]

function readFact(text: string): FactName | null {
  const [fact, source, ...rest] = text.split(BETWEEN)
  return fact === undefined || source === undefined || rest.length === 0 ? null : { fact, source, source_id: rest.join(BETWEEN) }
}

const text = (value: string | number | boolean | null): string => {
  if (value === null) return DASH
  if (typeof value === 'number') return formatCount(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return formatInstant(value)
  return /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value
}

/** What was opened on the page: the rows of an input, and the versions of one fact. */
export function Opened({ id, clocks }: { readonly id: string; readonly clocks: Clocks }) {
  const [factText, setFact] = useParam('fact')
  const [input, setInput] = useParam('input')
  const fact = readFact(factText)
  if (fact !== null)
    return (
      <Drawer open title="What says so" onClose={() => setFact('')} onBack={input === '' ? undefined : () => setFact('')}>
        <Story id={id} fact={fact} />
      </Drawer>
    )
  if (input === '') return null
  return (
    <Drawer open title="Rows of an input" onClose={() => setInput('')}>
      <InputRows id={id} input={input} clocks={clocks} />
    </Drawer>
  )
}

/** All versions of one fact, down to the line of the file. */
function Story({ id, fact }: { readonly id: string; readonly fact: FactName }) {
  return (
    <div className="px-4 py-4">
      <Await query={useAccountFact(id, fact)} skeleton={<Skeleton className="h-64" />}>
        {({ name, source_id, source, versions }) => (
          <div className="flex flex-col gap-6">
            <p className="text-quiet">
              {name} <span className="num">{source_id}</span> from {source}
              {versions.length > 1 && `, told ${versions.length} times`}
            </p>
            {versions.map((version) => (
              <section
                key={`${version.recorded_at} ${version.line}`}
                aria-label={`Recorded ${formatInstant(version.recorded_at)}`}
                className="flex flex-col gap-2 border-t border-line pt-3"
              >
                <p className="flex flex-wrap items-center gap-2">
                  <span className="font-semibold">Recorded {formatInstant(version.recorded_at)}</span>
                  {version.deleted && <Tag tone="bad">Taken back</Tag>}
                  {version.undone && <Tag tone="bad">Import undone</Tag>}
                  <span className="text-sm text-quiet">
                    {version.file === null ? 'The row is not kept any more' : `${version.file}, line ${version.line ?? ''}`}
                  </span>
                </p>
                <dl className="grid grid-cols-[minmax(7rem,max-content)_1fr] gap-x-6 gap-y-1">
                  {version.fields.map(({ name: field, value, before, changed }) => (
                    <div key={field} className="contents">
                      <dt className="text-quiet">{field}</dt>
                      <dd className="min-w-0 break-words">
                        {changed && <span className="text-faint line-through">{text(before)}</span>}{' '}
                        <span className={changed ? 'font-semibold' : ''}>{text(value)}</span>
                      </dd>
                    </div>
                  ))}
                </dl>
                {version.as_it_stood !== null && <p className="text-sm break-words text-faint">As it stood: {version.as_it_stood}</p>}
              </section>
            ))}
          </div>
        )}
      </Await>
    </div>
  )
}

/** The rows that an input of the score was read from, each down to its fact. */
function InputRows({ id, input, clocks }: { readonly id: string; readonly input: string; readonly clocks: Clocks }) {
  const openFact = useOpenFact()
  return (
    <div className="px-4 py-4">
      <Await query={useAccountInput(id, input, clocks)} skeleton={<Skeleton className="h-64" />}>
        {({ name, says, from, until, rows }) => (
          <div className="flex flex-col gap-3">
            <h3 className="font-semibold">{name}</h3>
            <p className="text-quiet">
              {says}. {formatDay(from)} to {formatDay(until)}.
            </p>
            {rows.length === 0 && <p className="text-quiet">No row lies in this time.</p>}
            <ul className="flex flex-col">
              {rows.map((row, i) => (
                <li key={`${row.day} ${i}`} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5">
                  <span className="num w-24 text-sm text-quiet">{formatDay(row.day)}</span>
                  <FactLink fact={row.fact} onOpen={openFact}>
                    {row.title}
                  </FactLink>
                  <span className="text-sm text-quiet">{row.detail}</span>
                  <span className="num ml-auto">{row.value === null ? DASH : formatCount(row.value)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Await>
    </div>
  )
}

interface FactLinkProps {
  readonly fact: AccountTimeline['items'][number]['fact']
  readonly onOpen: (fact: FactName) => void
  readonly children: React.ReactNode
}

/** A text that opens the fact behind it, where there is one. */
export function FactLink({ fact, onOpen, children }: FactLinkProps) {
  if (fact === null) return <span className="min-w-0">{children}</span>
  return (
    <button
      type="button"
      onClick={() => onOpen(fact)}
      className="min-w-0 rounded-sm text-left underline decoration-edge decoration-1 underline-offset-3 hover:decoration-accent"
    >
      {children}
    </button>
  )
}
