/** Sizes and times of the web app, for a reader: printed, never judged by a test. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { root } from '../../bin/sources.mjs'

const lines: string[] = []
export const note = (line: string): void => void lines.push(line)
export const printNotes = (): void => void process.stdout.write(`\n${['web app:', ...lines].join('\n  ')}\n`)

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} kB gz`

/** Transferred size of a script of the built web app, as any server that compresses would send it. */
function zipped(address: string): number {
  const path = join(root, 'dist/web', new URL(address).pathname)
  return existsSync(path) ? gzipSync(readFileSync(path)).length : 0
}

/** What index.html itself asks for, before any page is known. */
const shellScripts = (): string[] =>
  [...readFileSync(join(root, 'dist/web/index.html'), 'utf8').matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => path ?? '')

/** Opens an address with nothing cached, and says what was loaded until `shown` and how long that took. */
export async function measureColdLoad(browser: Browser, name: string, address: string, shown: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    const scripts = new Set<string>()
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.add(response.url())
    })
    const began = performance.now()
    await page.goto(address, { waitUntil: 'commit' })
    await shown(page)
    const took = performance.now() - began
    const shell = new Set(shellScripts().map((path) => new URL(path, address).href))
    const sum = (urls: Iterable<string>): number => [...urls].reduce((total, url) => total + zipped(url), 0)
    const own = [...scripts].filter((url) => !shell.has(url))
    note(
      `${name}: shell ${kilobytes(sum(shell))}, its own code ${kilobytes(sum(own))} (${own.map((url) => `${basename(url).replace(/-[\w-]{8}\.js$/, '')} ${(zipped(url) / 1024).toFixed(1)}`).join(', ')}); drawn ${took.toFixed(0)} ms after a cold load began`,
    )
  } finally {
    await context.close()
  }
}

/** From just before an action until what it shows is there. */
export async function measure(name: string, act: () => Promise<void>, shown: () => Promise<void>): Promise<void> {
  const began = performance.now()
  await act()
  const acted = performance.now()
  await shown()
  note(`${name}: ${(performance.now() - began).toFixed(0)} ms, of which the press itself ${(acted - began).toFixed(0)} ms`)
}
