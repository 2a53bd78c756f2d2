import { expect, test } from 'vitest'
import { fixedClock } from '../../kernel/clock.ts'
import { defaultSettings } from '../../kernel/settings.ts'
import type { Imports } from './imports.ts'
import { createSampleLoading } from './sample.ts'
import type { ImportRecord } from './types.ts'

const loading = (holdsFacts: boolean, undone: Partial<ImportRecord>) =>
  createSampleLoading(
    { holdsFacts: async () => holdsFacts, read: async () => undone, redo: async (id: string) => ({ ...undone, id: `${id} again` }) } as unknown as Imports,
    { clock: fixedClock('2026-07-20T12:00:00Z'), settings: async () => defaultSettings },
  )

test('the sample company comes only where nothing else counts, the second time as the first', async () => {
  const full = loading(true, { sample: true })
  await expect(full.loadSample()).rejects.toMatchObject({ code: 'workspace_not_empty' })
  await expect(full.redoImport('sample')).rejects.toMatchObject({ code: 'workspace_not_empty' })
  expect(await loading(false, { sample: true }).redoImport('sample')).toMatchObject({ id: 'sample again' })
  expect(await loading(true, { sample: false }).redoImport('other')).toMatchObject({ id: 'other again' })
})
