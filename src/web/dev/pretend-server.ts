import type { Mapping } from '../../contract/imports.ts'
import { checkSetting, defaultSettings, isSettingKey, SETTINGS, SETTING_KEYS } from '../../kernel/settings.ts'
import { BinnacleError } from '../../kernel/errors.ts'
import { GRAINS } from '../../kernel/period.ts'
import { PretendImports, TARGETS } from './pretend-imports.ts'
import { METRICS, answer, explain, rows } from './pretend-metrics.ts'

/** Answers the API out of memory, so that the import, settings and metric pages can be worked on without engines. */
const held = new PretendImports()
const settings: Record<string, { value: string; changed_at: string | null }> = Object.fromEntries(
  SETTING_KEYS.map((key) => [key, { value: defaultSettings[key], changed_at: null }]),
)

const setting = (key: string) => {
  if (!isSettingKey(key)) throw new BinnacleError('not_found', `There is no setting ${key}.`, { status: 404 })
  const { says, fallback, kind, choices, rebuilds } = SETTINGS[key]
  return { key, says, fallback, kind, choices: [...(choices ?? [])], rebuilds, ...settings[key] }
}
const ledgers = { state: 3, refreshing: false, recorded_until: '2024-07-01T00:00:00Z', error: null }
const overview = () => ({
  empty: process.env.PRETEND_EMPTY === '1' && held.imports.every((item) => item.state !== 'done'),
  accounts: 80,
  first_day: '2023-01-01',
  last_day: '2024-06-30',
  today: '2024-07-01',
  reporting_currency: 'USD',
  time_zone: 'UTC',
  facts: [],
  reconciliation: { checked: 960, breaks: 0 },
  ledgers,
})
const csv = (lines: string[][]) => lines.map((cells) => cells.join(',')).join('\n')

type Handler = (id: string, file: string, request: Request, query: URLSearchParams) => unknown
const asked = (query: URLSearchParams) => ({
  from: query.get('from') ?? '2024-01-01',
  until: query.get('until') ?? '2024-07-01',
  grain: GRAINS.find((grain) => grain === query.get('grain')),
  by: query.getAll('by'),
})

const ROUTES: readonly [method: string, pattern: RegExp, handler: Handler][] = [
  ['GET', /^\/health$/, () => ({ state: 'up', version: '0', facts: {}, workspace: {}, ledgers })],
  ['GET', /^\/api\/v1\/overview$/, overview],
  ['GET', /^\/api\/v1\/settings$/, () => SETTING_KEYS.map(setting)],
  [
    'PUT',
    /^\/api\/v1\/settings\/(\w+)$/,
    async (key, _, request) => {
      const { value } = (await request.json()) as { value: string }
      settings[key] = { value: checkSetting(key, value), changed_at: new Date().toISOString() }
      return setting(key)
    },
  ],
  ['GET', /^\/api\/v1\/import-targets$/, () => TARGETS],
  ['GET', /^\/api\/v1\/imports$/, () => held.imports],
  ['POST', /^\/api\/v1\/imports$/, () => held.create()],
  ['GET', /^\/api\/v1\/imports\/([\w-]+)$/, (id) => held.find(id)],
  ['POST', /^\/api\/v1\/imports\/([\w-]+)\/files$/, async (id, _, request, query) => held.addFile(id, query.get('name') ?? 'file', await request.text())],
  ['PUT', /^\/api\/v1\/imports\/([\w-]+)\/files\/([\w-]+)\/mapping$/, async (id, file, request) => held.map(id, file, (await request.json()) as Mapping)],
  [
    'DELETE',
    /^\/api\/v1\/imports\/([\w-]+)\/files\/([\w-]+)$/,
    (id, file) => {
      const record = held.find(id)
      record.files = record.files.filter((item) => item.id !== file)
      return record
    },
  ],
  ['POST', /^\/api\/v1\/imports\/([\w-]+)\/commit$/, (id) => held.commit(id)],
  ['DELETE', /^\/api\/v1\/imports\/([\w-]+)$/, (id) => Object.assign(held.find(id), { state: 'discarded' })],
  ['POST', /^\/api\/v1\/imports\/([\w-]+)\/undo$/, (id) => held.undo(id)],
  ['GET', /^\/api\/v1\/imports\/([\w-]+)\/refused$/, (id) => ({ total: held.refused(id).length, rows: held.refused(id) })],
  ['GET', /^\/api\/v1\/imports\/([\w-]+)\/refused\.csv$/, (id) => csv(held.refused(id).map((row) => row.raw))],
  ['GET', /^\/api\/v1\/metrics$/, () => METRICS],
  [
    'GET',
    /^\/api\/v1\/dimensions$/,
    () => [
      { id: 'segment', name: 'Segment', values: ['SMB', 'Enterprise'] },
      { id: 'csm', name: 'CSM', values: ['mira', 'noor'] },
    ],
  ],
  [
    'GET',
    /^\/api\/v1\/answers$/,
    (_, __, ___, query) => ({ results: answer(query.getAll('metric'), asked(query)), freshness: { recorded_until: null, state: 3 } }),
  ],
  ['GET', /^\/api\/v1\/metrics\/(\w+)\/explanation$/, (id, _, __, query) => explain(id, asked(query))],
  ['GET', /^\/api\/v1\/metrics\/(\w+)\/rows$/, (_, __, ___, query) => rows(Number(query.get('offset') ?? 0), Number(query.get('limit') ?? 100))],
]

/** The answer to an API request, or null for paths that are not the API's. */
export async function pretend(request: Request): Promise<Response | null> {
  const url = new URL(request.url)
  if (url.pathname !== '/health' && !url.pathname.startsWith('/api/')) return null
  const route = ROUTES.find(([method, pattern]) => method === request.method && pattern.test(url.pathname))
  if (route === undefined)
    return Response.json({ error: { code: 'not_found', message: `Nothing answers ${url.pathname}.`, cure: '', retry: false, details: {} } }, { status: 404 })
  const [, id = '', file = ''] = route[1].exec(url.pathname) ?? []
  try {
    const body = await route[2](decodeURIComponent(id), decodeURIComponent(file), request, url.searchParams)
    return typeof body === 'string' ? new Response(body, { headers: { 'content-type': 'text/csv' } }) : Response.json(body)
  } catch (error) {
    const known = error instanceof BinnacleError ? error : new BinnacleError('failed', String(error), { status: 500 })
    return Response.json({ error: { code: known.code, message: known.message, cure: known.cure, retry: known.retry, details: {} } }, { status: known.status })
  }
}
