import type { Result } from '../../contract/question.ts'
import { formatShortPeriod, formatTicks } from '../format.ts'

interface ValueAxisProps {
  readonly ticks: readonly number[]
  readonly y: (value: number) => number
  readonly left: number
  readonly right: number
  /** `more`: digits beyond the usual ones. */
  readonly format: (value: number, more: number) => string
  /** A line that means something: zero, or 100 %. */
  readonly base?: number
}

/** A few gridlines with their numbers; the base line stands out. */
export function ValueAxis({ ticks, y, left, right, format, base }: ValueAxisProps) {
  const labels = formatTicks(ticks, format)
  return (
    <g aria-hidden>
      {ticks.map((tick, i) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} className={tick === base ? 'stroke-edge' : 'stroke-line'} strokeWidth={1} />
          <text x={left - 8} y={y(tick)} textAnchor="end" dominantBaseline="central" className="num fill-faint text-xs">
            {labels[i]}
          </text>
        </g>
      ))}
    </g>
  )
}

/** Names of the pieces of a series; the year stands where it begins, and at both ends. */
export const pieceLabels = (results: readonly Result[]): string[] =>
  results.map((result, i) => formatShortPeriod(result.period, i === 0 || result.period.label.endsWith('01') || i === results.length - 1))

interface PeriodAxisProps {
  readonly labels: readonly string[]
  readonly x: (index: number) => number
  readonly y: number
  /** Room for one label, in pixels. */
  readonly room: number
}

/** Names of the periods; as many as fit, always the last. */
export function PeriodAxis({ labels, x, y, room }: PeriodAxisProps) {
  const widest = Math.max(...labels.map((label) => label.length * 6.4 + 8), 1)
  const step = Math.max(1, Math.ceil(widest / Math.max(1, room)))
  return (
    <g aria-hidden>
      {labels.map((label, i) =>
        (labels.length - 1 - i) % step === 0 ? (
          <text key={i} x={x(i)} y={y} textAnchor="middle" className="fill-faint text-xs">
            {label}
          </text>
        ) : null,
      )}
    </g>
  )
}
