/** Sizes and times of the web app, printed for a reader; no test judges a time. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
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

const bytesOf = (names: Iterable<string>): number => [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0)
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

interface Sizes {
  /** What index.html asks for. */
  readonly shell: number
  /** What comes with each page besides. */
  readonly pages: Readonly<Record<string, number>>
  /** Files of a first load, by page. */
  readonly files: Readonly<Record<string, number>>
}

/** Scripts as they are built, gzipped. */
function sizesOf(pages: readonly string[]): Sizes {
  const asked = [...readFileSync(join(built, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name)
  const shell = loadedWith(asked)
  const own = pages.map((page): [string, Set<string>] => {
    const chunks = readdirSync(assets).filter((file) => file.startsWith(`${page}-`) && file.endsWith('.js'))
    if (chunks.length === 0) throw new Error(`No script is called ${page}.`)
    return [page, loadedWith(chunks, shell)]
  })
  const sizes: Sizes = {
    shell: bytesOf(shell),
    pages: Object.fromEntries(own.map(([page, files]) => [page, bytesOf(files)])),
    files: Object.fromEntries(own.map(([page, files]) => [page, shell.size + files.size])),
  }
  const said = Object.entries(sizes.pages).map(([page, bytes]) => `${page} ${kilobytes(bytes)}`)
  note(
    `scripts, gzipped: shell ${kilobytes(sizes.shell)}; ${said.join(', ')}; what opens later ${kilobytes(bytesOf(readdirSync(assets).filter((file) => /^opening-.*\.js$/.test(file))))}`,
  )
  return sizes
}

const PAGES = [
  'today-page',
  'signals-page',
  'own-page',
  'revenue-page',
  'metrics-page',
  'metric-page',
  'import-page',
  'imports-page',
  'settings-page',
  'checks-page',
]
/** What a page may bring besides the frame: its own code, and what all pages draw with. */
const [FRAME, PAGE, FILES] = [120_000, 65_000, 4]

/** What is read before a first page is drawn keeps to its budget. */
export function expectSmall(): void {
  const { shell, pages, files } = sizesOf(PAGES)
  expect(shell).toBeLessThanOrEqual(FRAME)
  expect(Object.entries(pages).filter(([, bytes]) => bytes > PAGE)).toEqual([])
  expect(Object.entries(files).filter(([, count]) => count > FILES)).toEqual([])
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
