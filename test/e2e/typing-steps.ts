import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from './look.ts'
import { drawer } from './steps.ts'

/** The meaning of a column by the first letters and Enter; what fits nothing leaves what stood there. */
export async function mapByTyping(page: Page): Promise<void> {
  const meaning = page.getByRole('combobox', { name: 'Meaning of note' })
  const stands = async (text: string): Promise<void> => {
    await settled(page)
    await expect.poll(() => meaning.inputValue()).toBe(text)
  }
  for (const [typed, chosen] of [
    ['regi', 'Region'],
    ['left', 'Left out'],
    ['no such column', 'Left out'],
  ] as const) {
    await meaning.click()
    await page.keyboard.type(typed)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await stands(chosen)
  }
}

/** An account by its name, and by a word of it with Enter before the answer can be there. */
export async function findByTyping(page: Page): Promise<void> {
  const box = page.getByRole('dialog', { name: 'Find' }).getByRole('combobox')
  await page.keyboard.press('Control+k')
  await box.fill('ginkgo')
  await page.getByRole('option', { name: /Ginkgo/ }).click()
  await drawer(page, 'Ginkgo').getByText('A07', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  await box.fill('DOGW')
  await page.keyboard.press('Enter')
  await drawer(page, 'Dogwood').getByText('A04', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}
