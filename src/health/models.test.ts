import { describe, expect, test } from 'vitest'
import { DEFAULT_MODEL } from './default-model.ts'
import type { HealthModels, ModelPlace } from './models.ts'
import { USUAL_MODELS, attributesAsked, modelFor, modelsOf, shadowsFor } from './models.ts'

const named = (id: string) => ({ ...DEFAULT_MODEL, id })
const models = (...order: ModelPlace[]): HealthModels => ({ order, models: new Map(['default', 'smb', 'suite', 'next'].map((id) => [id, named(id)])) })
const account = (segment: string, ...products: string[]) => ({ attributes: { segment }, products })

describe('the model of an account', () => {
  const all = models(
    { model: 'next', where: { segment: ['SMB'] }, state: 'shadow' },
    { model: 'suite', where: { segment: ['SMB', 'Mid'], product: ['Suite'] }, state: 'on' },
    { model: 'smb', where: { segment: ['SMB'] }, state: 'on' },
    { model: 'default', where: {}, state: 'on' },
  )
  test.each([
    [account('SMB', 'Core', 'Suite'), 'suite'],
    [account('SMB', 'Core'), 'smb'],
    [account('Mid', 'Core'), 'default'],
    [account('Enterprise', 'Suite'), 'default'],
    [{ attributes: {}, products: [] }, 'default'],
  ])('%j is the first whose filter it meets', (one, id) => {
    expect(modelFor(all, one).id).toBe(id)
  })
  test('in shadow stands beside, and is never the one in force', () => {
    expect(shadowsFor(all, account('SMB')).map(({ id }) => id)).toEqual(['next'])
    expect(shadowsFor(all, account('Mid'))).toEqual([])
    expect(modelsOf(all, 'on').map(({ id }) => id)).toEqual(['suite', 'smb', 'default'])
    expect(attributesAsked(all)).toEqual(['segment', 'product'])
  })
  test('is the default while nobody made one, and where no filter is met', () => {
    expect(modelFor(USUAL_MODELS, account('SMB'))).toBe(DEFAULT_MODEL)
    expect(modelFor(models({ model: 'smb', where: { segment: ['SMB'] }, state: 'on' }), account('Mid'))).toBe(DEFAULT_MODEL)
  })
})
