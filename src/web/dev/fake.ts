import type { BinnacleClient } from '../../contract/contract.ts'
import type { Explanation, RowPage } from '../../contract/question.ts'
import { addMonths, cut, periodLabel } from '../../kernel/period.ts'
import { replaceApi } from '../api.ts'
import { bestFirst } from '../ui/fit.ts'
import { accountName, answerFake, type FakeQuestion, passing } from './fake-answers.ts'
import { ACCOUNTS, FIRST_DAY, MOVEMENTS, movementsOf, mrrAt, signed, TODAY, VALUES } from './fake-company.ts'
import { CATALOG } from './fake-metrics.ts'

const mode = new URLSearchParams(location.search).get('fake') ?? ''
const wait = (): Promise<void> => new Promise((done) => setTimeout(done, mode === 'slow' ? 1500 : 60))
const ledgers = { state: 12, refreshing: mode === 'broken', recorded_until: '2026-11-21T08:04:11.000Z', error: null }

const overview = {
  empty: mode === 'empty',
  accounts: mode === 'empty' ? 0 : ACCOUNTS.length,
  first_day: mode === 'empty' ? null : FIRST_DAY,
  last_day: mode === 'empty' ? null : TODAY,
  today: TODAY,
  reporting_currency: 'USD',
  time_zone: 'America/New_York',
  facts: [{ fact: 'account', name: 'Accounts', count: ACCOUNTS.length }],
  reconciliation: { checked: 10_240, breaks: mode === 'broken' ? 2 : 0 },
  ledgers,
}

type Cell = string | number | boolean | null
const page = (columns: RowPage['columns'], rows: Cell[][], { offset = 0, limit = 100 }: { offset?: number; limit?: number }): RowPage => ({
  columns,
  rows: rows.slice(offset, offset + limit),
  total: rows.length,
  next: offset + limit < rows.length ? offset + limit : null,
})
const column = (id: string, name: string, type: RowPage['columns'][number]['type'] = 'text') => ({ id, name, type })

function rowsOf(question: FakeQuestion): Cell[][] {
  return passing(question.where)
    .map((account): Cell[] => [
      account.account_id,
      account.name,
      account.dims.segment ?? '',
      mrrAt(account.account_id, question.from),
      mrrAt(account.account_id, question.until),
    ])
    .filter((row) => Number(row[3]) > 0)
    .sort((a, b) => Number(b[3]) - Number(a[3]))
}
const ROW_COLUMNS = [
  column('account_id', 'Account id'),
  column('account_name', 'Account'),
  column('segment', 'Segment'),
  column('opening', 'Opening MRR', 'money'),
  column('closing', 'Closing MRR', 'money'),
]

function movementRows(question: FakeQuestion & { kind?: string[] }): Cell[][] {
  const ids = new Set(passing(question.where).map((account) => account.account_id))
  return MOVEMENTS.filter(
    (movement) =>
      ids.has(movement.account_id) &&
      movement.day >= question.from &&
      movement.day < question.until &&
      (question.kind === undefined || question.kind.length === 0 || question.kind.includes(movement.kind)),
  )
    .sort((a, b) => b.amount - a.amount)
    .map((movement): Cell[] => [movement.day, movement.account_id, accountName(movement.account_id), movement.kind, movement.reason, signed(movement)])
}
const MOVEMENT_COLUMNS = [
  column('day', 'Day', 'day'),
  column('account_id', 'Account id'),
  column('account_name', 'Account'),
  column('kind', 'Kind'),
  column('reason', 'Reason'),
  column('amount', 'Amount', 'money'),
]

