import { useSyncExternalStore } from 'react'

const query = matchMedia('(max-width: 639.98px)')
const subscribe = (tell: () => void): (() => void) => {
  query.addEventListener('change', tell)
  return () => query.removeEventListener('change', tell)
}

/** Whether the screen is too narrow for a table of many columns. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches)
