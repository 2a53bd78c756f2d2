import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCycles, findUnusedExports, findWrongImports, readModule, readModules } from '../bin/imports.mjs'
import { findLongLines } from '../bin/long-lines.mjs'
import { root } from '../bin/sources.mjs'
import { countEach, findOnlyTested, findTrusted, overStock, readStocks } from '../bin/stocks.mjs'
import { makeTemporaryFolder } from './engines/temporary.ts'

const modules = readModules(root)
const sources = modules.filter(({ path }) => path.startsWith('src/') && !/\.(?:test|config)\.tsx?$/.test(path))

/** Lines of the sources that match, outside of the files that may. */
function findLines(pattern: RegExp, allowed: RegExp): string[] {
  return sources
    .filter(({ path }) => !allowed.test(path))
    .flatMap(({ path, text }) => text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])))
}

describe('the flow of imports', () => {
  test('no folder imports against it', () => {
    expect(findWrongImports(modules)).toEqual([])
  })

  test.each([
    ['a metric that fetches from a store', 'src/metrics/financial/planted.ts', `import { ClickHouseNode } from '../../stores/clickhouse.ts'`],
    ['a connector that touches a store', 'src/connectors/planted/connector.ts', `import type { Workspace } from '../../stores/workspace.ts'`],
    ['a page that computes a number', 'src/web/pages/planted.tsx', `const { nrr } = await import('../../metrics/financial/nrr.ts')`],
    ['a kernel that knows Node', 'src/kernel/planted.ts', `import { readFileSync } from 'node:fs'`],
    ['a kernel that re-exports the field', 'src/kernel/planted.ts', `export { charge } from '../facts/charge.ts'`],
    ['an API that speaks SQL to Postgres', 'src/api/planted.ts', `import pg from 'pg'`],
    ['a folder nobody planned', 'src/helpers/planted.ts', `export const x = 1`],
    ['a kit that knows how metrics are asked', 'src/metrics/kit/planted.ts', `import type { Plan } from '../ask/settle-question.ts'`],
    ['an answer that knows how it is opened', 'src/metrics/ask/planted.ts', `import { explain } from '../open/explain.ts'`],
    ['a metric that asks', 'src/metrics/usage/planted.ts', `import { answer } from '../ask/answer.ts'`],
    ['a recorder that knows files', 'src/ingest/record/planted.ts', `import type { Mapping } from '../files/types.ts'`],
    ['a room nobody planned', 'src/metrics/corner/planted.ts', `import { defineMetric } from '../kit/metric.ts'`],
  ])('a planted fault is caught: %s', (_, path, text) => {
    expect(findWrongImports([readModule(path, text)])).toHaveLength(1)
  })

  test('there are no rings', () => {
    expect(findCycles(modules)).toEqual([])
  })

  test.each([
    ['values', `import { b } from './b.ts'\nexport const a = () => b`, `import { a } from './a.ts'\nexport const b = () => a`],
    ['types', `import type { B } from './b.ts'\nexport interface A { b: B }`, `import type { A } from './a.ts'\nexport interface B { a: A }`],
    ['types one way, values the other', `import { type B } from './b.ts'\nexport type A = B`, `import { a } from './a.ts'\nexport const b = a`],
  ])('a planted ring of %s is caught', (_, a, b) => {
    const ring = 'src/kernel/a.ts -> src/kernel/b.ts -> src/kernel/a.ts'
    const planted = [readModule('src/kernel/a.ts', a), readModule('src/kernel/b.ts', b)]
    expect(findCycles(planted)).toEqual([ring])
    expect(findCycles([...modules, ...planted])).toEqual([ring])
  })

  test('what is loaded later makes no ring', () => {
    const planted = [
      readModule('src/kernel/a.ts', `export const a = () => import('./b.ts')`),
      readModule('src/kernel/b.ts', `import { a } from './a.ts'\nexport const b = a`),
    ]
    expect(findCycles(planted)).toEqual([])
  })

  test('a planted dead export is caught, one used in its own file is not', () => {
    const planted = [readModule('src/kernel/a.ts', `export const dead = 1\nexport const lives = 2\nconsole.log(lives)`)]
    expect(findUnusedExports(planted)).toEqual(['src/kernel/a.ts:1: nothing uses dead'])
  })

  test('a definition that a test of its kind scans may wait for a user, what stands beside it may not', () => {
    const planted = [
      readModule('src/metrics/rows/a.ts', `export const rows = defineRowSet({})\nexport const dead = 1`),
      readModule('src/metrics/rows/rows.test.ts', `const found = import.meta.glob('./*.ts')`),
    ]
    expect(findUnusedExports(planted)).toEqual(['src/metrics/rows/a.ts:2: nothing uses dead'])
  })
})

