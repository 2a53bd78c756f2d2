import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../kernel/clock.ts'
import { defaultSettings } from '../kernel/settings.ts'
import { openWorkspace } from '../stores/workspace.ts'
import type { Workspace } from '../stores/workspace.ts'
import { freshStores } from '../../test/engines/engines.ts'
import type { FreshStores } from '../../test/engines/engines.ts'
import { changeSetting, readSettingHistory, readSettings } from './settings.ts'

describe('settings of the workspace', () => {
  let stores: FreshStores
  let workspace: Workspace
  beforeAll(async () => {
    stores = await freshStores('private')
    workspace = await openWorkspace(stores.workspaceUrl, fixedClock('2024-01-01T00:00:00Z'))
  })
  afterAll(async () => {
    await workspace.close()
    await stores.close()
  })
  const change = (at: string, key: string, value: string) => changeSetting(workspace.db, fixedClock(at), key, value)

  test('have their usual values until somebody sets them', async () => {
    expect(await readSettings(workspace.db)).toEqual(defaultSettings)
  })

  test('keep every value they had, and none twice in a row', async () => {
    await change('2024-02-01T10:00:00Z', 'reporting_currency', 'eur')
    await change('2024-02-02T10:00:00Z', 'reporting_currency', 'EUR')
    const after = await change('2024-02-03T10:00:00Z', 'reporting_currency', 'GBP')
    expect([after.value, after.changed_at]).toEqual(['GBP', '2024-02-03T10:00:00.000Z'])
    expect((await readSettings(workspace.db)).reporting_currency).toBe('GBP')
    expect(await readSettingHistory(workspace.db, 'reporting_currency')).toEqual([
      { value: 'EUR', changed_at: '2024-02-01T10:00:00.000Z' },
      { value: 'GBP', changed_at: '2024-02-03T10:00:00.000Z' },
    ])
  })

  test('refuse what they cannot be, and say what they can', async () => {
    await expect(change('2024-03-01T00:00:00Z', 'churn_date', 'never')).rejects.toMatchObject({
      code: 'bad_setting',
      cure: expect.stringContaining('service_end'),
    })
    await expect(change('2024-03-01T00:00:00Z', 'zone', 'UTC')).rejects.toMatchObject({ code: 'not_found', status: 404 })
    expect((await readSettings(workspace.db)).churn_date).toBe('service_end')
  })
})
