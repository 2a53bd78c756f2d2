import type { Direction } from '../../kernel/words/metrics.ts'
import type { Result } from '../../contract/question.ts'
import { DASH, formatCount, formatInterval, formatMoney, formatValue, moneyDigits } from '../format.ts'
import { flagWords } from '../../kernel/words/flags.ts'
import { reasonWords } from '../../kernel/words/reasons.ts'
import { reasonOf } from '../reason.ts'
import { Delta } from './delta.tsx'
import { Skeleton } from './skeleton.tsx'
import { Tag } from './tag.tsx'
import { Hint, Tooltip } from './tooltip.tsx'

/** A missing value: a dash that says why. */
export function Missing({ reason }: { readonly reason: Result['null_reason'] }) {
  return (
    <Hint says={reasonWords(reason)} className="text-faint">
      <span aria-hidden>{DASH}</span>
      <span className="sr-only">No value: {reasonWords(reason)}</span>
    </Hint>
  )
}

/** The value of a result in its unit, or the dash. Inside something that is itself a button, the dash only carries a title. */
export function Value({ result, digits }: { readonly result: Result; readonly digits?: number }) {
  if (result.value !== null)
    return <span title={result.exact === null ? undefined : `Exactly ${result.exact}`}>{formatValue(result.value, result.unit, result.currency, digits)}</span>
  const reason = result.refusal?.message ?? reasonOf(result)
  return (
    <span className="text-faint" title={reason}>
      <span aria-hidden>{DASH}</span>
      <span className="sr-only">No value: {reason}</span>
    </span>
  )
}

export function Flags({ flags }: { readonly flags: Result['flags'] }) {
  return flags.map((flag) => {
    const { label, says } = flagWords(flag)
    return (
      <Tag key={flag} className={flag === 'partial' ? 'border border-dashed border-edge bg-transparent!' : ''}>
        <span title={says}>{label}</span>
      </Tag>
    )
  })
}

/** "8 of 9" beside a share of things counted; the amounts beside a share of money. */
export function ofWhat({ numerator, denominator, unit, n }: Result, currency: string | null = null): string | null {
  if (unit !== 'share' || numerator === null || denominator === null) return null
  if (n === denominator) return `${formatCount(numerator)} of ${formatCount(denominator)}`
  const digits = moneyDigits([numerator, denominator])
  return `${formatMoney(numerator, currency, digits)} of ${formatMoney(denominator, currency, digits)}`
}

/** What the interval is and how it was made: "95 % interval, wilson". */
const intervalWords = ({ ci_says, ci_method }: Result): string => [ci_says, ci_method].filter((text) => text !== null).join(', ')

/** How much an index is known for, where that is not all: "known for 7 % of ARR". */
export function coverageOf({ value, parts }: Result): string | null {
  const [covered, of] = typeof parts.covered === 'number' ? [parts.covered, 'ARR'] : [parts.coverage ?? 1, 'the weights']
  return value === null || covered > 0.995 ? null : `known for ${formatValue(covered, 'share', null, 0)} of ${of}`
}

interface MetricProps {
  readonly name: string
  readonly says?: string
  readonly result: Result | undefined
  readonly better: Direction
  readonly comparedWith: string | null
  readonly onOpen: () => void
  /** The pointer rests on it: what it opens can be fetched. */
  readonly onRest?: () => void
  /** The line under the value: "8 of 9", how many customers ... */
  readonly note?: string | null
}

/** Handlers that call once the pointer has stayed for a moment, or the focus has come. */
function restOf(onRest: (() => void) | undefined) {
  if (onRest === undefined) return {}
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    onPointerEnter: () => {
      timer = setTimeout(onRest, 120)
    },
    onPointerLeave: () => clearTimeout(timer),
    onFocus: onRest,
  }
}

/** A leading figure. All of it is one button that opens the number. */
export function Metric({ name, says, result, better, comparedWith, onOpen, onRest, note = null }: MetricProps) {
  if (result === undefined)
    return (
      <div className="flex flex-col gap-1 py-1">
        <span className="text-sm text-quiet">{name}</span>
        <Skeleton className="h-7.5 w-28" />
        <Skeleton className="h-4 w-36" />
      </div>
    )
  const rest = restOf(onRest)
  const interval = result.ci === null ? null : formatInterval(result.ci, result.unit, result.currency)
  return (
    <div className="flex min-w-0 flex-col items-start">
      <Tooltip says={says ?? name} side="bottom">
        <button
          type="button"
          onClick={onOpen}
          {...rest}
          className="group -mx-2 flex max-w-[calc(100%+1rem)] flex-col items-start rounded-md px-2 py-1 text-left hover:bg-hover"
        >
          <span className="flex flex-wrap items-center gap-1.5 text-sm text-quiet group-hover:text-ink">
            {name}
            <Flags flags={result.flags} />
          </span>
          <span className={`num text-figure font-semibold tracking-tight ${result.flags.includes('partial') ? 'text-quiet' : ''}`}>
            <Value result={result} />
          </span>
          <span className="num min-h-4 max-w-full text-sm text-quiet">
            {result.value === null ? reasonOf(result) : (note ?? coverageOf(result))}
            {interval !== null && (
              <span className="text-faint" title={intervalWords(result)}>
                {note === null ? '' : ' · '}
                {interval}
              </span>
            )}
          </span>
        </button>
      </Tooltip>
      <div className="min-h-4">{comparedWith !== null && <Delta result={result} better={better} comparedWith={comparedWith} />}</div>
    </div>
  )
}
