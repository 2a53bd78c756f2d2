import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { settled } from './look.ts'
import { drawer } from './steps.ts'

/** One metric of each kind there is. */
const OF_KIND: Readonly<Record<string, string>> = {
  stock: 'arr',
  flow: 'churned_mrr',
  p2p: 'grr',
  window: 'csat',
  cohort: 'renewal_rate',
  index: 'north_star',
  model: 'clv_sbg',
}

/** A stranger opens the page of a metric, reads what it means, and is at its rows in two clicks. */
async function openRows(page: Page, address: string, id: string): Promise<void> {
  const { name } = BUILT_IN.all.find((metric) => metric.id === id) ?? { name: id }
  await page.goto(`${address}/metrics/${id}`)
  await page.getByRole('heading', { name, exact: false }).first().waitFor()
  const definition = page.getByRole('region', { name: 'Definition' })
  await definition.getByText('With its numbers').waitFor()
  expect((await definition.innerText()).length, id).toBeGreaterThan(200)
  await page
    .getByRole('main')
    .locator('button', { has: page.locator('.text-figure') })
    .click()
  await drawer(page, name).getByRole('button', { name: 'All rows behind this number' }).click()
  const rows = page.getByRole('dialog', { name: `${name}: rows` })
  await rows.locator('tbody tr[data-row]').first().waitFor()
  await settled(page)
  expect(await rows.locator('tbody tr[data-row]').count(), id).toBeGreaterThan(0)
}

/** Needs the sample company. */
export async function openEveryKind(page: Page, address: string): Promise<void> {
  expect(Object.keys(OF_KIND).sort()).toEqual([...new Set(BUILT_IN.all.map(({ kind }) => kind))].sort())
  for (const [kind, id] of Object.entries(OF_KIND)) {
    expect(BUILT_IN.all.find((metric) => metric.id === id)?.kind, id).toBe(kind)
    await openRows(page, address, id)
  }
}
