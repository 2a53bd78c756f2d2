import { type PointerEvent, type Ref, useCallback, useEffect, useRef, useState } from 'react'
import type { BandId } from '../../../kernel/words/health.ts'

export interface Palette {
  readonly bands: Readonly<Record<BandId, string>>
  readonly soft: Readonly<Record<BandId, string>>
  readonly ink: string
  readonly quiet: string
  readonly line: string
  readonly page: string
  readonly accent: string
}

/** What is drawn upon: sizes are in pixels of the page. */
export interface Pad {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  readonly palette: Palette
}

/** The colours of the theme in force: a canvas knows no variables. */
function readPalette(element: Element): Palette {
  const probe = document.createElement('span')
  element.append(probe)
  const colour = (name: string): string => {
    probe.style.color = `var(--color-${name})`
    return getComputedStyle(probe).color
  }
  const each = (suffix: string): Record<BandId, string> => ({
    red: colour(`band-red${suffix}`),
    amber: colour(`band-amber${suffix}`),
    green: colour(`band-green${suffix}`),
    unknown: colour(`band-unknown${suffix}`),
  })
  const palette = {
    bands: each(''),
    soft: each('-soft'),
    ink: colour('ink'),
    quiet: colour('quiet'),
    line: colour('line'),
    page: colour('page'),
    accent: colour('accent'),
  }
  probe.remove()
  return palette
}

interface CanvasProps {
  readonly label: string
  readonly height: number
  readonly draw: (pad: Pad) => void
  /** Where the pointer is, in pixels of the page; null where it left. */
  readonly onPoint?: (at: { x: number; y: number } | null) => void
  readonly onPick?: (at: { x: number; y: number }) => void
  readonly className?: string
  readonly ref?: Ref<HTMLCanvasElement>
}

const at = (event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } => {
  const box = event.currentTarget.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}

/** A canvas as wide as there is room, drawn once a frame at most, sharp on every screen and in both themes. What it shows stands in words beside it. */
export function Canvas({ label, height, draw, onPoint, onPick, className = '' }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ width: 0, theme: 0 })
  useEffect(() => {
    const element = canvas.current?.parentElement
    if (element === null || element === undefined) return
    const resized = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0)
      setSize((before) => (before.width === width ? before : { ...before, width }))
    })
    resized.observe(element)
    const themed = (): void => setSize((before) => ({ ...before, theme: before.theme + 1 }))
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', themed)
    const chosen = new MutationObserver(themed)
    chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    return () => {
      resized.disconnect()
      dark.removeEventListener('change', themed)
      chosen.disconnect()
    }
  }, [])
  const paint = useCallback((): void => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (element === null || context === null || context === undefined || size.width === 0) return
    const ratio = window.devicePixelRatio
    const [width, tall] = [Math.round(size.width * ratio), Math.round(height * ratio)]
    if (element.width !== width || element.height !== tall) Object.assign(element, { width, height: tall })
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, size.width, height)
    draw({ context, width: size.width, height, palette: readPalette(element.parentElement ?? document.body) })
  }, [draw, height, size])
  useEffect(() => {
    const frame = requestAnimationFrame(paint)
    return () => cancelAnimationFrame(frame)
  }, [paint])
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={`block ${className}`}
      style={{ width: size.width === 0 ? '100%' : size.width, height }}
      onPointerMove={onPoint === undefined ? undefined : (event) => onPoint(at(event))}
      onPointerLeave={onPoint === undefined ? undefined : () => onPoint(null)}
      onPointerUp={onPick === undefined ? undefined : (event) => onPick(at(event))}
    />
  )
}