function explain(id: string, question: FakeQuestion): Explanation {
  const result = answerFake({ ...question, metric: [id] })[0]
  const definition = CATALOG.find((entry) => entry.id === id)
  if (result === undefined || definition === undefined) throw new Error('no such metric')
  const before = result.comparison
  const moved = movementRows(question).slice(0, 8)
  const sum = moved.reduce((total, row) => total + Number(row[5]), 0)
  const scale = result.unit === 'share' ? 1 / Math.max(1, result.denominator ?? 1) : 1
  const change = before?.change ?? 0
  return {
    result,
    definition,
    settings: [
      { key: 'churn_date', value: 'service_end', says: 'When an account that gave notice counts as lost: when paid service ends, or when notice is given' },
      { key: 'dunning_days', value: '30', says: 'Days after the due date that a past-due account stays a customer' },
    ],
    tree: null,
    distribution: null,
    filled_formula: result.denominator === null ? `${result.numerator ?? ''}` : `${result.numerator ?? ''} / ${result.denominator} = ${result.value ?? ''}`,
    terms: [
      {
        name: 'numerator',
        label: 'MRR at the end of customers at the start',
        value: result.numerator,
        unit: 'number',
        currency: null,
        role: 'numerator',
        opens: true,
      },
      ...(result.denominator === null
        ? []
        : [
            {
              name: 'denominator',
              label: 'MRR at the start',
              value: result.denominator,
              unit: 'number',
              currency: null,
              role: 'denominator' as const,
              opens: true,
            },
          ]),
    ],
    disagreements:
      result.unit === 'share'
        ? [
            { anchor: 'Stripe', says: 'it divides by customers at the start plus new ones', value: (result.value ?? 0) * 0.97 },
            { anchor: 'Baremetrics', says: 'it counts customers who joined and left inside the period', value: (result.value ?? 0) * 0.94 },
          ]
        : [],
    contributions:
      before === null
        ? null
        : {
            compared_with: before.period,
            from: before.value,
            to: result.value,
            items: [
              ...moved.map((row) => ({ label: `${String(row[2])}: ${String(row[3])}`, account_id: String(row[1]), amount: Number(row[5]) * scale })),
              { label: 'All other accounts', account_id: null, amount: change - sum * scale },
            ],
          },
    freshness: { recorded_until: ledgers.recorded_until, state: ledgers.state },
  }
}

function cohorts(query: { from: string; until: string; grain?: 'month' | 'quarter' | 'year'; of?: 'customers' | 'mrr'; where?: string[] }) {
  const grain = query.grain ?? 'month'
  const ids = new Set(passing(query.where).map((account) => account.account_id))
  const step = { month: 1, quarter: 3, year: 12 }[grain]
  return {
    grain,
    of: query.of ?? 'customers',
    cohorts: cut({ from: query.from, until: query.until }, grain).map((period) => {
      const born = MOVEMENTS.filter(
        (movement) => movement.kind === 'new' && ids.has(movement.account_id) && movement.day >= period.from && movement.day < period.until,
      )
      const base = query.of === 'mrr' ? born.reduce((sum, movement) => sum + movement.amount, 0) : born.length
      const cells = []
      for (let age = 0; addMonths(period.until, age * step) <= TODAY; age++) {
        const at = addMonths(period.until, age * step)
        const kept = born.reduce((sum, movement) => sum + (query.of === 'mrr' ? mrrAt(movement.account_id, at) : mrrAt(movement.account_id, at) > 0 ? 1 : 0), 0)
        cells.push({ age: age * step, kept, share: base === 0 ? null : kept / base, null_reason: base === 0 ? 'empty_cohort' : null })
      }
      return { period: { ...period, label: periodLabel(period) }, base, cells }
    }),
  }
}

