import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'

/** Where the pointer or the focus is: a column (a period) and a row (a series) of the chart. */
export interface At {
  readonly column: number
  readonly row: number
}

/**
 * One stop of the Tab key for a whole chart; the arrow keys walk over its shapes, Enter opens one.
 * Shapes carry `data-mark="column,row"`.
 */
export function useShapeFocus(columns: number, rows: number, onOpen: (at: At) => void, exists: (at: At) => boolean = () => true) {
  const [at, setAt] = useState<At | null>(null)
  const [stop, setStop] = useState<At>({ column: columns - 1, row: 0 })
  const root = useRef<SVGSVGElement>(null)
  const move = (dx: number, dy: number): void => {
    let next = { column: stop.column + dx, row: stop.row + dy }
    while (next.column >= 0 && next.column < columns && next.row >= 0 && next.row < rows) {
      if (exists(next)) {
        setStop(next)
        root.current?.querySelector<SVGElement>(`[data-mark="${next.column},${next.row}"]`)?.focus()
        return
      }
      next = { column: next.column + dx, row: next.row + dy }
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      move(...step)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onOpen(stop)
    }
  }
  const tabbed = firstThat(stop, columns, rows, exists)
  const shape = (column: number, row: number, label: string) => ({
    'data-mark': `${column},${row}`,
    role: 'button',
    'aria-label': label,
    tabIndex: tabbed.column === column && tabbed.row === row ? 0 : -1,
    onFocus: () => {
      setStop({ column, row })
      setAt({ column, row })
    },
    onBlur: () => setAt(null),
    onClick: () => onOpen({ column, row }),
    onPointerEnter: () => setAt({ column, row }),
    onPointerLeave: () => setAt(null),
    className: 'outline-offset-1',
  })
  return { at, root, shape, onKeyDown }
}

export type ShapeFocus = ReturnType<typeof useShapeFocus>

interface ChartSvgProps {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly focus: ShapeFocus
  readonly children: ReactNode
}

/** The drawing surface of a chart whose shapes are walked with the arrow keys. */
export function ChartSvg({ name, width, height, focus, children }: ChartSvgProps) {
  return (
    <svg
      ref={focus.root}
      data-chart
      width={width}
      height={height}
      role="group"
      aria-label={`${name}: use the arrow keys`}
      onKeyDown={focus.onKeyDown}
      className="block overflow-visible"
    >
      {children}
    </svg>
  )
}

function firstThat(stop: At, columns: number, rows: number, exists: (at: At) => boolean): At {
  const inside = { column: Math.max(0, Math.min(columns - 1, stop.column)), row: Math.max(0, Math.min(rows - 1, stop.row)) }
  if (exists(inside)) return inside
  for (let column = columns - 1; column >= 0; column--) for (let row = 0; row < rows; row++) if (exists({ column, row })) return { column, row }
  return inside
}

/** The exact numbers at the pointer. Beside it, never under it; the focus themselves say the same to a screen reader. */
export function Readout({ x, y, width, children }: { readonly x: number; readonly y: number; readonly width: number; readonly children: ReactNode }) {
  const left = x > width / 2
  return (
    <div
      aria-hidden
      className="overlay pointer-events-none absolute z-20 max-w-72 min-w-40 px-2.5 py-2 text-sm"
      style={{ top: Math.max(0, y), ...(left ? { right: width - x + 14 } : { left: x + 14 }) }}
    >
      {children}
    </div>
  )
}

export function ReadoutLine({
  swatch,
  name,
  value,
  note,
  strong = false,
}: {
  readonly swatch?: ReactNode
  readonly name: string
  readonly value: string
  readonly note?: string | undefined
  readonly strong?: boolean
}) {
  return (
    <div className={`flex items-baseline justify-between gap-4 ${strong ? 'font-medium' : ''}`}>
      <span className="flex items-baseline gap-1.5 text-quiet">
        {swatch}
        {name}
      </span>
      <span className="num whitespace-nowrap">
        {value}
        {note !== undefined && <span className="text-faint"> {note}</span>}
      </span>
    </div>
  )
}

/** Diagonal lines over what is not complete. */
export function Hatch({ id }: { readonly id: string }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="2.5" height="5" className="fill-page" opacity="0.75" />
    </pattern>
  )
}
