import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { choosePeriod, drawer, figure } from './steps.ts'

/** Two subscriptions whose dates fit both ways of writing them. */
const DOUBTFUL = `subscription_id,account_id,effective_at,status,quantity,unit_amount,currency,interval_months
S1,Q1,05/04/2024,active,1,100,USD,1
S2,Q2,06/02/2024,active,1,250,USD,1
`

const chooseFile = (page: Page, name: string, text: string): Promise<void> =>
  page.getByLabel('Files', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

/** A draft that is thrown away is gone, without a word on the console. */
export async function discardDraft(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/import`)
  await chooseFile(page, 'subscription_versions.csv', DOUBTFUL)
  await page.getByRole('heading', { name: 'Import of subscription_versions.csv' }).waitFor()
  await expect.poll(() => page.title()).toBe('Import of subscription_versions.csv · Binnacle')
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByText('Drop your exports here, or a whole folder').waitFor()
  await page.waitForLoadState('networkidle')
}

/** A file that cannot say how its dates are written asks; the number follows the answer. Needs an empty workspace, and leaves one. */
export async function answerQuestion(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/import`)
  await chooseFile(page, 'subscription_versions.csv', DOUBTFUL)
  const question = page.getByRole('group', { name: /^How are the dates of "effective_at" written\?/ })
  await question.getByText('06/02/2024').waitFor()
  await page.getByText('One question is open in subscription_versions.csv.').waitFor()
  expect(await page.getByRole('button', { name: 'Record facts' }).isDisabled()).toBe(true)
  await question.getByRole('radio', { name: 'Day first: 31/12/2024' }).check()
  await page.getByRole('button', { name: /^Record \d+ new facts/ }).click()
  await page.getByRole('link', { name: 'See the revenue board' }).click()
  await choosePeriod(page, 2024, 'Q1')
  // Of 6 February, and not of 2 June: the other begins in April.
  await figure(page, 'MRR', '$250 1 customer').waitFor()
  await page.goto(`${address}/imports`)
  await page
    .getByRole('button', { name: /^Undo the import/ })
    .first()
    .click()
  await page.getByRole('table', { name: 'Imports' }).getByText('Recorded').waitFor({ state: 'detached' })
}

/** What stands beside a value is told apart from what its formula takes in, and each term opens its rows. */
export async function openTerms(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/metrics/churned_mrr?number=churned_mrr`)
  const number = drawer(page, 'Churned MRR')
  await number.getByRole('heading', { name: 'Beside the value, not in its formula' }).waitFor()
  await number.getByRole('button', { name: /^Movements/ }).click()
  const rows = drawer(page, 'Churned MRR: rows')
  await rows.locator('tbody tr[data-row]').first().waitFor()
  expect(await rows.getByRole('group', { name: 'Which rows' }).getByRole('button', { name: 'Movements' }).getAttribute('aria-pressed')).toBe('true')
  await page.goBack()
  await number.getByRole('button', { name: 'All rows behind this number' }).waitFor()
}

/** A filter that a metric does not know leaves the metric without a value, and the list says why. */
export async function filterThatDoesNotFit(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/metrics?where=plan=team&show=all`)
  await page.getByText('Not by this filter').first().waitFor()
  await page.getByRole('button', { name: 'Monthly recurring revenue: explain' }).waitFor()
}

/** A question that its time limit stopped is given more time by one press. */
export async function waitLonger(page: Page, address: string): Promise<void> {
  const asked: (string | null)[] = []
  await page.route(/\/metrics\/nrr\/explanation/, (route) => {
    const seconds = new URL(route.request().url()).searchParams.get('seconds')
    asked.push(seconds)
    const error = { code: 'question_timeout', message: 'The question was not answered within 10 s.', cure: 'Give it more time.', retry: false }
    return seconds === null ? route.fulfill({ status: 504, json: { error } }) : route.continue()
  })
  await page.goto(`${address}/metrics/nrr`)
  await page.getByRole('button', { name: 'Wait up to 60 s' }).click()
  await page
    .getByRole('main')
    .locator('button', { has: page.locator('.text-figure') })
    .waitFor()
  await page.unroute(/\/metrics\/nrr\/explanation/)
  expect([...new Set(asked)]).toEqual([null, '60'])
}
