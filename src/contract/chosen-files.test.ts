import { describe, expect, it } from 'vitest'
import { chooseFiles } from './chosen-files.ts'

const found = (path: string, bytes = 8) => ({ path, bytes })

describe('chooseFiles', () => {
  it('takes tables in the order of their names and says why the rest stays', () => {
    const { taken, left_out } = chooseFiles([
      found('x/costs.csv'),
      found('x/accounts.TSV'),
      found('x/book.xlsx'),
      found('x/notes.pdf'),
      found('x/all.zip'),
      found('x/none.csv', 0),
      found('x/mapping.json'),
      found('x/events.ndjson'),
      found('x/LINES.JSONL'),
    ])
    expect(taken.map((item) => item.name)).toEqual(['LINES.JSONL', 'accounts.TSV', 'costs.csv', 'events.ndjson'])
    expect(left_out).toEqual([
      { name: 'all.zip', why: 'packed: unpack it first' },
      { name: 'book.xlsx', why: 'a spreadsheet: save the sheet as CSV' },
      { name: 'mapping.json', why: 'JSON: where each line is an object, end its name in .ndjson' },
      { name: 'none.csv', why: 'empty' },
      { name: 'notes.pdf', why: 'neither CSV nor JSON lines by its name' },
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
