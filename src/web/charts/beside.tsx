import type { Result } from '../../contract/question.ts'

/** What stands beside a line: a target for each period that has one, and notes in the period of their day. */
export interface Beside {
  readonly targets: readonly { readonly from: string; readonly until: string; readonly value: number }[]
  readonly notes: readonly { readonly day: string; readonly text: string }[]
}

/** The target of a period: the one that holds on its last day, the later one where two do. */
export const targetOf = ({ targets }: Beside, { period }: Pick<Result, 'period'>): number | null =>
  targets.toSorted((a, b) => (a.from < b.from ? -1 : 1)).findLast(({ from, until }) => from < period.until && period.until <= until)?.value ?? null

export const notesOf = ({ notes }: Beside, { period }: Pick<Result, 'period'>): readonly { day: string; text: string }[] =>
  notes.filter(({ day }) => day >= period.from && day < period.until)

interface BesideMarksProps {
  readonly beside: Beside
  readonly periods: readonly Result[]
  readonly x: (i: number) => number
  readonly y: (value: number) => number
  readonly step: number
  readonly top: number
  readonly ground: number
}

/** Targets as steps of dashes, notes as flags on the axis that say what happened. */
export function BesideMarks({ beside, periods, x, y, step, top, ground }: BesideMarksProps) {
  return (
    <g>
      {periods.map((result, i) => {
        const target = targetOf(beside, result)
        const notes = notesOf(beside, result)
        return (
          <g key={result.period.label}>
            {target !== null && (
              <line x1={x(i) - step / 2} x2={x(i) + step / 2} y1={y(target)} y2={y(target)} className="stroke-quiet" strokeWidth={1.25} strokeDasharray="5 3" />
            )}
            {notes.length > 0 && (
              <g>
                <title>{notes.map(({ day, text }) => `${day}: ${text}`).join('\n')}</title>
                <line x1={x(i)} x2={x(i)} y1={top} y2={ground} className="stroke-edge" strokeDasharray="1 3" />
                <path d={`M${x(i)},${top} l8,4 l-8,4 z`} className="fill-quiet" />
              </g>
            )}
          </g>
        )
      })}
    </g>
  )
}
