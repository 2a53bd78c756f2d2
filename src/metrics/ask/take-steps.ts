import { systemClock } from '../../kernel/clock.ts'
import type { Steps } from '../../kernel/steps.ts'

/** For so many milliseconds at most nothing else gets a turn, unless a single step takes longer. */
const TURN_MS = 25

/** Takes the steps with pauses in which all else goes on; throws the reason of a signal that fires meanwhile. */
export async function takeSteps<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  const now = (): number => systemClock.now().getTime()
  let began = now()
  for (;;) {
    signal?.throwIfAborted()
    const step = steps.next()
    if (step.done === true) return step.value
    if (now() - began < TURN_MS) continue
    await new Promise((resolve) => setTimeout(resolve, 0))
    began = now()
  }
}
