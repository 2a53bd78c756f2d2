import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { look } from './look.ts'
import { cellsOf } from './steps.ts'

const search = (page: Page): URLSearchParams => new URL(page.url()).searchParams
const table = (page: Page) => page.getByRole('table', { name: 'Accounts', exact: true })

/** The names in the list, once there are so many. */
async function namesOf(page: Page, count: number): Promise<string[]> {
  await page.getByText(`${count} accounts`, { exact: true }).waitFor()
  return (await cellsOf(table(page))).map(([, name = '']) => name)
}

/** A metric becomes a column, the order follows it, and a condition on it leaves accounts out. */
async function chooseAndFilter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Columns', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Find a column' }).fill('gross revenue')
  await page.getByRole('checkbox', { name: 'Gross revenue retention' }).click()
  await table(page).getByRole('button', { name: 'Gross revenue retention' }).waitFor()
  await look(page, '20-account-columns', '[aria-label="Columns of the list"]')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Condition', exact: true }).click()
  await page.getByRole('combobox', { name: 'Column of the condition' }).fill('Annual recurring')
  await page.getByRole('option', { name: /^Annual recurring revenue/ }).click()
  await page.getByRole('combobox', { name: /^Compare/ }).click()
  await page.getByRole('option', { name: 'is at least' }).click()
  await page.getByRole('textbox', { name: 'Value' }).fill('5000')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText('Annual recurring revenue is at least 5000').waitFor()
  expect(search(page).getAll('filter')).toEqual(['arr >= 5000'])
}

/** Rows are chosen by a range, stand side by side, and are taken out as a file. */
async function chooseAndCompare(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole('checkbox', { name: `Choose ${names[0]}`, exact: true }).click()
  await page.getByRole('checkbox', { name: `Choose ${names[2]}`, exact: true }).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('toolbar', { name: 'Chosen accounts' })
  await bar.getByText('3 accounts chosen').waitFor()
  await look(page, '21-accounts-chosen')
  await bar.getByRole('button', { name: 'Download' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '3 accounts as CSV' }).click()])
  expect(
    readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n'),
  ).toHaveLength(4)
  await bar.getByRole('link', { name: 'Compare' }).click()
  const compared = page.getByRole('table', { name: 'Accounts side by side' })
  await compared.getByRole('rowheader', { name: 'Annual recurring revenue' }).waitFor()
  for (const name of names.slice(0, 3)) await compared.getByRole('columnheader', { name }).waitFor()
  await look(page, '22-accounts-compared')
  await page.goBack()
}

/** A list is saved under a name and filters the revenue board. */
async function saveAndUse(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lists', exact: true }).click()
  await page.getByRole('textbox', { name: 'Name of the list' }).fill('Paying five thousand')
  await look(page, '23-lists', '[aria-label="Lists of accounts"]')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved Paying five thousand').waitFor()
  await page.getByRole('region', { name: 'Notes' }).getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('group', { name: 'Dimension' }).getByRole('button', { name: 'Saved list' }).click()
  await page.getByRole('checkbox', { name: 'Paying five thousand' }).click()
  await page.keyboard.press('Escape')
  expect(search(page).getAll('where')).toEqual(['segment_of=paying_five_thousand'])
}

/** The list of all accounts of the golden company, as of the end of the first half of 2024. */
export async function listAccounts(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/accounts?period=2024-H1&as_of=2024-06-30`)
  const all = await namesOf(page, 10)
  expect(new Set(all).size).toBe(10)
  await look(page, '19-accounts')
  await chooseAndFilter(page)
  await page.getByText(/^\d accounts$/).waitFor()
  const rich = (await cellsOf(table(page))).map(([, name = '']) => name)
  expect(rich.length).toBeLessThan(all.length)
  await table(page).getByRole('button', { name: 'Account', exact: true }).click()
  await page.waitForFunction(() => new URL(location.href).searchParams.get('sort') === 'name')
  await page.waitForFunction(() => document.querySelector('main [aria-busy=true]') === null)
  const sorted = (await cellsOf(table(page))).map(([, name = '']) => name)
  expect(sorted).toEqual([...rich].sort())
  await chooseAndCompare(page, sorted)
  await saveAndUse(page)
  expect(await namesOf(page, sorted.length)).toEqual(sorted)
  await table(page).locator('tbody tr[data-row="0"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => new URL(location.href).searchParams.has('account') || /^\/accounts\/[^/]+$/.test(location.pathname))
}
