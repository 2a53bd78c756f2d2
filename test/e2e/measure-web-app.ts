import type { Browser, Page } from 'playwright-core'
import { settled } from './look.ts'
import { measure, measureColdLoad } from './measure.ts'
import { drawer, figure, leading, seeOtherFigures } from './steps.ts'

/** Cold loads and answers to a press, on a board that is shown on `page`. */
export async function measureWebApp(browser: Browser, page: Page, address: string): Promise<void> {
  await measureColdLoad(browser, 'first figures of the board', `${address}/revenue`, (shown) => figure(shown, 'MRR').waitFor())
  await measureColdLoad(browser, 'the whole board', `${address}/revenue`, async (shown) => {
    await figure(shown, 'MRR').waitFor()
    await shown.getByRole('table', { name: 'Largest movements' }).waitFor()
    await settled(shown)
  })
  await measureColdLoad(browser, 'Today', address, (shown) => shown.getByRole('heading', { name: 'Needs you' }).waitFor())
  await measureColdLoad(browser, 'metrics', `${address}/metrics`, (shown) => shown.getByRole('link', { name: 'Net revenue retention', exact: true }).waitFor())
  await measure(
    'opening a number',
    () => figure(page, 'Net revenue retention').click(),
    () => drawer(page, 'Net revenue retention').getByText('How it is counted').waitFor(),
  )
  await page.keyboard.press('Escape')
  const before = await leading(page).innerText()
  await measure(
    'an earlier period',
    () => page.getByRole('button', { name: /^Earlier:/ }).click(),
    () => seeOtherFigures(page, before),
  )
}
