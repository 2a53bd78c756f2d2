/**
 * The whole product as a stranger meets it: `binnacle start` on an empty data directory and a browser. The tests are
 * one story, told in order on one page. BINNACLE_SHOTS names the folder for pictures of every page; with
 * BINNACLE_PICTURE=docs/board.png the picture of the README is taken anew.
 */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test, vi } from 'vitest'
import { startServer } from '../cli/run-binnacle.ts'
import type { RunningServer } from '../cli/run-binnacle.ts'
import { temporaryFolder } from '../engines/engines.ts'
import { listAccounts } from './account-steps.ts'
import { openBrowser } from './browser.ts'
import { downloadAndSeeViews } from './catalog-steps.ts'
import { pressAfterReloads, pressBeforeItIsHere } from './lazy-steps.ts'
import { look, shotsFolder, takePicture, WIDE } from './look.ts'
import { expectSmall, measure, note, printNotes } from './measure.ts'
import { measureWebApp } from './measure-web-app.ts'
import { openEveryKind } from './metric-kinds.ts'
import { answerQuestion, discardDraft, filterThatDoesNotFit, openTerms, waitLonger } from './question-steps.ts'
import { seeToday } from './today-steps.ts'
import { findByTyping, mapByTyping } from './typing-steps.ts'
import { cellsOf, choosePeriod, companyFiles, drawer, dropFiles, figure, H1, headersOf, leading, linesOf, seeBridge, seeFigures, seeFiles } from './steps.ts'

// Pictures and axe take their time where other work has the processors.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const folder = temporaryFolder()
const faults: string[] = []
let server: RunningServer
let browser: Browser
let page: Page
let failed = false

const killServer = (): void => void server.process.kill('SIGKILL')

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(join(folder.path, 'data')), openBrowser()])
  process.once('exit', killServer)
  const context = await browser.newContext({ viewport: WIDE, locale: 'en-GB', timezoneId: 'Pacific/Chatham' })
  context.setDefaultTimeout(30_000)
  page = await context.newPage()
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && faults.push(`${message.text()} ${message.location().url}`))
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  process.off('exit', killServer)
  folder.remove()
  note(`pictures: ${shotsFolder()}`)
  printNotes()
})

beforeEach(({ skip }) => {
  if (failed) skip('an earlier part of the story failed')
  onTestFailed(async () => {
    failed = true
    await page.screenshot({ path: join(shotsFolder(), 'failed.png') })
  })
})

const path = (): string => decodeURIComponent(new URL(page.url()).pathname + new URL(page.url()).search)
const place = (name: string) => page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name })

test('the frame and the pages are small, and come in a few files', expectSmall)

