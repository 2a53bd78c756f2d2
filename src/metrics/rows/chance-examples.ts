import type { Example, Said } from '../kit/example.ts'

const past = (account: string, band: Said['band'], phase: Said['phase'], count: number): Said => ({
  account,
  count,
  day: '2022-12-31',
  score: 50,
  band,
  arr: 100,
  phase,
})

/**
 * Of customers whose deadline is later 6 of 20 red ones, 5 of 60 amber and 2 of 120 green ones decided to leave within 90 days; of
 * those near theirs 6 of 10 red and 6 of 70 green ones.
 */
export const pastDecisions: Pick<Example, 'said' | 'past' | 'ask'> = {
  past: {
    said: [
      { account: 'first', day: '2022-10-01', score: 50, band: 'amber', arr: 100 },
      past('red', 'red', 'later', 20),
      past('amber', 'amber', 'later', 60),
      past('green', 'green', 'later', 120),
      past('near red', 'red', 'in_window', 10),
      past('near green', 'green', 'in_window', 70),
    ],
    decided: [
      { account: 'red', count: 6, on: '2023-01-31' },
      { account: 'amber', count: 5, on: '2023-03-31' },
      { account: 'green', count: 2, on: '2023-02-28' },
      { account: 'near red', count: 6, on: '2023-01-15' },
      { account: 'near green', count: 6, on: '2023-01-15' },
      // After the horizon, and taken back.
      { account: 'green', from: 2, count: 1, on: '2023-04-01' },
      { account: 'green', from: 3, count: 1, on: '2023-02-01', taken_back_on: '2023-02-10' },
    ],
  },
  said: [
    { account: 'r', day: '2023-04-30', score: 20, band: 'red', arr: 12000, phase: 'later', next_deadline: '2023-12-29' },
    { account: 'a', day: '2023-04-30', score: 50, band: 'amber', arr: 30000, phase: 'later', next_deadline: '2023-12-29' },
    { account: 'g', day: '2023-04-30', score: 90, band: 'green', arr: 60000, phase: 'later', next_deadline: '2023-12-29' },
    { account: 'd', day: '2023-04-30', score: 10, band: 'red', arr: 9000 },
  ],
  ask: { from: '2023-04-01', until: '2023-05-01' },
}
