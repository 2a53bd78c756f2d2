import { BinnacleError } from '../kernel/errors.ts'

interface Meaning {
  code: string
  message: string
  cure: string
  retry: boolean
  status: number
}

const unreachable: Meaning = {
  code: 'workspace_unreachable',
  message: 'The workspace store does not answer',
  cure: 'It is starting or away; try again in a moment.',
  retry: true,
  status: 503,
}
const busy: Meaning = { code: 'workspace_busy', message: 'The workspace store is busy', cure: 'Try again in a moment.', retry: true, status: 503 }
const timeout: Meaning = {
  code: 'workspace_timeout',
  message: 'The workspace store did not answer in time',
  cure: 'Try again in a moment.',
  retry: true,
  status: 503,
}
const full: Meaning = {
  code: 'workspace_disk_full',
  message: 'The disk of the workspace store is full',
  cure: 'Free some of it; what was acknowledged is safe.',
  retry: true,
  status: 507,
}
const damaged: Meaning = {
  code: 'workspace_damaged',
  message: 'Files of the workspace store are damaged',
  cure: 'Stop Binnacle and bring the data directory back from a backup; the details are in the log.',
  retry: false,
  status: 500,
}
const refused: Meaning = {
  code: 'workspace_login_failed',
  message: 'The workspace store refused the connection',
  cure: 'Check the user, password and database in DATABASE_URL, and that the user may create tables.',
  retry: false,
  status: 503,
}
const text: Meaning = {
  code: 'bad_text',
  message: 'A text holds a character that cannot be stored',
  cure: 'Send text without zero bytes, encoded as UTF-8.',
  retry: false,
  status: 400,
}
const failed: Meaning = { code: 'workspace_query_failed', message: 'A query to the workspace store failed', cure: '', retry: false, status: 500 }

/** By SQLSTATE, a whole one before its class: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['08', unreachable],
  ['57P', unreachable], // shut down, crashed, not yet ready
  ['57014', timeout], // query_canceled: statement_timeout
  ['25P03', timeout], // idle_in_transaction_session_timeout
  ['53100', full], // disk_full
  ['53', busy], // too_many_connections, out_of_memory
  ['55P03', busy], // lock_not_available
  ['40', busy], // deadlock, serialisation
  ['XX001', damaged], // data_corrupted
  ['XX002', damaged], // index_corrupted
  ['58', damaged], // a file of the engine is missing or cannot be read
  ['28', refused],
  ['3D', refused],
  ['42501', refused],
  ['22021', text],
  ['22P05', text],
])

/** What the driver and the system say where there is no SQLSTATE. */
const UNREACHABLE = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EACCES)$/
const BROKEN = /Connection terminated|Client has encountered a connection error|Client was closed|not queryable|socket|Cannot use a pool after/i

function meaningOf({ code = '', message = '' }: { code?: string; message?: string }): Meaning {
  if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')) {
    // An input/output error on a full disk comes as one of the class of damaged files.
    if (/No space left on device/.test(message)) return full
    return meanings.get(code) ?? meanings.get(code.slice(0, 3)) ?? meanings.get(code.slice(0, 2)) ?? failed
  }
  if (UNREACHABLE.test(code) || BROKEN.test(message)) return unreachable
  if (/timeout exceeded when trying to connect|aborted due to timeout/.test(message)) return busy
  if (/timeout/i.test(message)) return timeout
  return failed
}

/** Says what a failed call to the workspace store means, in the words and codes of this program. `sql` without values: they may be personal data. */
export function explainWorkspaceFailure(error: unknown, sql?: string): BinnacleError {
  if (error instanceof BinnacleError) return error
  const reason = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as { code?: string; message?: string }
  const { message, ...meaning } = meaningOf(reason)
  const said = (reason.code ?? reason.message ?? '').slice(0, 200)
  return new BinnacleError(meaning.code, said === '' ? `${message}.` : `${message} (${said}).`, {
    ...meaning,
    details: sql === undefined ? {} : { sql },
    cause: error,
  })
}
