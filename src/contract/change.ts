import { z } from 'zod'
import { DIRECTION_IDS } from '../kernel/words/metrics.ts'
import { op } from './op.ts'
import { flags, nullReason, questionFields, result } from './question.ts'

const number = z.number().nullable()
const period = z.object({ from: z.string(), until: z.string(), label: z.string() })

const end = z.object({
  period,
  value: number,
  exact: z.string().nullable().describe('Money and counts as exact decimal text'),
  numerator: number,
  denominator: number,
  null_reason: nullReason,
  missing_rates: result.shape.missing_rates,
  flags,
})

export const STEP_KINDS = ['corrected_rows', 'late_rows', 'definition', 'rate', 'mix', 'changed', 'entered', 'left', 'unweighed', 'other_period'] as const
const stepKind = z
  .enum(STEP_KINDS)
  .describe(
    'corrected_rows: rows known at the time of the report and changed since; late_rows: rows first recorded since; definition: settings changed since. Of a ratio, by part: rate (its own ratio changed), mix (its weight did), entered, left, unweighed (a numerator with nothing below it). Of a total: changed, entered, left. other_period: the way between the periods as a whole',
  )

const side = z.object({ value: number, numerator: number, denominator: number, share: number.describe('Share of the denominator of the whole') })

const changeSlice = z.object({
  key: z.string().describe('Value of the dimension; "(none)" for no value'),
  label: z.string(),
  account_id: z.string().nullable(),
  where: z.string().describe('The filter that asks for this part alone'),
  before: side,
  now: side,
  effects: z.array(z.object({ kind: stepKind, amount: z.number() })),
  amount: z.number(),
})
export type ChangeSlice = z.output<typeof changeSlice>

export const change = z
  .object({
    metric: z.string(),
    name: z.string(),
    version: z.string(),
    unit: result.shape.unit,
    currency: z.string().nullable(),
    better: z.enum(DIRECTION_IDS),
    from: end,
    to: end,
    reported_on: z.string().nullable().describe('The instant whose report `from` is; null when both are as known now'),
    change: number.describe('Null when either end has no value'),
    sentence: z.string().describe('The change and its steps in words'),
    steps: z
      .array(
        z.object({ kinds: z.array(stepKind).describe('Several where no value stood between them'), label: z.string(), says: z.string(), amount: z.number() }),
      )
      .describe('In order, without those that moved nothing; they add up to the change'),
    by: z.string().nullable().describe('The dimension over which the way between the periods is split'),
    dimensions: z.array(z.string()).describe('Dimensions it could be split over'),
    parts: z.array(changeSlice).describe('What each part moved between the periods, the largest first'),
    others: z.object({ count: z.number(), amount: z.number() }).nullable().describe('Parts that are not named'),
    indivisible: z.object({ reason: z.string(), says: z.string() }).nullable().describe('Why the way between the periods is not split'),
    settings: z
      .array(z.object({ key: z.string(), says: z.string(), was: z.string(), is: z.string() }))
      .describe('Settings of the metric that were others at the time of the report'),
    imports: z
      .array(
        z.object({
          id: z.string(),
          recorded_at: z.string().nullable(),
          undone_at: z.string().nullable(),
          files: z.array(z.string()),
          facts: z.array(z.object({ fact: z.string(), new: z.number(), changed: z.number() })),
        }),
      )
      .describe('Imports since the report that hold facts the metric is computed from'),
    freshness: z.object({ recorded_until: z.string().nullable(), state: z.number() }),
  })
  .meta({ id: 'Change' })
export type Change = z.output<typeof change>

const { from, until, where, as_of, option, seconds } = questionFields

export const changeOps = {
  explainChange: op({
    method: 'GET',
    path: '/api/v1/metrics/{id}/change',
    summary: 'Why a number is not what it was: a bridge of steps that add up to the difference',
    params: z.object({ id: z.string() }),
    query: z.object({
      from,
      until,
      where,
      as_of,
      option,
      seconds,
      compare: z.enum(['previous', 'year']).default('previous').describe('Set it against the period before, or a year before'),
      against_from: from.optional().describe('First day of another period to set it against; with the same period and `reported_on`, what became of a report'),
      against_until: until.optional().describe('Day after the last day of that period'),
      by: z.string().optional().describe('The dimension to split the way between the periods over; "account" for accounts. Default: the first that fits'),
      reported_on: z.string().optional().describe('Begin with the earlier period as it was reported by the close of this day, or on this instant'),
    }),
    response: change,
  }),
}
