import { z } from 'zod'
import { many } from './account-timeline.ts'
import { op } from './op.ts'
import { rowColumn } from './question.ts'

export const accountObjectOps = {
  accountObjects: op({
    method: 'GET',
    path: '/api/v1/accounts/objects',
    summary: 'Things of one kind across accounts, as they stand now: open urgent tickets in my accounts',
    query: z.object({
      of: z.string().default('tickets').describe('tickets, invoices, people, outcomes, onboardings'),
      state: z.string().optional().describe('One of the states of the kind; its first where it is left out'),
      csm: z.string().optional().describe('The CSM who owns the account now; empty for nobody'),
      find: z.string().max(200).optional().describe('Words; each must stand in a text of the row'),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    response: z.object({
      kinds: many(z.object({ id: z.string(), name: z.string(), states: many(z.object({ id: z.string(), name: z.string() })) })),
      page: z.object({
        columns: many(rowColumn),
        rows: many(many(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
        total: z.number(),
        next: z.number().nullable(),
      }),
    }),
  }),
}
