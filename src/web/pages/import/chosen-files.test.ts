import { describe, expect, it } from 'vitest'
import { filesOfDrop } from './chosen-files.ts'

const file = (name: string) => new File(['a,b\n1,2\n'], name)

describe('filesOfDrop', () => {
  it('walks folders to the end, however many batches a folder is handed out in', async () => {
    const fileEntry = (name: string) => ({ isFile: true, fullPath: `/d/${name}`, file: (give: (f: File) => void) => give(file(name)) })
    const batches = [[fileEntry('a.csv'), fileEntry('b.csv')], [fileEntry('c.csv')], []]
    const folder = { isFile: false, fullPath: '/d', createReader: () => ({ readEntries: (give: (e: unknown[]) => void) => give(batches.shift() ?? []) }) }
    const data = { items: [{ kind: 'file', webkitGetAsEntry: () => folder }], files: [] } as unknown as DataTransfer
    expect((await filesOfDrop(data)).map((item) => item.path)).toEqual(['d/a.csv', 'd/b.csv', 'd/c.csv'])
  })
})
