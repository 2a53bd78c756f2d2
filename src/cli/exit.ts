import { BinnacleError } from '../kernel/errors.ts'

/** What the exit code of every command means. Scripts decide by it; the README lists it. */
export const EXIT = {
  ok: 0,
  /** Something failed, or what was asked cannot be done. */
  error: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** An import has refused rows (the others were recorded) or open questions (nothing was recorded). */
  incomplete: 3,
  /** An engine is missing, did not start, or does not answer. */
  engine: 4,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const isEngineFailure = (error: BinnacleError): boolean =>
  error.code.startsWith('engine_') || (error.status === 503 && /^(?:fact_store|workspace|engine)_/.test(error.code))

/** What the server says to a question that is wrong as it is written, or that names what there is not. */
const WRONG_AS_WRITTEN = /^(?:usage|not_found|empty_period|one_metric|(?:bad|no|unknown|too_many)_\w+)$/

export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof BinnacleError)) return EXIT.error
  if (error.status < 500 && WRONG_AS_WRITTEN.test(error.code)) return EXIT.usage
  return isEngineFailure(error) ? EXIT.engine : EXIT.error
}

/** The command line is wrong in a way that only the command can see. */
export const usage = (message: string, cure: string): BinnacleError => new BinnacleError('usage', message, { cure })
