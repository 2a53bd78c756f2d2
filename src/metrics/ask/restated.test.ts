import { expect, it } from 'vitest'
import { restatementsOf } from './restated.ts'

const told = (import_id: string, recorded: string, ...days: string[]) =>
  days.map((from) => ({ import_id, recorded: `${recorded}T09:00:00.000000Z`, from, until: from }))
const days = (...all: ReturnType<typeof told>[]) => restatementsOf(all.flat(), 'UTC').map(({ from, closed }) => [from, closed])

it('takes a first import as on time, however far back it tells', () => {
  expect(days(told('1', '2024-06-02', '2023-01-05', '2024-05-31'))).toEqual([])
})
it('takes each month as on time that comes after the one before', () => {
  expect(days(told('1', '2024-05-02', '2024-04-05', '2024-04-30'), told('2', '2024-06-02', '2024-05-03', '2024-05-30'))).toEqual([])
})
it('finds what is told of a day before one that was known already', () => {
  expect(days(told('1', '2024-05-02', '2024-03-05', '2024-04-30'), told('2', '2024-05-09', '2024-03-20'), told('3', '2024-06-02', '2024-05-03'))).toEqual([
    ['2024-03-20', '2024-04-30'],
  ])
})
it('lets what is scheduled for days to come close nothing', () => {
  expect(days(told('1', '2024-05-02', '2024-04-05', '2025-01-01'), told('2', '2024-06-02', '2024-05-03'))).toEqual([])
})
