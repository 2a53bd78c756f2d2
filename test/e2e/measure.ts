/** Sizes and times of the web app, for a reader: printed, never judged by a test. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { root } from '../../bin/sources.mjs'

const built = join(root, 'dist/web')
const assets = join(built, 'assets')
const lines: string[] = []
export const note = (line: string): void => void lines.push(line)
export const printNotes = (): void => void process.stdout.write(`\n${['web app:', ...lines].join('\n  ')}\n`)

/** The scripts that are loaded with these, as they import each other before they run. */
function loadedWith(names: readonly string[], known: ReadonlySet<string> = new Set()): Set<string> {
  const found = new Set<string>()
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (known.has(name) || found.has(name) || !existsSync(join(assets, name))) continue
    found.add(name)
    for (const [, next = ''] of readFileSync(join(assets, name), 'utf8').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) open.push(next)
  }
  return found
}

const kilobytes = (names: Iterable<string>): string => {
  const bytes = [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0)
  return `${(bytes / 1000).toFixed(1)} kB`
}

/** The shell is what index.html asks for; a page's own code what comes with it besides. */
export function noteSizes(pages: Readonly<Record<string, string>>): void {
  const asked = [...readFileSync(join(built, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name)
  const shell = loadedWith(asked)
  const own = Object.entries(pages).map(([name, chunk]) => {
    const chunks = readdirSync(assets).filter((file) => file.startsWith(`${chunk}-`) && file.endsWith('.js'))
    return `${name} ${kilobytes(loadedWith(chunks, shell))}`
  })
  note(`scripts, gzipped: shell ${kilobytes(shell)}; ${own.join(', ')}`)
}

/** Opens an address with nothing cached, until what is waited for is there. */
export async function measureColdLoad(browser: Browser, name: string, address: string, shown: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    const began = performance.now()
    await page.goto(address, { waitUntil: 'commit' })
    await shown(page)
    note(`${name}: ${(performance.now() - began).toFixed(0)} ms from a cold start`)
  } finally {
    await context.close()
  }
}

/** From an action until what it shows is there, and how long the page itself took to answer it. */
export async function measure(name: string, act: () => Promise<void>, shown: () => Promise<void>): Promise<void> {
  const began = performance.now()
  await act()
  const acted = performance.now()
  await shown()
  note(`${name}: ${(performance.now() - began).toFixed(0)} ms, the press itself ${(acted - began).toFixed(0)} ms`)
}
