const wasReset = (error: unknown): boolean =>
  error instanceof Error && ((error as NodeJS.ErrnoException).code === 'ECONNRESET' || error.message === 'socket hang up')

/** The name under which a query is asked once more: the engine may still be at the first. */
export const again = (queryId: string): string => `${queryId}-again`

/** A connection that was kept open may be closed by the engine in the moment it is used again. Then a read, which changes nothing, is asked once more. */
export async function askTwice<T>(
  { queryId, signal }: { readonly queryId: string; readonly signal: AbortSignal },
  ask: (queryId: string) => Promise<T>,
): Promise<T> {
  try {
    return await ask(queryId)
  } catch (error) {
    if (!wasReset(error) || signal.aborted) throw error
    return ask(again(queryId))
  }
}
