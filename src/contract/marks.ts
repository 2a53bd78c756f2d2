import { z } from 'zod'
import { op } from './op.ts'
import { questionFields } from './question.ts'

const { from, until, reported_on } = questionFields

export const marks = z.object({
  targets: z.array(
    z.object({ segment: z.string().describe('Empty: the whole company'), from: z.string(), until: z.string(), value: z.number(), owner: z.string() }),
  ),
  benchmarks: z
    .array(z.object({ statistic: z.string(), value: z.number(), segment: z.string(), publisher: z.string(), year: z.number(), n: z.number().nullable() }))
    .describe('Only those counted by the definition that the metric has here, over five or more'),
  kept_back: z
    .array(
      z.object({
        publisher: z.string(),
        year: z.number(),
        segment: z.string(),
        reason: z.enum(['other_definition', 'definition_not_said', 'too_few']),
        counted_how: z.string(),
      }),
    )
    .describe('Benchmarks that are not comparable, without their values'),
  notes: z.array(z.object({ day: z.string(), text: z.string(), author: z.string() })),
})
export type Marks = z.output<typeof marks>

export const markOps = {
  marks: op({
    method: 'GET',
    path: '/api/v1/metrics/{id}/marks',
    summary: 'What stands beside a metric: targets, benchmarks that are comparable, and notes on the time axis',
    params: z.object({ id: z.string() }),
    query: z.object({ from, until, reported_on }),
    response: marks,
  }),
}
