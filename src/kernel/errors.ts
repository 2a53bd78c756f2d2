/**
 * Every error a person may meet says what is wrong, the cure, and whether trying again can help.
 * `code` is stable: the API, the command line and the tests read it, never the sentence.
 */
export class BinnacleError extends Error {
  readonly code: string
  readonly cure: string
  readonly retry: boolean
  readonly status: number
  readonly details: Record<string, unknown>

  constructor(
    code: string,
    message: string,
    options: { cure?: string; retry?: boolean; status?: number; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'BinnacleError'
    this.code = code
    this.cure = options.cure ?? ''
    this.retry = options.retry ?? false
    this.status = options.status ?? 400
    this.details = options.details ?? {}
  }
}

/** What was asked cannot be done as asked; the person can mend it. */
export const refuse = (code: string, message: string, cure: string, details?: Record<string, unknown>): BinnacleError =>
  new BinnacleError(code, message, { cure, details })

/** What was named does not exist. */
export const notFound = (what: string, id: string, cure: string): BinnacleError =>
  new BinnacleError('not_found', `There is no ${what} "${id}".`, { cure, status: 404 })

/** The error of ours that one is or was caused by, since drivers wrap what they are handed; null when there is none. */
export function ownError(error: unknown): BinnacleError | null {
  // By name, not by class: development reloads modules, and an error of the module before is still ours.
  for (let one = error; one instanceof Error; one = one.cause) if (one.name === 'BinnacleError') return one as BinnacleError
  return null
}

/** Whether something of ours failed, an engine or the program itself, and not what was asked. */
export const isOurFault = (error: unknown): boolean => (ownError(error)?.status ?? 500) >= 500
