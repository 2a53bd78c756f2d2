/** A page as people meet it: light and dark, wide and narrow. Checked by axe each time, and kept as a picture to look at. */
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 390, height: 844 }
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
const TALLEST = 4000

let folder: string | undefined
/** Where the pictures go: BINNACLE_SHOTS, else a new temporary folder. */
export function shotsFolder(): string {
  if (folder === undefined) {
    const named = process.env.BINNACLE_SHOTS
    folder = named === undefined || named === '' ? mkdtempSync(join(tmpdir(), 'binnacle-shots-')) : resolve(named)
    mkdirSync(folder, { recursive: true })
  }
  return folder
}

/** Nothing is being asked, nothing moves, and the last change has been painted. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null && document.getAnimations().every((one) => one.playState !== 'running'))
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
}

/** The window becomes as high as what scrolls in it, so that all of it is drawn. */
async function showWhole(page: Page, { width, height }: typeof WIDE): Promise<void> {
  await page.setViewportSize({ width, height })
  await settled(page)
  const whole = await page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll('[data-scroll-restoration-id=page], [role=dialog] > :last-child')].map(
        (part) => part.scrollHeight + part.getBoundingClientRect().top,
      ),
    ),
  )
  await page.setViewportSize({ width, height: Math.min(TALLEST, Math.max(height, Math.ceil(whole))) })
  await settled(page)
}

type Rules = 'all' | 'contrast' | 'all but contrast'

async function expectAccessible(page: Page, where: string, rules: Rules, part: string): Promise<void> {
  const axe = new AxeBuilder({ page }).include(part).options({ resultTypes: ['violations'] })
  if (rules === 'contrast') axe.withRules(['color-contrast'])
  else axe.withTags(TAGS)
  if (rules === 'all but contrast') axe.disableRules(['color-contrast'])
  const { violations } = await axe.analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
  expect(found, where).toEqual([])
}

/** Colours hang on the theme alone, the rest on the width alone. */
const LOOKS = [
  { size: WIDE, colorScheme: 'light', rules: 'all' },
  { size: WIDE, colorScheme: 'dark', rules: 'contrast' },
  { size: NARROW, colorScheme: 'light', rules: 'all but contrast' },
  { size: NARROW, colorScheme: 'dark', rules: null },
] as const

/** Looks at what is shown: axe must find nothing in `part`, what is new since the last look. Leaves the window wide and light. */
export async function look(page: Page, name: string, part = 'body'): Promise<void> {
  for (const { size, colorScheme, rules } of LOOKS) {
    await page.emulateMedia({ colorScheme })
    await showWhole(page, size)
    await page.screenshot({ path: join(shotsFolder(), `${name}-${size.width}-${colorScheme}.png`) })
    if (rules !== null) await expectAccessible(page, `${name}, ${size.width} px, ${colorScheme}`, rules, part)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(WIDE)
  await settled(page)
}

/** The picture of the README, where BINNACLE_PICTURE says. */
export async function takePicture(page: Page): Promise<void> {
  const path = process.env.BINNACLE_PICTURE
  if (path === undefined || path === '') return
  await page.setViewportSize({ width: WIDE.width, height: 1000 })
  await settled(page)
  await page.screenshot({ path: resolve(path) })
  await page.setViewportSize(WIDE)
}
