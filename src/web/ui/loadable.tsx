import { type ComponentType, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'

/** What a component is told that comes after its stand-in was pressed: it opens at once, and the press is not lost. */
export interface Wanted {
  readonly wanted?: boolean
}

const FIRST_WAIT = 1_000
const LONGEST_WAIT = 30_000

/**
 * A component whose code comes when it is first needed, with something in its place until then. Unlike React.lazy it
 * never suspends: once the code is here it is drawn at once, and nothing waits out React's throttle for fallbacks. Code
 * that does not come is asked for again; `loadAnew` helps where the browser keeps the failure.
 */
export function loadable<P extends object>(load: () => Promise<ComponentType<P & Wanted>>, instead: (props: P, onPress: () => void) => ReactNode = () => null) {
  let Loaded: ComponentType<P & Wanted> | null = null
  let loading: Promise<void> | null = null
  const waiting = new Set<() => void>()
  const request = async (): Promise<void> => {
    try {
      Loaded = await load()
      for (const tell of waiting) tell()
    } finally {
      loading = null
    }
  }
  const preload = (): Promise<void> => (Loaded === null ? (loading ??= request()) : Promise.resolve())
  const subscribe = (tell: () => void): (() => void) => {
    waiting.add(tell)
    return () => void waiting.delete(tell)
  }
  function Loadable(props: P) {
    // Read again when it subscribes: code that came between the first drawing and that moment is not missed.
    const isHere = (): boolean => Loaded !== null
    const here = useSyncExternalStore(subscribe, isHere, isHere)
    const [wanted, setWanted] = useState(false)
    useEffect(() => {
      if (here) return
      let timer: ReturnType<typeof setTimeout> | undefined
      const ask = (wait: number): void =>
        void preload().catch(() => {
          timer = setTimeout(() => ask(Math.min(LONGEST_WAIT, wait * 2)), wait)
        })
      ask(FIRST_WAIT)
      return () => clearTimeout(timer)
    }, [here])
    if (Loaded !== null) return <Loaded {...props} wanted={wanted} />
    return instead(props, () => {
      setWanted(true)
      void preload().catch(() => undefined)
    })
  }
  return Object.assign(Loadable, { preload })
}
