import { expect, test } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

const DIMENSIONS = ['segment', 'region', 'csm', 'team', 'lifecycle_stage']

test('finds what a mistyped word stands for', () => {
  expect(nearest('segement', DIMENSIONS)).toEqual(['segment'])
  expect(nearest('Segmnet', DIMENSIONS)).toEqual(['segment'])
  expect(nearest('stage', DIMENSIONS)).toEqual(['lifecycle_stage'])
  expect(nearest('smb', ['ENT', 'SMB'])).toEqual(['SMB'])
})

test('guesses nothing that is far away', () => {
  expect(nearest('colour', DIMENSIONS)).toEqual([])
  expect(nearest('x', ['ENT', 'SMB'])).toEqual([])
})

test('names what there is, the first twenty', () => {
  expect(didYouMean('SBM', ['ENT', 'SMB'], 'Segments are')).toBe('Did you mean SMB? Segments are: ENT, SMB.')
  expect(
    didYouMean(
      'none',
      Array.from({ length: 22 }, (_, i) => `v${i}`),
      'They are',
    ),
  ).toMatch(/v19 and 2 more\.$/)
  expect(didYouMean('SBM', [], 'Segments are')).toBe('Segments are: none until facts that have some are recorded.')
})