function evidence(id: string) {
  const account = ACCOUNTS.find((item) => item.account_id === id)
  let mrr = 0
  const moves = movementsOf(id).map((movement): Cell[] => [
    movement.day,
    movement.kind,
    movement.reason,
    signed(movement),
    (mrr += signed(movement)),
    'subscriptions.csv',
    14 + movement.amount,
  ])
  return {
    account: {
      account_id: id,
      name: account?.name ?? id,
      attributes: Object.entries(account?.dims ?? {}).map(([attribute, value]) => ({ attribute, value, from: FIRST_DAY })),
    },
    sections: [
      {
        id: 'movements',
        name: 'MRR movements',
        page: page(
          [
            column('day', 'Day', 'day'),
            column('kind', 'Kind'),
            column('reason', 'Reason'),
            column('amount', 'Amount', 'money'),
            column('mrr', 'MRR after', 'money'),
            column('file', 'File'),
            column('row_number', 'Line', 'number'),
          ],
          moves,
          { limit: 500 },
        ),
      },
      { id: 'charge', name: 'Charges', page: page([column('day', 'Day', 'day'), column('amount', 'Amount', 'money')], [], {}) },
    ],
  }
}

const fake = {
  overview: () => overview,
  health: () => ({ state: 'up', version: '0.1.0', disks: [], losses: { audited_at: null, rows: 0, total: 0, items: [] } }),
  listMetrics: () => CATALOG,
  listDimensions: () =>
    Object.entries(VALUES).map(([id, values]) => ({
      id,
      name: { csm: 'CSM', acquisition_source: 'Acquisition source' }[id] ?? id.charAt(0).toUpperCase() + id.slice(1),
      of: id === 'product' || id === 'plan' ? 'subscription' : 'account',
      values,
    })),
  answer: ({ query }: { query: FakeQuestion }) => ({ results: answerFake(query), freshness: { recorded_until: ledgers.recorded_until, state: ledgers.state } }),
  explain: ({ params, query }: { params: { id: string }; query: FakeQuestion }) => explain(params.id, query),
  listRows: ({ query }: { query: FakeQuestion & { offset?: number; limit?: number } }) => page(ROW_COLUMNS, rowsOf(query), query),
  cohorts: ({ query }: { query: Parameters<typeof cohorts>[0] }) => cohorts(query),
  movements: ({ query }: { query: FakeQuestion & { kind?: string[]; offset?: number; limit?: number } }) => page(MOVEMENT_COLUMNS, movementRows(query), query),
  findAccounts: ({ query: { find } }: { query: { find: string } }) => {
    const fitting = bestFirst(ACCOUNTS, find, ({ name, account_id }) => [name, account_id])
    return {
      accounts: fitting.slice(0, 20).map(({ account_id, name }) => ({ account_id, name, counted_as: account_id, is_internal: false })),
      total: fitting.length,
    }
  },
  evidence: ({ params }: { params: { id: string } }) => evidence(params.id),
  reconciliation: () => ({
    checked_at: ledgers.recorded_until,
    checked: 10_240,
    breaks: page(
      [
        column('account_id', 'Account id'),
        column('account_name', 'Account'),
        column('month', 'Month'),
        column('currency', 'Currency'),
        column('opening', 'Opening', 'money'),
        column('movements', 'Movements', 'money'),
        column('closing', 'Closing', 'money'),
        column('difference', 'Difference', 'money'),
      ],
      mode === 'broken'
        ? [
            ['A0004', accountName('A0004'), '2026-09', 'USD', 1200, 0, 1250, 50],
            ['A0017', accountName('A0017'), '2026-10', 'EUR', 300, -300, 10, 10],
          ]
        : [],
      {},
    ),
  }),
  listImports: () => [],
  listSettings: () => [],
  listImportTargets: () => [],
} as const

/** Puts the fake in the place of the server: `?fake`, `?fake=empty`, `?fake=broken`, `?fake=slow`. */
export function install(): void {
  const answers = fake as unknown as Record<string, (call: unknown) => unknown>
  replaceApi(
    new Proxy({} as BinnacleClient, {
      get: (_, name: string) => async (call: unknown) => {
        await wait()
        const answer = answers[name]
        if (answer === undefined) throw new Error(`The fake does not know ${name}.`)
        return answer(call)
      },
    }),
  )
}
