import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { look } from './look.ts'

const path = (page: Page): string => new URL(page.url()).pathname + new URL(page.url()).search

/** The day of one CSM, of the team and of the company; whose it is stays chosen. */
async function seeWhoseDay(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('heading', { name: 'Needs you' }).waitFor()
  await look(page, '16-today')
  await page
    .getByLabel(/^CSM:?/)
    .last()
    .click()
  await page.getByRole('option').nth(1).click()
  await page.waitForURL(/csm=/)
  await page.goto(address)
  await page.waitForURL(/csm=/)
  await page.getByRole('button', { name: 'Team', exact: true }).click()
  await page.getByRole('heading', { name: 'Red line' }).waitFor()
  await look(page, '17-team')
  await page.getByRole('button', { name: 'Company', exact: true }).click()
  await page.getByRole('heading', { name: 'ARR by band' }).waitFor()
  await look(page, '18-company')
  await page.getByRole('button', { name: 'CSM', exact: true }).click()
  await page.getByRole('heading', { name: 'Needs you' }).waitFor()
}

/** A rule that cannot be read names its place; one that can is a form too, shows whom it matches, and is kept. */
async function makeSignal(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/signals`)
  await page.getByRole('link', { name: 'Make a signal' }).click()
  const sentence = page.getByRole('textbox', { name: 'As a sentence' })
  await sentence.fill('arr > many')
  await page.getByText('"many" is no number.').waitFor()
  await sentence.fill('arr > 1k and arr < 500k')
  await expect.poll(() => page.getByRole('button', { name: 'Remove this condition' }).count()).toBe(2)
  const save = page.getByRole('button', { name: 'Save the signal' })
  await page.getByRole('textbox', { name: 'Name' }).fill('Middle of the field')
  expect(await save.isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'See whom it matches' }).click()
  await page.getByRole('heading', { name: /^Today it matches \d+ accounts of \d+/ }).waitFor({ timeout: 60_000 })
  await look(page, '19-own-signal')
  await save.click()
  await page.getByRole('button', { name: 'Save a new version' }).waitFor()
  expect(path(page)).toBe('/signals/own/middle_of_the_field')
  await page.goto(`${address}/signals?tab=kinds`)
  await page.getByRole('link', { name: 'Middle of the field' }).click()
  await page.getByRole('heading', { name: 'Middle of the field' }).waitFor()
  await page.getByText('arr > 1000 and arr < 500000').waitFor()
  await look(page, '20-kind')
}

export async function seeToday(page: Page, address: string): Promise<void> {
  await seeWhoseDay(page, address)
  await makeSignal(page, address)
}
