import { expect, test } from 'vitest'
import { escapeFormula, unescapeFormula } from './spreadsheet.ts'

const RUN = ['=1+1', '+CALL()', '-x', '@SUM(A1)', '\t=1', '\r=1', '\uff1d1+1', '\uff0bCALL()', '\uff0d2+3', '\uff20SUM(A1)']

test('what a spreadsheet would run is told apart from numbers, and can be brought back', () => {
  expect(RUN.map(escapeFormula)).toEqual(RUN.map((cell) => `'${cell}`))
  expect(RUN.map(escapeFormula).map(unescapeFormula)).toEqual(RUN)
  const plain = ['-5', '-1,234.50', '+7', '-12 %', 'a=b', '', "'tis"]
  expect(plain.map(escapeFormula)).toEqual(plain)
  expect(plain.map(unescapeFormula)).toEqual(plain)
})
