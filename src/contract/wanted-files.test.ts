import { expect, test } from 'vitest'
import { wantedFiles } from './wanted-files.ts'

const kind = (files: string) => ({ fact: files, files })

test.each([
  [[], ''],
  [[[kind('tickets')]], 'Add a file of tickets'],
  [[[kind('tickets')], [kind('usage events')]], 'Add files of tickets and of usage events'],
  [[[kind('advocacy acts'), kind('referrals')]], 'Add a file of advocacy acts or referrals'],
  [[[kind('a')], [kind('b')], [kind('c')]], 'Add files of a, of b and of c'],
])('%j reads %s', (missing, words) => {
  expect(wantedFiles(missing)).toBe(words)
})
