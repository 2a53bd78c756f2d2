import { expect, test } from 'vitest'
import { composed, plainId } from './ids.ts'

test('ids that look the same are one, others stay apart', () => {
  expect(['caf\u00e9', 'cafe\u0301', '\u200bcaf\u00e9', 'caf\u00e9\ufeff', 'ca\u00adf\u00e9'].map(plainId)).toEqual(Array(5).fill('caf\u00e9'))
  expect(['0010', 'a|b', 'A', 'a', '\u00c5', '\uff21'].map(plainId)).toEqual(['0010', 'a|b', 'A', 'a', '\u00c5', '\uff21'])
})
test('text is composed and keeps what joins its letters', () =>
  expect(['e\u0301', '\ud83d\udc69\u200d\ud83d\udcbb'].map(composed)).toEqual(['\u00e9', '\ud83d\udc69\u200d\ud83d\udcbb']))
