import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/engines/engines.ts'
import { findFiles } from './import-files.ts'

describe('a folder of files', () => {
  const folder = temporaryFolder()
  afterAll(folder.remove)

  it('is gone through once, whatever links lead around in it, and each of them is told', () => {
    mkdirSync(join(folder.path, 'old'))
    writeFileSync(join(folder.path, 'accounts.csv'), 'account_id\nA1\n')
    writeFileSync(join(folder.path, 'old', 'costs.csv'), 'day,amount\n2024-01-01,1\n')
    symlinkSync(folder.path, join(folder.path, 'old', 'around'))
    symlinkSync(join(folder.path, 'accounts.csv'), join(folder.path, 'also.csv'))
    const { taken, left_out } = findFiles([folder.path])
    expect(taken.map(({ name }) => name)).toEqual(['accounts.csv', 'also.csv', 'costs.csv'])
    expect(left_out).toEqual([{ name: 'old/around', why: 'a link to a folder' }])
  })
})
