import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

const RELOADS = 20

/** Controls of the board whose code comes after the board itself: how each is pressed, and what then opens. */
const CONTROLS: readonly ((page: Page) => readonly [control: Locator, opened: Locator])[] = [
  (page) => [page.getByLabel(/^Compare:/), page.getByRole('option', { name: 'No comparison' })],
  (page) => [page.getByRole('button', { name: 'As of now' }), page.getByRole('dialog', { name: 'As of' })],
  (page) => [page.getByRole('button', { name: 'More of MRR bridge' }), page.getByRole('menuitem', { name: 'Show as table' })],
  (page) => [page.getByLabel(/^Metric:/), page.getByRole('option').first()],
]

/** Reloads as quickly as a person can and presses at once: each press opens what it is for. */
export async function pressAfterReloads(page: Page): Promise<void> {
  for (let i = 0; i < RELOADS; i++) {
    await page.reload({ waitUntil: 'commit' })
    const [compare, list] = CONTROLS[0]?.(page) ?? []
    await compare?.click()
    await list?.waitFor()
    await page.keyboard.press('Escape')
    const [control, opened] = CONTROLS[i % CONTROLS.length]?.(page) ?? []
    await control?.click()
    await opened?.waitFor()
    await page.keyboard.press('Escape')
  }
}

/** Code that is slow to come: the press on what stands in its place is kept, and opens the list when it is here. */
export async function pressBeforeItIsHere(page: Page): Promise<void> {
  let held = 0
  await page.route(/\/opening-/, async (route) => {
    held++
    await new Promise((go) => setTimeout(go, 800))
    await route.continue()
  })
  await page.reload({ waitUntil: 'commit' })
  await page.getByLabel(/^Compare:/).click()
  await page.getByRole('option', { name: 'No comparison' }).waitFor()
  await page.keyboard.press('Escape')
  await page.unroute(/\/opening-/)
  expect(held).toBe(1)
}
