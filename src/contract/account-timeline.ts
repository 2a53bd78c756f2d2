import { z } from 'zod'
import { op } from './op.ts'
import { list } from './question.ts'

/** A list that nobody changes. */
export const many = <T extends z.ZodType>(of: T) => z.array(of).readonly()

const id = z.object({ id: z.string() })
const reported_on = z.string().optional().describe('Only what was recorded by the close of this day, or by this instant')
const value = z.union([z.string(), z.number(), z.boolean(), z.null()])
export const factName = z.object({ fact: z.string().describe('Id of its kind'), source: z.string(), source_id: z.string() })

export const happening = z.object({
  key: z.string().describe('Tells it from all others of the account, whenever it is asked for'),
  kind: z.string(),
  at: z.string().describe('Of what is dated by a day the close of it'),
  day: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  tone: z.enum(['good', 'bad', 'neutral']),
  fact: factName.nullable().describe('The fact that says so; null for what rules make of facts'),
  recorded_at: z.string().nullable(),
  late_days: z.number().nullable().describe('Whole days that it was told after it happened, from two on; null for history'),
})

export const factStory = factName.extend({
  name: z.string(),
  versions: many(
    z.object({
      recorded_at: z.string(),
      deleted: z.boolean().describe('It takes the fact back'),
      undone: z.boolean().describe('Its import was taken back'),
      file: z.string().nullable(),
      line: z.number().nullable(),
      as_it_stood: z.string().nullable(),
      fields: many(z.object({ name: z.string(), value, before: value, changed: z.boolean() })),
    }),
  ).describe('The latest first'),
})

export const accountTimelineOps = {
  accountTimeline: op({
    method: 'GET',
    path: '/api/v1/accounts/{id}/timeline',
    summary: 'One timeline of everything about an account, the latest first',
    params: id,
    query: z.object({
      kinds: list.describe('Only these kinds; all where none is given'),
      find: z.string().max(200).optional().describe('Words; each must stand in the title, the detail or the id'),
      before: z.string().max(2000).optional().describe('Cursor of the page before: its "next"'),
      until: z.string().optional().describe('Only up to this day'),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      reported_on,
    }),
    response: z.object({
      account_id: z.string(),
      items: many(happening),
      next: z.string().nullable(),
      total: z.number(),
      kinds: many(z.object({ id: z.string(), name: z.string(), count: z.number() })).describe('Every kind, with how many there are under the same search'),
      cut: many(z.string()).describe('Kinds of facts of which there are more than are read'),
    }),
  }),
  accountFact: op({
    method: 'GET',
    path: '/api/v1/accounts/{id}/fact',
    summary: 'All versions of one fact of an account, down to the line of the file each came from',
    params: id,
    query: factName,
    response: factStory,
  }),
}
