import { z } from 'zod'
import { DIRECTION_IDS } from '../kernel/words/metrics.ts'
import { FILE, op } from './op.ts'
import type { FileAnswer } from './op.ts'
import { explanation, list, questionFields, seconds, unit } from './question.ts'

const columnHead = z
  .object({
    id: z.string().describe('As it is asked for'),
    name: z.string(),
    says: z.string(),
    of: z.enum(['account', 'attribute', 'metric', 'health']).describe('Where it comes from'),
    kind: z.enum(['number', 'text', 'day']),
    unit: unit.nullable(),
    currency: z.string().nullable(),
    better: z.enum(DIRECTION_IDS),
    choices: z.array(z.string()).optional().describe('The values it can take, where they are known beforehand'),
  })
  .meta({ id: 'AccountColumn' })

const moment = {
  from: questionFields.from
    .optional()
    .describe('First day of the period of what happens between two days; the twelve months that end with the day, where it is left out'),
  until: questionFields.until.optional().describe('Day after the last day of that period'),
  as_of: questionFields.as_of.describe(
    'The day of the list: attributes, contracts and what stands at a moment are those of its close; today where it is left out',
  ),
  reported_on: questionFields.reported_on,
  seconds,
}

const asked = {
  ...moment,
  accounts: z
    .enum(['customers', 'former', 'prospects', 'all'])
    .default('customers')
    .describe('Those that pay on the day, those that did before, those that never have, or all'),
  column: list.describe('Columns, by the ids that the list of columns gives; a metric with options and period of its own is METRIC[option=value]@3m'),
  where: list.describe(
    'Conditions on any column, all of which hold: segment=SMB, nrr < 0.9, band in (red, amber), name contains acme, nrr is missing; several values asked of one column with = are alternatives',
  ),
}

const ordered = {
  ...asked,
  sort: z.string().optional().describe('The column to sort by, "-" before it for the largest first; accounts without a value come last'),
}

const row = z.object({
  account_id: z.string(),
  name: z.string(),
  cells: z.array(z.union([z.string(), z.number(), z.null()])).describe('In the order of the columns'),
  why: z.record(z.string(), z.string()).describe('Why cells are empty, a sentence for each column that is'),
})

const page = z.object({
  day: z.string(),
  columns: z.array(columnHead),
  sort: z.string(),
  rows: z.array(row),
  total: z.number().describe('How many accounts fit'),
  next: z.string().nullable().describe('The account after which the next page begins'),
  notes: z.array(z.string()).describe('What is to be read with the columns'),
  freshness: explanation.shape.freshness,
})

const total = z.object({
  column: z.string(),
  value: z.number().nullable(),
  exact: z.string().nullable(),
  why: z.string().nullable().describe('Why there is none'),
  known: z.number().describe('How many accounts of the list have a value in it'),
})

export const accountListOps = {
  listAccounts: op({
    method: 'GET',
    path: '/api/v1/accounts/list',
    summary: 'All accounts with any metric, attribute or sign of health as a column, filtered, sorted and by the page',
    query: z.object({
      ...ordered,
      after: z.string().optional().describe('The account after which the page begins'),
      limit: z.coerce.number().int().min(1).max(1000).default(50),
    }),
    response: page,
  }),
  totalAccounts: op({
    method: 'GET',
    path: '/api/v1/accounts/list/totals',
    summary: 'What the columns of a list come to: a metric is counted as it is of any group of accounts, never as a mean',
    query: z.object(asked),
    response: z.object({ total: z.number(), totals: z.array(total) }),
  }),
  exportAccounts: op({
    method: 'GET',
    path: '/api/v1/accounts/list/export',
    summary: 'The whole list as a file; money is exact in every format',
    query: z.object({
      ...ordered,
      limit: z.coerce.number().int().min(1).optional().describe('The first so many; all where it is left out'),
      format: z.enum(['csv', 'json', 'parquet']),
    }),
    response: z.custom<FileAnswer>(),
    produces: FILE,
    files: ['text/csv', 'application/json', 'application/vnd.apache.parquet'],
  }),
  listAccountColumns: op({
    method: 'GET',
    path: '/api/v1/accounts/columns',
    summary: 'Everything that can be a column of the list, and what is shown where nobody chose',
    query: z.object(moment),
    response: z.object({ columns: z.array(columnHead), usual: z.array(z.string()) }),
  }),
}
