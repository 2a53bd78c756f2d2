import { useEffect } from 'react'

/** What the window is about, said by the innermost of what is in sight. */
const LAYERS = ['frame', 'page', 'drawer'] as const
const names = new Map<(typeof LAYERS)[number], string>()

function show(): void {
  const name = LAYERS.map((layer) => names.get(layer) ?? '').findLast((text) => text !== '')
  document.title = name === undefined ? 'Binnacle' : `${name} · Binnacle`
}

/** Names what is in sight in the title of the window. */
export function useTitle(layer: (typeof LAYERS)[number], name: string): void {
  useEffect(() => {
    names.set(layer, name)
    show()
    return () => {
      names.delete(layer)
      show()
    }
  }, [layer, name])
}
