import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { look } from './look.ts'

/** All rows of a metric as a file. */
async function downloadRows(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Download' }).first().click()
  await page.getByRole('link', { name: 'Rows as Parquet' }).waitFor()
  await look(page, '13-download', '[aria-label=Download]')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Rows as CSV' }).click()])
  expect(file.suggestedFilename()).toBe('nrr-rows-2024-01-01-to-2024-06-30.csv')
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^Account,Name,/)
}

/** The catalog by the data it needs, where tickets are still to come, and by group. */
async function seeCatalogViews(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/metrics?period=2024-H1&view=data`)
  await page.getByRole('region', { name: 'Tickets' }).getByRole('link', { name: 'Add a file of tickets' }).first().waitFor()
  await look(page, '13-metrics-by-data')
  await page.goto(`${address}/metrics?period=2024-H1&view=group`)
  await page.getByRole('heading', { name: 'Feedback and Advocacy Metrics' }).waitFor()
}

/** Begins on the page of net revenue retention. */
export async function downloadAndSeeViews(page: Page, address: string): Promise<void> {
  await downloadRows(page)
  await seeCatalogViews(page, address)
}
