import { z } from 'zod'
import { BAND_IDS } from '../kernel/words/health.ts'
import { op } from './op.ts'
import { day, seconds } from './question.ts'

const numbers = z.array(z.number().nullable())

export const healthMap = z
  .object({
    day: z.string().nullable().describe('The day at whose close it was said; null where nothing was said yet'),
    mode: z
      .enum(['lived', 'as_known', 'as_if_connected', 'shadow'])
      .nullable()
      .describe('As it was lived, or replayed as if sources had been connected all along, which is optimistic'),
    days: z.object({ first: z.string(), last: z.string() }).nullable().describe('Days that can be asked for'),
    inputs: z.array(z.object({ id: z.string(), name: z.string() })),
    account_id: z.array(z.string()).describe('All arrays that follow are of the same accounts, the highest ARR first'),
    name: z.array(z.string()),
    arr: z.array(z.number()),
    score: numbers,
    band: z.array(z.enum(BAND_IDS)),
    scores: z.array(numbers).describe('Of each input the 0-100 of each account; null where it is not known'),
    experience: numbers.describe('Customer experience, 0-100'),
    outcomes: numbers.describe('Customer outcomes, 0-100'),
  })
  .meta({ id: 'HealthMap' })
export type HealthMap = z.output<typeof healthMap>

export const healthMapOps = {
  healthMap: op({
    method: 'GET',
    path: '/api/v1/health/map',
    summary: 'All accounts with their inputs, as they were said at the close of a day',
    query: z.object({ on: day.optional().describe('The last closed day where it is left out'), seconds }),
    response: healthMap,
  }),
}
