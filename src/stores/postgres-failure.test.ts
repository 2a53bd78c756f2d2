import { expect, test } from 'vitest'
import { explainWorkspaceFailure } from './postgres-failure.ts'

const failure = (code: string | undefined, message = 'x'): Error => Object.assign(new Error(message), code === undefined ? {} : { code })

test.each([
  ['57P01', 'terminating connection due to administrator command', 'workspace_unreachable', 503, true],
  ['57P03', 'the database system is starting up', 'workspace_unreachable', 503, true],
  ['08006', 'connection failure', 'workspace_unreachable', 503, true],
  ['ENOENT', 'connect ENOENT /run/.s.PGSQL.5432', 'workspace_unreachable', 503, true],
  ['EPIPE', 'write EPIPE', 'workspace_unreachable', 503, true],
  [undefined, 'Connection terminated unexpectedly', 'workspace_unreachable', 503, true],
  [undefined, 'timeout exceeded when trying to connect', 'workspace_busy', 503, true],
  ['53300', 'sorry, too many clients already', 'workspace_busy', 503, true],
  ['55P03', 'canceling statement due to lock timeout', 'workspace_busy', 503, true],
  ['57014', 'canceling statement due to statement timeout', 'workspace_timeout', 503, true],
  [undefined, 'Query read timeout', 'workspace_timeout', 503, true],
  ['53100', 'could not extend file', 'workspace_disk_full', 507, true],
  ['58030', 'could not write to file: No space left on device', 'workspace_disk_full', 507, true],
  ['XX001', 'invalid page in block 0', 'workspace_damaged', 500, false],
  ['58P01', 'could not open file "base/1/2"', 'workspace_damaged', 500, false],
  ['28P01', 'password authentication failed', 'workspace_login_failed', 503, false],
  ['22021', 'invalid byte sequence for encoding "UTF8": 0x00', 'bad_text', 400, false],
  ['42P01', 'relation does not exist', 'workspace_query_failed', 500, false],
])('%s (%s) is %s', (code, message, expected, status, retry) => {
  const found = explainWorkspaceFailure(failure(code, message), 'SELECT 1')
  expect(found).toMatchObject({ code: expected, status, retry, details: { sql: 'SELECT 1' } })
  expect(status >= 500 && code !== '42P01' ? found.cure : 'none').not.toBe('')
})

test('what is explained already stays as it is', () => {
  const explained = explainWorkspaceFailure(failure('57P01'))
  expect(explainWorkspaceFailure(explained)).toBe(explained)
})