describe('from an empty workspace to an explained number', () => {
  test('an empty workspace offers to import files and to load the sample', async () => {
    await page.goto(server.address)
    await page.getByRole('link', { name: 'Import your files' }).waitFor()
    await page.getByRole('button', { name: 'Load the sample company' }).waitFor()
    await look(page, '01-first-start')
  })

  test('the time zone is a setting', async () => {
    await place('Settings').click()
    await page.getByRole('button', { name: 'Change Time zone' }).click()
    await page.getByRole('combobox', { name: 'Time zone', exact: true }).fill('New_York')
    await page.getByRole('option', { name: 'America/New_York' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.locator('#time_zone').getByText('Usually UTC').waitFor()
    await page.locator('#time_zone').getByText('America/New_York').waitFor()
    await page.getByRole('region', { name: 'Notes' }).getByRole('button', { name: 'Dismiss' }).click()
    await look(page, '02-settings')
  })

  test('seven dropped files are recognised and checked before anything counts', async () => {
    await place('Import').click()
    await page.getByText('Load the sample company').waitFor()
    await look(page, '03-import')
    await dropFiles(page, companyFiles)
    await page.getByRole('button', { name: 'Record 177 new facts' }).waitFor()
    const files = await seeFiles(page)
    await files.getByRole('button', { name: /^accounts\.csv/ }).click()
    await page.getByRole('region', { name: 'Columns of accounts.csv' }).getByRole('combobox', { name: 'Meaning of segment' }).waitFor()
    await look(page, '04-files')
    await mapByTyping(page)
  })

  test('one click records them', async () => {
    await measure(
      'recording the golden company',
      () => page.getByRole('button', { name: 'Record 177 new facts' }).click(),
      () => page.getByText('Recorded 177 new facts').waitFor(),
    )
    await look(page, '05-recorded')
  })

  test('the board shows the period that is chosen, and its address says so', async () => {
    await page.getByRole('link', { name: 'See the revenue board' }).click()
    await figure(page, 'MRR').waitFor()
    await choosePeriod(page, 2024, 'H1')
    await seeFigures(page, H1)
    expect(path()).toBe('/revenue?period=2024-H1')
    await seeBridge(page)
    await look(page, '06-board')
  })

  test('every control answers the first press, however quickly the page is reloaded', async () => {
    await pressAfterReloads(page)
    await pressBeforeItIsHere(page)
  })

  test('a number opens into its formula with the numbers, and on to the rows', async () => {
    const number = drawer(page, 'Net revenue retention')
    await figure(page, 'Net revenue retention').click()
    await number.getByText('3,360 / 3,250 = 103.3846 %').waitFor()
    expect(path()).toBe('/revenue?period=2024-H1&number=nrr')
    const moved = number.getByRole('figure', { name: 'Contributions to the change' })
    for (const bar of ['Dogwood: +4.6 pp', 'Cedar: +3.1 pp', 'Nutmeg: −2.2 pp', 'Birch: −1.5 pp', 'Elm: −0.6 pp'])
      await moved.getByRole('button', { name: bar }).waitFor()
    await number.getByText(/ChartMogul would print 87\.4\s%/).waitFor()
    await look(page, '07-number', '[role=dialog]')
    await number.getByRole('button', { name: /Numerator/ }).click()
    const rows = page.getByRole('table', { name: 'Rows of nrr' })
    await rows.getByRole('row', { name: /^Dogwood/ }).waitFor()
    const names = (await cellsOf(rows)).map(([name]) => name)
    expect(names.toSorted()).toEqual(['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Juniper', 'Katsura', 'Larch'])
    await rows
      .getByRole('row', { name: /^Total of 8/ })
      .getByText('$3,360')
      .first()
      .waitFor()
    await look(page, '08-rows', '[role=dialog]')
  })

  test('a row opens the account: what is known of it, down to the file and the line', async () => {
    await page
      .getByRole('table', { name: 'Rows of nrr' })
      .getByRole('row', { name: /^Dogwood/ })
      .click()
    const account = drawer(page, 'Dogwood')
    const versions = account.getByRole('table', { name: 'Subscription versions' })
    await versions.getByText('subscription_versions.csv').first().waitFor()
    const headers = await headersOf(versions)
    const cells = await cellsOf(versions)
    const [file, line, raw] = ['File', 'Line', 'As it stood'].map((name) => headers.indexOf(name)) as [number, number, number]
    expect(cells.length).toBe(linesOf('subscription_versions.csv').filter((text) => text.includes(',A04,')).length)
    for (const row of cells) expect(row[raw], `line ${row[line]}`).toBe(linesOf(row[file] ?? '')[Number(row[line]) - 1])
    await look(page, '09-account', '[role=dialog]')
  })

  test('back closes what was opened, step by step', async () => {
    await page.goBack()
    await page.getByRole('table', { name: 'Rows of nrr' }).waitFor()
    await page.goBack()
    await drawer(page, 'Net revenue retention').waitFor()
    await page.goBack()
    await drawer(page, 'Net revenue retention').waitFor({ state: 'detached' })
    expect(path()).toBe('/revenue?period=2024-H1')
  })

  test('a bar opens too', async () => {
    await page
      .getByRole('figure', { name: 'MRR bridge' })
      .getByRole('button', { name: /^Reactivation/ })
      .click()
    await drawer(page, 'Reactivation MRR').getByText('$710').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(path()).toBe('/revenue?period=2024-H1')
  })

  test('period, segment and comparison live in the address; back restores them, a link reproduces them', async () => {
    await choosePeriod(page, 2024, 'Q2')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const filter = page.getByRole('dialog', { name: 'Filter' })
    await filter.getByRole('button', { name: 'Segment', exact: true }).click()
    await measure(
      'filtering by a segment',
      () => filter.getByRole('checkbox', { name: 'ENT' }).click(),
      () => seeFigures(page, { MRR: '$1,700' }),
    )
    await page.keyboard.press('Escape')
    await seeFigures(page, { 'Net revenue retention': '106.3 %', 'Gross revenue retention': '100.0 %' })
    expect(path()).toBe('/revenue?period=2024-Q2&where=segment=ENT')
    await page.getByRole('combobox', { name: 'Compare' }).click()
    await page.getByRole('option', { name: /Q2 2023/ }).click()
    await leading(page)
      .getByText(/vs Q2 2023/)
      .first()
      .waitFor()
    expect(path()).toBe('/revenue?period=2024-Q2&where=segment=ENT&compare=year')
    await look(page, '10-filtered', 'header')
    await page.reload()
    await seeFigures(page, { MRR: '$1,700', 'Net revenue retention': '106.3 %' })
    await page.goBack()
    await leading(page)
      .getByText(/vs Q1 2024/)
      .first()
      .waitFor()
    await page.goBack()
    await page.goBack()
    await seeFigures(page, H1)
    expect(path()).toBe('/revenue?period=2024-H1')
  })

  test('the board can look back to what had happened by a day', async () => {
    await page.getByRole('button', { name: 'As of now' }).click()
    await page.getByRole('textbox', { name: 'As of', exact: true }).fill('2024-03-31')
    await page.getByText('You are looking back.').waitFor()
    await seeFigures(page, { MRR: '$3,575' })
    expect(path()).toBe('/revenue?period=2024-H1&as_of=2024-03-31')
    await page.keyboard.press('Escape')
    await look(page, '11-looking-back', '[role=status]')
    await page.getByRole('button', { name: 'Back to now' }).click()
    await seeFigures(page, H1)
  })

  test('every metric is listed with its value and has a page of its own', async () => {
    await place('Metrics').click()
    await page.getByRole('searchbox', { name: 'Find a metric' }).waitFor()
    await page
      .getByRole('button', { name: /^Earned growth ratio/ })
      .getByText('0.61×')
      .waitFor()
    await look(page, '12-metrics')
    await page.getByRole('link', { name: 'Net revenue retention', exact: true }).click()
    await page.getByRole('main').getByText('3,360 / 3,250 = 103.3846 %').waitFor()
    await look(page, '13-metric')
  })

  test('its rows are saved as a file; the catalog stands by the data it needs, and by group', () => downloadAndSeeViews(page, server.address))

  test('accounts are listed with columns of choice, filtered, compared, taken out and kept under a name', () => listAccounts(page, server.address))

  test('anything is found by typing', () => findByTyping(page))

  test('one click on the imports page takes the import back, and the board is empty again', async () => {
    await place('Import').click()
    await page.getByRole('link', { name: 'All imports' }).click()
    await page.getByRole('table', { name: 'Imports' }).getByText('Recorded').waitFor()
    await look(page, '14-imports')
    await page.getByRole('button', { name: /^Undo the import/ }).click()
    await page.getByRole('table', { name: 'Imports' }).getByText('Undone').waitFor()
    await page.getByRole('button', { name: /^Redo the import/ }).click()
    await page.getByRole('table', { name: 'Imports' }).getByText('Recorded').waitFor()
    await page.getByRole('button', { name: /^Undo the import/ }).click()
    await page.getByRole('table', { name: 'Imports' }).getByText('Recorded').waitFor({ state: 'detached' })
    await place('Revenue').click()
    await page.getByRole('heading', { name: 'Your revenue board will be here' }).waitFor()
  })
})

describe('a file with a doubt', () => {
  test('asks, and the number follows the answer', () => answerQuestion(page, server.address))

  test('is forgotten when it is discarded', () => discardDraft(page, server.address))
})

describe('the sample company', () => {
  test('is loaded from the first page', async () => {
    await page.goto(server.address)
    await page.getByRole('heading', { name: 'Who needs you, and why, will be here' }).waitFor()
    await place('Revenue').click()
    await page.getByRole('heading', { name: 'Your revenue board will be here' }).waitFor()
  })

  test('comes in by one button and fills the board', async () => {
    await measure(
      'loading the sample company',
      () => page.getByRole('button', { name: 'Load the sample company' }).click(),
      () => figure(page, 'MRR').waitFor({ timeout: 110_000 }),
    )
    await figure(page, 'Net revenue retention').filter({ hasText: '·' }).waitFor()
    await page.getByRole('banner').getByText('Invented numbers: sample company').waitFor()
    await look(page, '15-sample-board', '[aria-label="Leading figures"]')
    await takePicture(page)
  })

  test('is measured', () => measureWebApp(browser, page, server.address))

  test('a metric of each kind opens down to its rows in two clicks', () => openEveryKind(page, server.address))

  test('terms beside a value stand apart and open', () => openTerms(page, server.address))

  test('a metric that does not know a filter says so', () => filterThatDoesNotFit(page, server.address))

  test('Today says who needs somebody, and a signal of one’s own shows its past before it is saved', () => seeToday(page, server.address))

  test('nothing was said on the console', () => expect(faults).toEqual([]))

  // Last: the answer that it plays is told on the console.
  test('a question that took too long is given more time', () => waitLonger(page, server.address))
})
