import { formatCount } from '../format.ts'

interface ProgressProps {
  readonly label: string
  readonly done: number
  /** Null when nobody knows how much there is. */
  readonly total: number | null
  /** For example "about 40 s left". */
  readonly says?: string
  readonly unit?: string
}

/** Long work: a bar with its counts. */
export function Progress({ label, done, total, says, unit = '' }: ProgressProps) {
  const share = total === null || total === 0 ? null : Math.min(1, done / total)
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap justify-between gap-x-4">
        <span>{label}</span>
        <span className="num text-quiet">
          {formatCount(done)}
          {total !== null && ` of ${formatCount(total)}`} {unit}
          {says !== undefined && ` · ${says}`}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={share === null ? undefined : done}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div
          className={`h-full rounded-full bg-accent ${share === null ? 'w-1/3 animate-pulse' : ''}`}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
    </div>
  )
}
