import { z } from 'zod'
import { FLAG_IDS } from '../kernel/words/flags.ts'
import type { Flag } from '../kernel/words/flags.ts'
import { DIRECTION_IDS, KIND_IDS, LEVEL_IDS, METRIC_GROUPS, NATURE_IDS, ROLL_UP_IDS } from '../kernel/words/metrics.ts'
import { NULL_REASON_IDS } from '../kernel/words/reasons.ts'
import { UNIT_IDS } from '../kernel/words/units.ts'

export const list = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.string()))
export const day = z.string().meta({ description: 'A local day of the workspace, YYYY-MM-DD' })

export const seconds = z.coerce.number().int().min(1).max(600).optional().describe('Give up after so many seconds of computing; 10 unless given, 600 at most')

export const questionFields = {
  from: day.describe('First day of the period'),
  until: day.describe('Day after the last day of the period'),
  grain: z.enum(['day', 'week', 'month', 'quarter', 'year']).optional().describe('Cut the period into a series'),
  by: list.describe('Dimensions to break down by, at most two'),
  where: list.describe('Filters, each DIMENSION=VALUE; several of one dimension mean any of them; "(none)" means no value'),
  as_of: day.optional().describe('Count only what had happened by the close of this day'),
  reported_on: z.string().optional().describe('Count only what was recorded by the close of this day, or by this instant'),
  compare: z.enum(['previous', 'year']).optional().describe('Set each result beside the period before, or a year before'),
  interval: z.stringbool().optional().describe('Compute 95 % intervals where the metric has one'),
  option: list.describe('Options of a metric, each NAME=VALUE, for example horizon_days=60'),
  seconds,
}

export const question = z.object({ metric: list.describe('Metric ids'), ...questionFields })
export const metricQuestion = z.object(questionFields)

export const unit = z.enum(UNIT_IDS)
export const nullReason = z.enum(NULL_REASON_IDS).nullable()
export const flags = z.array(z.union([z.enum(FLAG_IDS), z.templateLiteral(['at_least_', z.string()])]) satisfies z.ZodType<Flag>)
const number = z.number().nullable()
const period = z.object({ from: z.string(), until: z.string(), label: z.string() })

/** The one record in which every number travels (C32). */
export const result = z
  .object({
    metric: z.string(),
    version: z.string().describe('Version of the definition; two versions are never drawn on one line'),
    period,
    dims: z.record(z.string(), z.string()).describe('Value of each dimension of the breakdown; "(none)" for no value'),
    value: number,
    exact: z.string().nullable().describe('Money and counts as exact decimal text'),
    numerator: number,
    denominator: number,
    n: z.number().nullable().describe('How many things were counted'),
    ci: z.tuple([z.number(), z.number()]).nullable(),
    ci_method: z.string().nullable(),
    ci_says: z.string().nullable().describe('What the interval is: a 95 % interval, or the range that something unknown leaves'),
    unit,
    currency: z.string().nullable(),
    null_reason: nullReason.describe('Why there is no value'),
    missing_rates: z
      .array(
        z.object({
          currency: z.string(),
          per: z.string(),
          from: z.string().describe('First day on which a rate is needed'),
          until: z.string().nullable().describe('Day of the first rate that is known'),
        }),
      )
      .describe('Exchange rates for want of which there is no value'),
    refusal: z
      .object({ code: z.string(), message: z.string(), cure: z.string() })
      .optional()
      .describe('Why this metric could not be asked while others could: it is not known by a dimension of the question'),
    flags: flags.describe('What is to be known of the number beside its value'),
    parts: z.record(z.string(), number).describe('Named parts of the formula with their numbers'),
    comparison: z
      .object({
        period,
        value: number,
        numerator: number,
        denominator: number,
        n: z.number().nullable(),
        alike: z.boolean().describe('False where the one period is over and the other is not: then there is no change'),
        change: number,
        change_ci: z.tuple([z.number(), z.number()]).nullable(),
      })
      .nullable(),
    settings_hash: z.string(),
  })
  .meta({ id: 'Result' })
export type Result = z.output<typeof result>

const kindOfFact = z.object({ fact: z.string(), files: z.string().describe('What a file of them holds: tickets, survey responses ...') })

