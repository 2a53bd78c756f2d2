import { describe, expect, it } from 'vitest'
import { chooseFiles, filesOfDrop } from './chosen-files.ts'

const file = (name: string, content = 'a,b\n1,2\n') => new File([content], name)
const found = (path: string, content?: string) => ({ path, file: file(path.slice(path.lastIndexOf('/') + 1), content) })

describe('chooseFiles', () => {
  it('takes tables in the order of their names and says why the rest stays', () => {
    const { taken, left_out } = chooseFiles([
      found('x/costs.csv'),
      found('x/accounts.TSV'),
      found('x/book.xlsx'),
      found('x/notes.pdf'),
      found('x/all.zip'),
      found('x/none.csv', ''),
    ])
    expect(taken.map((item) => item.name)).toEqual(['accounts.TSV', 'costs.csv'])
    expect(left_out).toEqual([
      { name: 'all.zip', why: 'packed: unpack it first' },
      { name: 'book.xlsx', why: 'a spreadsheet: save the sheet as CSV' },
      { name: 'none.csv', why: 'empty' },
      { name: 'notes.pdf', why: 'not a CSV file' },
    ])
  })

  it('passes over hidden files and folders without a word', () => {
    expect(chooseFiles([found('x/.DS_Store'), found('x/.git/a.csv'), found('a.csv')])).toMatchObject({ taken: [{ name: 'a.csv' }], left_out: [] })
  })

  it('keeps the folder in the name only where two files would be alike', () => {
    const { taken } = chooseFiles([found('x/2024/charges.csv'), found('x/2025/charges.csv'), found('x/accounts.csv')])
    expect(taken.map((item) => item.name)).toEqual(['x/2024/charges.csv', 'x/2025/charges.csv', 'accounts.csv'])
  })
})

describe('filesOfDrop', () => {
  it('walks folders to the end, however many batches a folder is handed out in', async () => {
    const fileEntry = (name: string) => ({ isFile: true, fullPath: `/d/${name}`, file: (give: (f: File) => void) => give(file(name)) })
    const batches = [[fileEntry('a.csv'), fileEntry('b.csv')], [fileEntry('c.csv')], []]
    const folder = { isFile: false, fullPath: '/d', createReader: () => ({ readEntries: (give: (e: unknown[]) => void) => give(batches.shift() ?? []) }) }
    const data = { items: [{ kind: 'file', webkitGetAsEntry: () => folder }], files: [] } as unknown as DataTransfer
    expect((await filesOfDrop(data)).map((item) => item.path)).toEqual(['d/a.csv', 'd/b.csv', 'd/c.csv'])
  })
})
