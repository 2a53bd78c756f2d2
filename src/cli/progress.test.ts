import { expect, test } from 'vitest'
import { Progress } from './progress.ts'

function watched(isTTY: boolean) {
  const written: string[] = []
  let now = 0
  const progress = new Progress({ isTTY, write: (text) => written.push(text) }, () => now)
  return { written, progress, at: (ms: number) => void (now = ms) }
}

test('piped, a line every ten seconds says how far it is', () => {
  const { written, progress, at } = watched(false)
  for (const [ms, done] of [
    [0, 1],
    [9_900, 20],
    [10_000, 25],
    [12_000, 30],
    [20_100, 50],
    [29_000, 60],
  ] as const) {
    at(ms)
    progress.show('reading charges.csv', done, 100)
  }
  at(31_000)
  progress.show('refreshing', 0, null)
  progress.clear()
  expect(written).toEqual(['reading charges.csv: 25 %\n', 'reading charges.csv: 50 %\n', 'refreshing\n'])
})

test('on a terminal one line is drawn over, and taken away at the end', () => {
  const { written, progress } = watched(true)
  progress.show('recording', 1, 2)
  progress.show('recording', 1, 2)
  progress.clear()
  progress.clear()
  expect(written).toEqual(['\r\u001b[2K[============            ] 50 %  recording', '\r\u001b[2K'])
})
