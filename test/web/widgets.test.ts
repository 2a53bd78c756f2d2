import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { type ComponentProps, createElement, Fragment, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MetricEntry } from '../../src/contract/question.ts'
import { queryClient } from '../../src/web/api.ts'
import type { Question } from '../../src/web/question.ts'
import { Breakdown } from '../../src/web/widgets/breakdown.tsx'
import { Bridge } from '../../src/web/widgets/bridge.tsx'
import { Cohorts } from '../../src/web/widgets/cohorts.tsx'
import { Leading } from '../../src/web/widgets/leading.tsx'
import { MetricChange } from '../../src/web/widgets/metric-change.tsx'
import { MetricCohorts } from '../../src/web/widgets/metric-cohorts.tsx'
import { MetricList } from '../../src/web/widgets/metric-list.tsx'
import { MetricRows } from '../../src/web/widgets/metric-rows.tsx'
import { MetricSeries } from '../../src/web/widgets/metric-series.tsx'
import { MovementRows } from '../../src/web/widgets/movement-rows.tsx'
import { Movements } from '../../src/web/widgets/movements.tsx'
import { Retention } from '../../src/web/widgets/retention.tsx'
import { answerTo } from './answers.ts'

const metric = {
  id: 'nrr',
  name: 'Net revenue retention',
  says: '',
  aliases: [],
  kind: 'p2p',
  unit: 'share',
  better: 'up',
  dimensions: ['segment'],
  interval: 'bootstrap',
  options: [],
  missing: [],
  packs: [],
  lit_by: [],
  cohorts: true,
  parts: ['all'],
} as unknown as MetricEntry

const QUESTIONS: readonly Question[] = [
  { period: { from: '2024-01-01', until: '2024-07-01' }, compare: 'previous', where: ['segment=SMB'], as_of: undefined, reported_on: undefined },
  { period: { from: '2023-01-01', until: '2024-01-01' }, compare: 'year', where: ['segment=ENT'], as_of: '2023-11-30', reported_on: '2024-02-01' },
]
const ignore = (): void => undefined
const asked = (question: Question, title: string) => ({ question, title, onOpen: ignore })

/** Each widget as a board would place it: with a question and a title, and with nothing else of where it stands. */
const WIDGETS: Readonly<Record<string, (question: Question, title: string) => ReactNode>> = {
  leading: (...given) => createElement(Leading, { ...asked(...given), metrics: ['mrr', 'nrr'] }),
  bridge: (...given) => createElement(Bridge, { ...asked(...given), grain: 'month', piece: '', onPiece: ignore }),
  movements: (...given) => createElement(Movements, { ...asked(...given), grain: 'month', onGrain: ignore }),
  retention: (...given) => createElement(Retention, { ...asked(...given), grain: 'month' }),
  cohorts: (...given) => createElement(Cohorts, { ...asked(...given), of: 'mrr', onOf: ignore, grain: 'month', onGrain: ignore }),
  breakdown: (...given) => createElement(Breakdown, { ...asked(...given), metric, options: [], by: 'segment', onBy: ignore }),
  series: (...given) => createElement(MetricSeries, { ...asked(...given), metric, options: [], grain: 'month', onGrain: ignore }),
  'cohorts of a metric': (...given) => createElement(MetricCohorts, { ...asked(...given), metric, options: [] }),
  change: (...given) =>
    createElement(MetricChange, { ...asked(...given), metric, options: [], carry: {}, view: { against: 'period', reported: '', by: '' }, onView: ignore }),
  rows: (question, title) => createElement(MetricRows, { question, title, metric, options: [], part: 'all', onPart: ignore, onAccount: ignore }),
  'rows of movements': (question, title) => createElement(MovementRows, { question, title, kind: '', onKind: ignore, onAccount: ignore }),
  list: (question, title) => {
    const shelves = [{ level: 'one', title, kinds: [{ kind: 'one', title: '', metrics: [{ metric, by: null }] }] }]
    return createElement(MetricList, { question, shelves, metrics: [metric], filled: true, businessType: '', carry: {}, onOpen: ignore })
  },
}

const urls: URL[] = []
const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() })

function write(children: ReactNode): string {
  const props = { router, children: createElement(QueryClientProvider, { client: queryClient }, children) }
  return renderToString(createElement(RouterContextProvider, props as ComponentProps<typeof RouterContextProvider>))
}

/** Written again and again until nothing is asked any more. */
async function writeAnswered(children: ReactNode): Promise<string> {
  for (;;) {
    const text = write(children)
    const open = queryClient.getQueryCache().findAll({ predicate: ({ state }) => state.data === undefined && state.status === 'pending' })
    const enabled = open.filter(({ options }) => (options as { enabled?: boolean }).enabled !== false)
    if (enabled.length === 0) return text
    await Promise.all(enabled.map((query) => query.fetch()))
  }
}

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found)

beforeAll(() => {
  vi.stubGlobal('fetch', (address: string) => {
    const url = new URL(address, 'http://localhost')
    urls.push(url)
    return Promise.resolve(Response.json(answerTo(url)))
  })
})
afterAll(() => {
  queryClient.clear()
  vi.unstubAllGlobals()
})
beforeEach(() => {
  queryClient.clear()
  urls.length = 0
})

describe.each(Object.entries(WIDGETS))('two of the same widget on one page: %s', (_, widget) => {
  it('each ask their own question, and share neither an id nor a name', async () => {
    const complaints = vi.spyOn(console, 'error')
    const two = QUESTIONS.map((question, i) => createElement(Fragment, { key: i }, widget(question, i === 0 ? 'The first' : 'The second')))
    const text = await writeAnswered(createElement(Fragment, null, two))
    expect(complaints.mock.calls).toEqual([])
    const ids = all(text, /\sid="([^"]+)"/g)
    expect(ids).toEqual([...new Set(ids)])
    expect(all(text, /<section[^>]*\saria-label="([^"]+)"/g)).toHaveLength(2)
    for (const name of ['section', 'figure', 'table', 'svg']) {
      const named = all(text, new RegExp(`<${name}[^>]*\\saria-label="([^"]+)"`, 'g'))
      expect(named).toEqual([...new Set(named)])
    }
    for (const { where, period } of QUESTIONS) {
      const own = urls.filter((url) => url.searchParams.getAll('where').join() === where.join())
      expect(own.map((url) => url.searchParams.get('until'))).toContain(period.until)
    }
  })
})
