import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/**
 * A component whose code comes when it is first needed, with something in its place until then. Unlike React.lazy it
 * never suspends: once the code is here it is drawn at once, and nothing waits out React's throttle for fallbacks.
 */
export function loadable<P extends object>(load: () => Promise<ComponentType<P>>, instead: (props: P) => ReactNode = () => null) {
  let Loaded: ComponentType<P> | null = null
  const preload = async (): Promise<void> => {
    Loaded ??= await load()
  }
  function Loadable(props: P) {
    const [, setReady] = useState(Loaded !== null)
    useEffect(() => {
      let gone = false
      // A failed load leaves what stands in its place; the next visit tries again.
      if (Loaded === null)
        preload().then(
          () => !gone && setReady(true),
          () => undefined,
        )
      return () => {
        gone = true
      }
    }, [])
    return Loaded === null ? instead(props) : <Loaded {...props} />
  }
  return Object.assign(Loadable, { preload })
}
