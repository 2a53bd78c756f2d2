import { expect, test } from 'vitest'
import { PHASES, TRANSITIONS, movesOf, phaseOf, refusalOf, storedAs } from './states.ts'

test('every event leads somewhere or is refused in words, in every phase', () => {
  const events = Object.keys(TRANSITIONS.draft)
  for (const phase of PHASES)
    for (const [event, next] of Object.entries(TRANSITIONS[phase]))
      if (typeof next === 'string') expect(PHASES, `${event} in ${phase}`).toContain(next)
      else
        expect(
          [next.code, next.says, next.cure].map((text) => text.length > 0),
          `${event} in ${phase}`,
        ).toEqual([true, true, true])
  for (const phase of PHASES) expect(Object.keys(TRANSITIONS[phase]), phase).toEqual(events)
})

test('a phase is told from how it is stored', () => {
  for (const phase of PHASES) {
    const undone_at = phase === 'undoing' || phase === 'receding' || phase === 'undone' ? '2024-01-01T00:00:00.000000Z' : null
    const progress = phase === 'undone' || phase === 'done' ? null : { step: 'refreshing', done: 0, total: null }
    expect(phaseOf({ state: storedAs(phase), undone_at, progress })).toBe(phase)
  }
})

test('facts that were recorded are never thrown away or recorded twice, only taken back', () => {
  expect(movesOf('discard').map(({ from }) => from)).toEqual(['draft', 'failed'])
  expect(movesOf('commit')).toEqual([{ from: 'draft', to: 'committing' }])
  expect(movesOf('undo')).toEqual([{ from: 'done', to: 'undoing' }])
  expect(PHASES.filter((phase) => refusalOf(phase, 'redo') === null)).toEqual(['undone'])
  expect(refusalOf('receding', 'redo')?.message).toBe('The import is still being undone.')
})