describe('stocks, of which there may be no more than is listed', () => {
  const stocks = readStocks(root)

  test('code that only tests reach', () => {
    const planted = [
      readModule('src/main.ts', `import { used } from './statistics/used.ts'\nconsole.log(used)`),
      readModule('src/statistics/used.ts', `export const used = 1\nexport const ahead = 2`),
      readModule('src/statistics/alone.ts', `export const alone = 3`),
      readModule('src/statistics/used.test.ts', `import { ahead } from './used.ts'\nimport { alone } from './alone.ts'\nconsole.log(ahead, alone)`),
    ]
    const found = findOnlyTested(planted)
    expect(found).toEqual(['src/statistics/used.ts#ahead', 'src/statistics/alone.ts'])
    expect(overStock(countEach(found), countEach(found.slice(1)))).toEqual([expect.stringMatching(/^src\/statistics\/used\.ts#ahead: 1, and none listed/)])
    for (const [reason, paths] of Object.entries(stocks['reached only by tests'])) expect([reason.length > 20, paths.length > 0]).toEqual([true, true])
  })

  test('places where a text becomes SQL', () => {
    const planted = readModule(
      'src/ledgers/planted.ts',
      `import { sql, trusted } from '../kernel/sql.ts'\nexport const x = sql\`\${trusted('1')} \${trusted('2')}\``,
    )
    const found = countEach(findTrusted([planted, readModule('src/ledgers/planted.test.ts', `trusted('1')`)]))
    expect(found).toEqual({ 'src/ledgers': 2 })
    expect(overStock(found, { 'src/ledgers': 1 })).toHaveLength(1)
    expect(overStock(found, { 'src/ledgers': 2 })).toEqual([])
    expect(overStock({}, found)).toEqual([expect.stringMatching(/^src\/ledgers: is gone, and still listed/)])
  })
})

test('lines of SQL and comments that no formatter wraps are short', () => {
  const long = 'SELECT '.repeat(30)
  const planted = (text: string) => findLongLines(readModule('src/ledgers/planted.ts', text))
  expect(planted(`// ${long}\nexport const x = 1`)).toEqual(['src/ledgers/planted.ts:1: 213 characters'])
  expect(planted(`export const x = sql\`\n${long}\``)).toHaveLength(1)
  expect(planted(`export const x = '${long}'`)).toEqual([])
})

test('what runs anywhere is compiled without Node and browsers', () => {
  const { include, compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.pure.json'), 'utf8')) as {
    include: string[]
    compilerOptions: { lib: string[]; types: string[] }
  }
  expect(include).toEqual(expect.arrayContaining(['src/kernel', 'src/statistics', 'src/facts']))
  expect(compilerOptions).toMatchObject({ lib: ['ES2023'], types: ['vite/types/importMeta.d.ts'] })
  const folder = makeTemporaryFolder('pure-')
  for (const [text, says] of [
    ['document.title', /document/],
    ['process.pid', /process/],
  ] as const) {
    writeFileSync(join(folder, 'planted.ts'), `export const planted = ${text}\n`)
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.pure.json'), include: ['planted.ts'], compilerOptions: { types: [] } }),
    )
    expect(spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' }).stdout).toMatch(says)
  }
  rmSync(folder, { recursive: true })
})

describe('files', () => {
  test('are kebab-case, components too where they are not pages', () => {
    const odd = sources
      .map(({ path }) => basename(path))
      .filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.config)?\.(?:tsx?|mjs)$/.test(name) && !/^[A-Z][A-Za-z]+\.tsx$/.test(name))
    expect(odd).toEqual([])
  })

  test('export by name', () => {
    const defaults = sources
      .filter(({ path, exports }) => !/^src\/web\/(?:pages\/|ui\/[\w-]+-live\.tsx$)/.test(path) && exports.some(({ name }) => name === 'default'))
      .map(({ path }) => path)
    expect(defaults).toEqual([])
  })

  test('have names that mean something', () => {
    // A pack bears the name of its business type, one of which is "services".
    const named = sources.map(({ path }) => path).filter((path) => !path.startsWith('src/metrics/catalogue/packs/'))
    expect(named.filter((path) => /(?:manager|helper|util|service)s?\b/i.test(path))).toEqual([])
  })

  test('AGENTS.md fits on a page', () => {
    expect(readFileSync(join(root, 'AGENTS.md'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(60)
  })
})

describe('the web app', () => {
  /** The hooks that tell where the page is, and what its address holds. */
  const READS = new Set(['useSearch', 'useParams', 'useLocation', 'useRouterState', 'useMatch', 'useMatches', 'getRouteApi'])
  /** Pages and their own parts, which are drawn once; the frame; and what keeps a choice that every page of a day shares. */
  const mayRead = /^src\/web\/(?:pages\/.*|shell\/shell\.tsx|router\.tsx|address\.ts|who\.ts)$/
  const findReaders = (read: typeof modules) =>
    read
      .filter(({ path }) => path.startsWith('src/web/') && !mayRead.test(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter(
            ({ target, specifier, names }) =>
              target === 'src/web/address.ts' || (specifier === '@tanstack/react-router' && names.some((name) => READS.has(name))),
          )
          .map(({ line }) => `${path}:${line}`),
      )

  test('nothing below a page reads the address, and what does is caught: a widget is told what it answers', () => {
    expect(findReaders(modules)).toEqual([])
    const planted = [
      readModule('src/web/widgets/planted.tsx', `import { useQuestion } from '../address.ts'`),
      readModule('src/web/ui/planted.tsx', `import { Link, useSearch } from '@tanstack/react-router'`),
      readModule('src/web/pages/planted/planted-page.tsx', `import { useQuestion } from '../../address.ts'`),
    ]
    expect(findReaders(planted)).toEqual(['src/web/widgets/planted.tsx:1', 'src/web/ui/planted.tsx:1'])
  })

  test('what pages draw knows no page', () => {
    const upward = modules.flatMap(({ path, imports }) =>
      /^src\/web\/(?:ui|charts|widgets|explain|shell)\//.test(path)
        ? imports.filter(({ target }) => target?.startsWith('src/web/pages/')).map(({ line }) => `${path}:${line}`)
        : [],
    )
    expect(upward).toEqual([])
  })
})

describe('one way to do a thing', () => {
  test('only the clients fetch', () => {
    expect(findLines(/(?<![.\w])fetch\((?!\w+:)/, /^src\/(?:contract\/client|web\/api|cli\/connect|stores\/clickhouse)\.ts$/)).toEqual([])
  })

  test('only the clock knows the time', () => {
    expect(findLines(/Date\.now\(|new Date\(\)/, /^src\/(?:kernel\/clock\.ts|web\/|stores\/engines\/)/)).toEqual([])
  })

  test('a table that is looked up by a text has no prototype', () => {
    const tables = /^(?:export )?const \w+: (?:Readonly<)?Record<string, [^=]*= \{/
    expect(findLines(tables, /^src\/(?:web|connectors)\//)).toEqual([])
  })

  test('chance comes from a seed', () => {
    expect(findLines(/Math\.random\(/, /^src\/(?:kernel\/ids|statistics\/random)\.ts$|^src\/web\//)).toEqual([])
  })

  test('elements of tuples have names in SQL', () => {
    const numbered = /(?<![\w.])(?!\d)\w+(?:\.\w+)*(?:\[[^\]]*\])?\.[1-9]\b(?!\.)|[\])]\.[1-9]\b/
    for (const text of ['c.1', 'f.first.2', 'steps[i].2', 'purchases[-1].1', 'arraySort(x)[1].3']) expect(text).toMatch(numbered)
    for (const text of ['0.5', '4.2', '1.5 * x', 'c.name', '${c.day}']) expect(text).not.toMatch(numbered)
    expect(findLines(numbered, /^src\/web\//)).toEqual([])
  })

  test('nothing is switched off without a reason beside it', () => {
    expect(findLines(/@ts-(?:ignore|nocheck)|oxlint-disable(?!.*--)|eslint-disable(?!.*--)/, /^$/)).toEqual([])
  })
})

describe('packages', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >

  test('have exact versions', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
    )
    expect(loose).toEqual([])
  })

  test('that programs import at run time are dependencies', () => {
    const imported = new Set(
      sources
        .filter(({ path }) => !path.startsWith('src/web/'))
        .flatMap(({ imports }) =>
          imports
            .filter(({ target, specifier }) => target === null && !specifier.startsWith('node:') && !specifier.startsWith('virtual:'))
            .map(({ specifier }) =>
              specifier
                .split('/')
                .slice(0, specifier.startsWith('@') ? 2 : 1)
                .join('/'),
            ),
        ),
    )
    expect([...imported].filter((name) => dependencies?.[name] === undefined && optionalDependencies?.[name] === undefined)).toEqual([])
  })
})

describe('definitions', () => {
  const metrics = sources.filter(({ path }) => /^src\/metrics\/(?:financial|customer-health|usage|team-performance)\/[\w-]+\.ts$/.test(path))

  test.each(metrics)('$path bears its own id and level', ({ path, text }) => {
    const [, level = '', name = ''] = /^src\/metrics\/([\w-]+)\/([\w-]+)\.ts$/.exec(path) ?? []
    expect(text).toMatch(new RegExp(`id: '${name.replaceAll('-', '_')}'`))
    expect(text).toMatch(new RegExp(`level: '${level}'`))
  })

  test('every operation of the contract has a handler, and every handler an operation', async () => {
    const { contract } = await import('../src/contract/contract.ts')
    const { makeHandlers } = await import('../src/api/handlers.ts')
    // Whatever they take out of what they need.
    const anything: object = new Proxy({}, { get: () => anything })
    const handlers = makeHandlers(anything as Parameters<typeof makeHandlers>[0])
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(contract).sort())
  })
})
