import type { Direction } from '../../kernel/words/metrics.ts'
import { ArrowDown, ArrowUp, Equal } from 'lucide-react'
import type { Result } from '../../contract/question.ts'
import { formatChange, formatInterval, formatPeriod, formatValue } from '../format.ts'
import { reasonOf } from '../reason.ts'
import { Tooltip } from './tooltip.tsx'

/** Good, bad, or nothing that can be said: a direction is only judged when the interval of the change leaves zero out. */
export function judge(change: number, interval: readonly [number, number] | null, better: Direction): 'good' | 'bad' | 'unclear' {
  if (interval === null || better === 'context' || (interval[0] <= 0 && interval[1] >= 0)) return 'unclear'
  return change > 0 === (better === 'up') ? 'good' : 'bad'
}

const COLOUR = { good: 'text-good', bad: 'text-bad', unclear: 'text-quiet' }

/** What changed against a named period, with a sign, an arrow and the share where it is money or a count. */
export function Delta({ result, better, comparedWith }: { readonly result: Result; readonly better: Direction; readonly comparedWith: string }) {
  const { comparison, unit, currency } = result
  if (comparison === null) return null
  const name = <span className="text-faint">vs {comparedWith}</span>
  if (!comparison.alike && result.value !== null && comparison.value !== null)
    return (
      <Tooltip says={`${formatPeriod(result.period)} is not over: what there is so far is not set against a whole period.`}>
        <span className="num text-sm text-quiet">
          {formatValue(comparison.value, unit, currency)} <span className="text-faint">in all of {comparedWith}</span>
        </span>
      </Tooltip>
    )
  if (comparison.change === null)
    return (
      <span className="text-sm text-quiet" title={result.value === null ? reasonOf(result) : 'The period it is compared with has no value'}>
        – {name}
      </span>
    )
  const { change, change_ci: interval } = comparison
  const verdict = judge(change, interval, better)
  const Arrow = change > 0 ? ArrowUp : change < 0 ? ArrowDown : Equal
  const share =
    (unit === 'money' || unit === 'count') && comparison.value !== null && comparison.value > 0 && (result.value ?? 0) > 0 && change !== 0
      ? ` (${formatChange(change / comparison.value, 'share').replace('pp', '%')})`
      : ''
  const says = `${formatPeriod(result.period)} against ${formatPeriod(comparison.period)}. ${
    interval === null
      ? 'This change has no interval, so it is not judged.'
      : `95 % interval of the change ${formatInterval(interval, unit, currency)}: ${verdict === 'unclear' ? 'it includes zero, so chance could explain it.' : `it leaves zero out.`}`
  }`
  return (
    <Tooltip says={says}>
      <span className={`num inline-flex flex-wrap items-center gap-x-1 text-sm ${COLOUR[verdict]}`}>
        <span className="whitespace-nowrap">
          <Arrow aria-hidden size={12} className="mr-1 inline align-[-1px]" />
          {change === 0 ? 'No change' : formatChange(change, unit, currency)}
          {share}
        </span>
        {verdict !== 'unclear' && <span className="sr-only"> ({verdict === 'good' ? 'better' : 'worse'})</span>} {name}
      </span>
    </Tooltip>
  )
}