export const metricEntry = z
  .object({
    id: z.string(),
    name: z.string(),
    says: z.string().describe('Plain meaning in one sentence'),
    level: z.enum(LEVEL_IDS),
    kind: z.enum(KIND_IDS),
    nature: z.enum(NATURE_IDS),
    grain: z.string().describe('The thing counted'),
    unit,
    better: z.enum(DIRECTION_IDS),
    formula: z.string(),
    null_when: z.string(),
    roll_up: z.enum(ROLL_UP_IDS),
    dimensions: z.array(z.string()),
    interval: z.string().nullable(),
    version: z.string(),
    revisions: z
      .array(z.object({ version: z.string(), on: z.string(), says: z.string() }))
      .describe('What made each version another than the one before, the newest first; the first version has none'),
    aliases: z.array(z.string()),
    disagreements: z.array(z.object({ anchor: z.string(), says: z.string() })),
    options: z.array(
      z.object({ name: z.string(), says: z.string(), fallback: z.string(), choices: z.array(z.string()).describe('Empty where any value is allowed') }),
    ),
    needs: z.array(z.string()).describe('Facts it is computed from'),
    group: z.enum(METRIC_GROUPS),
    lit_by: z.array(z.array(kindOfFact)).describe('Facts without which there is nothing to count; of each list one kind is needed'),
    missing: z.array(z.array(kindOfFact)).describe('Those lists of which nothing has been imported yet'),
    parts: z.array(z.string()).describe('Which of its rows can be asked for: all, those of a side, or of a term by its name'),
    cohorts: z.boolean().describe('Whether its cohorts can be set against their age'),
    packs: z.array(z.object({ business_type: z.string(), name: z.string(), reason: z.string() })).describe('Business types that look at it first'),
    settings: z.array(z.string()),
    mentions: z.array(z.object({ metric: z.string(), name: z.string() })).describe('Metrics that its words name, in quotation marks: a surface can link them'),
  })
  .meta({ id: 'Metric' })
export type MetricEntry = z.output<typeof metricEntry>

export const dimensionEntry = z
  .object({
    id: z.string(),
    name: z.string(),
    of: z.enum(['account', 'subscription', 'use']).describe('What it tells apart: a dimension of use fits metrics of product use alone'),
    values: z.array(z.string()).describe('The most frequent first; at most 200'),
  })
  .meta({ id: 'Dimension' })

export const rowColumn = z.object({ id: z.string(), name: z.string(), type: z.enum(['text', 'money', 'number', 'day', 'instant', 'boolean']) })
export const rowPage = z.object({
  columns: z.array(rowColumn),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  total: z.number(),
  next: z.number().nullable().describe('Offset of the next page'),
})
export type RowPage = z.output<typeof rowPage>

export const explanation = z.object({
  result,
  definition: metricEntry,
  settings: z.array(z.object({ key: z.string(), value: z.string(), says: z.string() })).describe('Settings that applied'),
  filled_formula: z.string().describe('The formula with its numbers'),
  terms: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      value: number,
      unit,
      currency: z.string().nullable(),
      role: z.enum(['numerator', 'denominator', 'part', 'beside']).describe('part: another term of the formula; beside: none of it'),
      opens: z.boolean().describe('Whether it has rows, asked for by its name as part'),
    }),
  ),
  disagreements: z.array(z.object({ anchor: z.string(), says: z.string(), value: number })).describe('What other tools would print here, and why'),
  contributions: z
    .object({
      compared_with: period,
      from: number,
      to: number,
      items: z.array(z.object({ label: z.string(), account_id: z.string().nullable(), amount: z.number() })).describe('They add up to the difference'),
    })
    .nullable(),
  distribution: z
    .object({
      label: z.string(),
      bins: z.array(
        z.object({
          from: z.number(),
          until: number.describe('Null: no end. The same as from: this value alone'),
          reached: z.number(),
          open: z.number().describe('Observed so far, not reached'),
        }),
      ),
    })
    .nullable()
    .describe('How the values are spread of which the metric says the middle or the mean'),
  tree: z
    .object({
      name: z.string(),
      owner: z.string(),
      pieces: z
        .array(
          z.object({
            label: z.string(),
            metric: z.string().nullable(),
            depth: z.number().describe('0 for parts of the value itself'),
            value: number,
            unit,
            currency: z.string().nullable(),
            null_reason: nullReason,
            sign: number,
            weight: number,
            floor: number,
            target: number,
            attainment: number.describe('Share of the way from floor to target'),
            contribution: number.describe('What it adds to the part above it'),
          }),
        )
        .describe('Depth first'),
    })
    .nullable()
    .describe('How a metric made of others is put together'),
  freshness: z.object({ recorded_until: z.string().nullable(), state: z.number() }),
})
export type Explanation = z.output<typeof explanation>

export const cohort = z.object({
  period,
  base: z.number(),
  cells: z.array(z.object({ age: z.number(), kept: number, share: number, null_reason: nullReason })),
})

export type Cohort = z.output<typeof cohort>

export const part = z
  .string()
  .regex(/^\w+$/)
  .default('all')
  .describe('all, or only the rows that count in the numerator, the denominator or a term of the explanation, by its name')
