import { useEffect } from 'react'
import { useParam } from './address.ts'

const VIEWS = ['csm', 'team', 'company'] as const
export type View = (typeof VIEWS)[number]

/** Whose day is shown: the view, and of one CSM the id. Empty: everybody's. */
interface Who {
  readonly view: View
  readonly csm: string
}

const KEPT = 'binnacle.who'
const isView = (text: string): text is View => (VIEWS as readonly string[]).includes(text)

/** What was chosen last on this browser. */
function remembered(): Who {
  try {
    const { view = '', csm = '' } = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Record<keyof Who, string>>
    return { view: isView(view) ? view : 'csm', csm }
  } catch {
    return { view: 'csm', csm: '' }
  }
}

function remember(who: Who): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(who))
  } catch {
    // A browser that keeps nothing still shows what the address says.
  }
}

/** Whose day is shown. The address says it; where it does not, what was chosen last, which the address then says. */
export function useWho(): readonly [who: Who, set: (change: Partial<Who>) => void] {
  const before = remembered()
  const [view, setView] = useParam('view')
  const [csm, setCsm] = useParam('csm')
  const isSaid = view !== '' || csm !== ''
  const who = isSaid ? { view: isView(view) ? view : ('csm' as const), csm } : before
  useEffect(() => {
    if (!isSaid && before.csm !== '') setCsm(before.csm)
    else if (!isSaid && before.view !== 'csm') setView(before.view)
  }, [isSaid, before.csm, before.view, setCsm, setView])
  const set = (change: Partial<Who>): void => {
    const next = { ...who, ...change }
    remember(next)
    if (change.view !== undefined) setView(change.view)
    if (change.csm !== undefined) setCsm(change.csm)
  }
  return [who, set]
}
