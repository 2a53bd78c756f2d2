const wasReset = (error: unknown): boolean =>
  error instanceof Error && ((error as NodeJS.ErrnoException).code === 'ECONNRESET' || error.message === 'socket hang up')

/** The names under which a query is asked: once as it is called, and again where its connection was gone; the engine may still be at an earlier one. */
export const namesOf = (queryId: string): string[] => [queryId, `${queryId}-again`, `${queryId}-once-more`]

/** Lets the sockets that were closed meanwhile leave the pool. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

/**
 * A connection that was kept open may be closed by the engine in the moment it is used again, and the next one of the pool
 * likewise. Then a read, which changes nothing, is asked again, at most twice.
 */
export async function askAgain<T>(
  { queryId, signal }: { readonly queryId: string; readonly signal: AbortSignal },
  ask: (queryId: string) => Promise<T>,
): Promise<T> {
  const [first = queryId, ...others] = namesOf(queryId)
  let asked = ask(first)
  for (const name of others) {
    try {
      return await asked
    } catch (error) {
      if (!wasReset(error) || signal.aborted) throw error
      await breath()
      asked = ask(name)
    }
  }
  return asked
}
