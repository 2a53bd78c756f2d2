/** What people do and see, by the names they see. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { root } from '../../bin/sources.mjs'

export const companyFolder = join(root, 'test/golden/company')
export const companyFiles = readdirSync(companyFolder).filter((name) => name.endsWith('.csv'))
export const linesOf = (file: string): string[] => readFileSync(join(companyFolder, file), 'utf8').split(/\r?\n/)

/** Drops files on the page as a file manager does. */
export async function dropFiles(page: Page, names: readonly string[]): Promise<void> {
  const files = names.map((name) => ({ name, text: readFileSync(join(companyFolder, name), 'utf8') }))
  const dropped = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, text } of given) transfer.items.add(new File([text], name, { type: 'text/csv' }))
    return transfer
  }, files)
  for (const event of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', event, { dataTransfer: dropped })
}

/** Matches text as the page writes it: numbers and their units are held together by narrow spaces. */
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s`)
const FLAGS = String.raw`(?:\s[A-Z][a-z]+(?:\s[a-z]+)?)*`

export const leading = (page: Page): Locator => page.getByRole('region', { name: 'Leading figures' })
/** The button of a leading figure, once it says this value; any value, if none is given. */
export const figure = (page: Page, name: string, value?: string): Locator =>
  leading(page).getByRole('button', {
    name: new RegExp(`^${escaped(name)}${FLAGS}\\s${value === undefined ? String.raw`(?:No value|[−$\d])` : String.raw`${escaped(value)}(?:\s|$)`}`),
  })

/** Waits until every leading figure says what it should. */
export async function seeFigures(page: Page, figures: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(figures)) await figure(page, name, value).waitFor()
}

/** Waits until the leading figures are others than they were, all of them. */
export async function seeOtherFigures(page: Page, before: string): Promise<void> {
  await page.waitForFunction((old) => {
    const figures = document.querySelector<HTMLElement>('[aria-label="Leading figures"]')
    return figures !== null && figures.innerText !== old && figures.ariaBusy !== 'true' && figures.querySelector('[aria-busy=true]') === null
  }, before)
}

export const drawer = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title, exact: true })

/** Rows of a table as cells, each as it is read. */
export async function cellsOf(table: Locator): Promise<string[][]> {
  const rows = await table.locator('tbody tr[data-row]').all()
  return Promise.all(rows.map(async (row) => (await row.locator('td').allInnerTexts()).map((text) => text.trim())))
}

export async function headersOf(table: Locator): Promise<string[]> {
  return (await table.locator('thead th').allInnerTexts()).map((text) => text.trim())
}

export async function choosePeriod(page: Page, year: number, piece: string): Promise<void> {
  await page.getByRole('button', { name: /^Period:/ }).click()
  const choices = page.getByRole('dialog', { name: 'Choose a period' })
  const shownYear = async (): Promise<number> =>
    Number(
      await choices
        .getByRole('button', { name: /^\d{4}$/ })
        .nth(1)
        .innerText(),
    )
  while ((await shownYear()) > year) await choices.getByRole('button', { name: String((await shownYear()) - 1), exact: true }).click()
  await choices.getByRole('button', { name: piece, exact: true }).click()
}

/** The leading figures of the golden company in the first half of 2024. */
export const H1 = {
  MRR: '$3,630 10 customers',
  ARR: '$43,560',
  'Net new MRR': '$380',
  'MRR per customer (ARPA)': '$363',
  'Net revenue retention': '103.4 % $3,360 of $3,250',
  'Gross revenue retention': '95.7 % $3,110 of $3,250',
  'Customer retention rate': '88.9 % 8 of 9',
  'Customer churn rate': '11.1 % 1 of 9',
}

/** The steps of its bridge. */
export async function seeBridge(page: Page): Promise<void> {
  const bridge = page.getByRole('figure', { name: 'MRR bridge' })
  for (const step of [
    'Opening: $3,250',
    'New: +$800',
    'Expansion: +$569',
    'Reactivation: +$710',
    'Contraction: −$450',
    'Churn: −$1,240',
    'FX: −$9',
    'Closing: $3,630',
  ])
    await bridge.getByRole('button', { name: step, exact: true }).waitFor()
}

/** Every file of the golden company is recognised. */
export async function seeFiles(page: Page): Promise<Locator> {
  const files = page.getByRole('table', { name: 'Files' })
  for (const [name, fact] of Object.entries({
    accounts: 'Account',
    charges: 'Charge',
    costs: 'Cost',
    csms: 'CSM',
    discounts: 'Discount',
    fx_rates: 'Exchange rate',
    subscription_versions: 'Subscription version',
  }))
    await files.getByRole('button', { name: new RegExp(`^${name}\\.csv ${fact}, \\d+ rows`) }).waitFor()
  return files
}
