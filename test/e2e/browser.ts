/** A headless Chromium: $BINNACLE_BROWSER, else one of the system, else the one that came with the packages (Linux x64). */
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

// Those that the package recommends put all in one process and switch off web security: the plain ones are nearer to a user's browser.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
]

async function findBrowser(): Promise<string> {
  const named = process.env.BINNACLE_BROWSER
  if (named !== undefined && named !== '') return named
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed !== undefined) return installed
  // It unpacks its shared libraries only where it believes to run on Lambda, and reads that while it is imported.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  return packed.executablePath()
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: FLAGS })
}
