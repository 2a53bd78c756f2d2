import type { Clock } from '../kernel/clock.ts'

/** Longest that a timer of Node waits; and a clock that was set, or a zone that was changed, is seen within it. */
const LONGEST_MS = 3_600_000

/** Calls `wake` at each instant that `next` names, which is asked again after each. Returns what ends it. */
export function wakeAt(next: () => Promise<Date>, wake: () => void, clock: Clock): () => void {
  let timer: NodeJS.Timeout | null = null
  let isOver = false
  const wait = async (due: Date | null): Promise<void> => {
    const at = await next().catch(() => null)
    if (isOver) return
    // The instant that was waited for has passed once the next one is a later one.
    if (due !== null && at !== null && at > due) wake()
    const left = at === null ? LONGEST_MS : Math.max(0, at.getTime() - clock.now().getTime()) + 1000
    timer = setTimeout(() => void wait(at), Math.min(left, LONGEST_MS))
    timer.unref()
  }
  void wait(null)
  return () => {
    isOver = true
    if (timer !== null) clearTimeout(timer)
  }
}
