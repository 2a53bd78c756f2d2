import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from './look.ts'

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

/** An account by its name, and by a word of it with Enter before the answer can be there: each leads to its page. */
export async function findByTyping(page: Page): Promise<void> {
  const box = page.getByRole('dialog', { name: 'Find' }).getByRole('combobox')
  const stands = async (name: RegExp, id: string): Promise<void> => {
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('main').getByRole('heading', { level: 1, name }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/accounts/${id}`)
  }
  await page.keyboard.press('Control+k')
  await box.fill('ginkgo')
  await page.getByRole('option', { name: /Ginkgo/ }).click()
  await stands(/Ginkgo/, 'A07')
  await page.keyboard.press('Control+k')
  await box.fill('DOGW')
  await page.keyboard.press('Enter')
  await stands(/Dogwood/, 'A04')
}
