import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** Where a chart is written out as text there is nothing to measure. */
const USUAL = typeof document === 'undefined' ? 640 : 0

/** Width of an element, kept up to date. 0 until it is on the page. */
export function useWidth<T extends HTMLElement>(): [ref: RefObject<T | null>, width: number] {
  const ref = useRef<T>(null)
  const [width, setWidth] = useState(USUAL)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}
