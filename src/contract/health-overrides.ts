import { z } from 'zod'
import { op } from './op.ts'

const override = z.object({
  account_id: z.string(),
  value: z.number(),
  owner: z.string(),
  reason: z.string(),
  from: z.string(),
  until: z.string().describe('Its last day'),
  recorded_at: z.string(),
  made_by: z.string().nullable(),
  ended_at: z.string().nullable(),
  ended_by: z.string().nullable(),
})

const params = z.object({ account: z.string() })

export const overrideOps = {
  listOverrides: op({
    method: 'GET',
    path: '/api/v1/health/overrides/{account}',
    summary: 'Every override of the score of an account, the newest first; the computed score stays beside it',
    params,
    response: z.object({ in_force: override.nullable(), all: z.array(override) }),
  }),
  setOverride: op({
    method: 'POST',
    path: '/api/v1/health/overrides/{account}',
    summary: 'Set the score of an account by hand, for at most 30 days; renewing is setting it anew',
    params,
    body: z.object({
      value: z.number(),
      owner: z.string().max(200).describe('Who answers for it'),
      reason: z.string().max(1000).describe('Why; kept with it'),
      from: z.string().optional().describe('Default: today'),
      until: z.string().describe('Its last day'),
    }),
    response: override,
  }),
  endOverride: op({
    method: 'DELETE',
    path: '/api/v1/health/overrides/{account}',
    summary: 'End the override of an account that is in force',
    params,
    response: override,
  }),
}
