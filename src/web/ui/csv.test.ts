import { expect, it } from 'vitest'
import { toCsv } from './csv.ts'

it('quotes what must be quoted', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        ['x,y', 'say "hi"'],
        ['two\nlines', null],
      ],
    ),
  ).toBe('a,b\r\n"x,y","say ""hi"""\r\n"two\nlines",')
})

it('does not let a name run as a formula, and leaves numbers alone', () => {
  expect(toCsv(['a', 'b', 'c'], [['=SUM(A1)', '-12.5', -3]])).toBe("a,b,c\r\n'=SUM(A1),-12.5,-3")
})
