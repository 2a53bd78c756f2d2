import { ClickHouseError } from '@clickhouse/client'
import { BinnacleError } from '../kernel/errors.ts'
import { CutAnswer } from './clickhouse-answer.ts'
import { bare } from '../kernel/bare.ts'

interface FailedCall {
  sql: string
  /** Names only: values may be personal data. */
  parameters: readonly string[]
  server: string
  /** Who gave the call up before it had an answer. */
  ended: 'by the caller' | 'by the time limit' | null
}

interface Meaning {
  code: string
  cure: string
  retry: boolean
  status: number
}

const timeout: Meaning = {
  code: 'fact_store_timeout',
  cure: 'Ask for a shorter period or fewer accounts, or allow more seconds.',
  retry: false,
  status: 504,
}
const outOfMemory: Meaning = {
  code: 'fact_store_out_of_memory',
  cure: 'Ask for less at once, or give the fact store more memory.',
  retry: true,
  status: 503,
}
const tooLarge: Meaning = {
  code: 'answer_too_large',
  cure: 'Ask for a shorter period, a coarser grain, or a dimension with fewer values.',
  retry: false,
  status: 400,
}
const unreachable: Meaning = {
  code: 'fact_store_unreachable',
  cure: 'The fact store is starting or away; try again in a moment.',
  retry: true,
  status: 503,
}
const busy: Meaning = { code: 'fact_store_busy', cure: 'Try again in a moment.', retry: true, status: 503 }
const cut: Meaning = {
  code: 'fact_store_answer_cut',
  cure: 'Try again; if it stays so, look whether a disk of the fact store is full.',
  retry: true,
  status: 503,
}
export const DISK_FULL = {
  code: 'disk_full',
  cure: 'Free some space on it: all that was acknowledged is kept, and what was refused can be sent again.',
  retry: true,
  status: 507,
} as const satisfies Meaning
const damaged: Meaning = {
  code: 'fact_store_damaged',
  cure: 'Look at /health or run binnacle doctor: they name what cannot be read and how to bring it back.',
  retry: false,
  status: 503,
}
const failed: Meaning = { code: 'fact_store_query_failed', cure: 'The SQL is in the details.', retry: false, status: 500 }

/** Numbers of https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const meanings: Record<string, Meaning> = bare({
  '159': timeout, // TIMEOUT_EXCEEDED
  '160': timeout, // TOO_SLOW
  '209': unreachable, // SOCKET_TIMEOUT
  '210': unreachable, // NETWORK_ERROR
  '241': outOfMemory, // MEMORY_LIMIT_EXCEEDED
  '396': tooLarge, // TOO_MANY_ROWS_OR_BYTES
  '202': busy, // TOO_MANY_SIMULTANEOUS_QUERIES
  '252': busy, // TOO_MANY_PARTS
  '279': unreachable, // ALL_CONNECTION_TRIES_FAILED
  '243': DISK_FULL, // NOT_ENOUGH_SPACE
  '33': damaged, // CANNOT_READ_ALL_DATA
  '40': damaged, // CHECKSUM_DOESNT_MATCH
  '107': damaged, // FILE_DOESNT_EXIST
  '246': damaged, // CORRUPTED_DATA
  '516': { ...failed, cure: 'Check the user and password in CLICKHOUSE_URL.' }, // AUTHENTICATION_FAILED
})

/** One line of what the engine said, without the values that it quotes when it cannot read one: they may be personal data. */
const firstLine = (text: string): string =>
  (text.split('\n')[0] ?? '')
    .replace(/(expected .{1,40}? before: ).*?(?=: \(|$)/, '$1...')
    .replace(/(.*?)\b[Vv]alue .* cannot be parsed as/, 'A value cannot be parsed as')
    .slice(0, 500)

/** Says what a failed call to the fact store means, in the words and codes of this program. */
export function explainFailure(error: unknown, call: FailedCall): BinnacleError {
  const details: Record<string, unknown> = { sql: call.sql, parameters: call.parameters, server: call.server }
  const make = (meaning: Meaning, message: string): BinnacleError => new BinnacleError(meaning.code, message, { ...meaning, details, cause: error })
  if (call.ended === 'by the caller') {
    return make({ code: 'fact_store_query_aborted', cure: 'Ask again if the answer is still wanted.', retry: true, status: 499 }, 'The query was given up.')
  }
  if (call.ended === 'by the time limit') return make(timeout, 'The fact store did not answer in time.')
  if (error instanceof ClickHouseError) {
    details['clickhouse_code'] = error.code
    details['clickhouse_type'] = error.type
    // ClickHouse has no code of its own for every call that met a full disk.
    if (/No space left on device|errno: 28\b/.test(error.message) || meanings[error.code] === DISK_FULL)
      return make(DISK_FULL, 'The disk of the fact store is full.')
    return make(meanings[error.code] ?? failed, `The fact store refused a query: ${firstLine(error.message)}`)
  }
  if (error instanceof CutAnswer) return make(cut, error.message)
  const reason = error as NodeJS.ErrnoException
  const networkCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_SOCKET']
  if (networkCodes.includes(reason?.code ?? '') || /socket hang up|aborted/i.test(reason?.message ?? '')) {
    return make(unreachable, `The fact store at ${call.server} does not answer (${reason.code ?? reason.message}).`)
  }
  return make(failed, `A query to the fact store failed: ${firstLine(reason?.message ?? String(error))}`)
}

/** The failure that ClickHouse writes at the end of an answer it had begun, null when there is none. */
export function failureInTail(tail: string): ClickHouseError | null {
  const found = /__exception__\r?\n[^\n]*\r?\nCode: (\d+)\. DB::Exception: ([^\n]*)/.exec(tail)
  if (found === null) return null
  const [, code = '', message = ''] = found
  return new ClickHouseError({ message, code, type: /\(([A-Z_0-9]+)\)/.exec(message)?.[1] })
}
