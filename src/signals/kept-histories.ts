import type { AccountHistory } from '../health/history.ts'
import type { Histories } from './ports.ts'

/** Accounts whose histories are kept in memory between the passes of a day. */
const KEPT = 5000

/** Histories that are read once where they are few: passes after the first find them in memory. Of many each pass reads again. */
export function keptHistories(histories: Histories): Histories {
  let kept: readonly (readonly AccountHistory[])[] | null = null
  let areMany = false
  return {
    async *read(knownBy, accounts) {
      if (kept !== null && accounts === undefined) {
        yield* kept
        return
      }
      const chunks: (readonly AccountHistory[])[] = []
      let n = 0
      for await (const chunk of histories.read(knownBy, accounts)) {
        n += chunk.length
        areMany ||= n > KEPT
        if (areMany) chunks.length = 0
        else chunks.push(chunk)
        yield chunk
      }
      if (accounts === undefined && !areMany) kept = chunks
    },
  }
}
