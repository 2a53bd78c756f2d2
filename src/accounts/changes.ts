import type { Day } from '../kernel/period.ts'
import type { Happening } from './timeline/happening.ts'

/**
 * How we came to know of something since somebody last looked. `happened` since then; the others are what we learnt of the time
 * before: `late` is new to us, `corrected` stands otherwise than we knew, `withdrawn` is no longer said.
 */
export type How = 'happened' | 'planned' | 'late' | 'corrected' | 'withdrawn'

export interface Change extends Happening {
  readonly how: How
  /** As it was known before: of what was corrected. */
  readonly before: { readonly title: string; readonly detail: string | null; readonly day: Day } | null
}

export interface Since {
  /** An instant, ISO, UTC. */
  readonly since: string
  readonly now: string
}

/** What is told apart: what happened since, and what we learnt of the time before. Both the latest first. */
export interface Changes {
  readonly happened: readonly Change[]
  readonly learnt: readonly Change[]
}

/** What another fact is called by now makes nothing else of this one. */
const same = (a: Happening, b: Happening): boolean => a.at === b.at && (a.recorded_at === b.recorded_at || (a.title === b.title && a.detail === b.detail))

const factKey = ({ key, fact }: Happening): string => (fact === null ? key : `${fact.fact} ${fact.source} ${fact.source_id}`)

/**
 * What changed between two states of knowledge of an account: its timeline as it was known when somebody last looked, and as it
 * is known now. What is dated by a day is taken to happen at its close, so something of the day of the look may come twice, never not at all.
 */
export function changesBetween(then: readonly Happening[], now: readonly Happening[], { since, now: present }: Since): Changes {
  const before = new Map(then.map((item) => [item.key, item]))
  const [happened, learnt]: [Change[], Change[]] = [[], []]
  for (const item of now) {
    const was = before.get(item.key)
    before.delete(item.key)
    if (was !== undefined && same(was, item)) {
      // Known of before it came: it comes by itself.
      if (item.at > since && item.at <= present && was.at > since) happened.push({ ...item, how: 'happened', before: null })
      continue
    }
    if (was !== undefined) learnt.push({ ...item, how: 'corrected', before: { title: was.title, detail: was.detail, day: was.day } })
    else if (item.at > present) happened.push({ ...item, how: 'planned', before: null })
    else if (item.at > since) happened.push({ ...item, how: 'happened', before: null })
    else learnt.push({ ...item, how: 'late', before: null })
  }
  const known = new Set(now.map(factKey))
  // What was to come and does not, while its fact stands, is told by what came instead.
  for (const item of before.values()) if (item.at <= since || !known.has(factKey(item))) learnt.push({ ...item, how: 'withdrawn', before: null })
  return { happened, learnt }
}
