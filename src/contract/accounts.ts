import { z } from 'zod'
import { op } from './op.ts'
import { rowPage, seconds } from './question.ts'

const reported_on = z.string().optional().describe('Only what was recorded by the close of this day, or by this instant')

export const foundAccount = z
  .object({
    account_id: z.string(),
    name: z.string().describe('The id where no name is known'),
    counted_as: z.string().describe('The account that its history counts under: itself, unless it was merged into another'),
    is_internal: z.boolean().describe('Left out of every number'),
  })
  .meta({ id: 'FoundAccount' })
export type FoundAccount = z.output<typeof foundAccount>

export const accountOps = {
  findAccounts: op({
    method: 'GET',
    path: '/api/v1/accounts',
    summary: 'Accounts by what was typed of their name or id, the closest first',
    query: z.object({
      find: z.string().max(200).describe('Words; each must stand in the name or the id. Case and accents do not matter'),
      limit: z.coerce.number().int().min(1).max(50).default(20),
      reported_on,
    }),
    response: z.object({ accounts: z.array(foundAccount), total: z.number().describe('How many fit, those that are not listed among them') }),
  }),
  evidence: op({
    method: 'GET',
    path: '/api/v1/accounts/{id}/evidence',
    summary: 'Everything that is known of one account, down to the line of the file it came from',
    params: z.object({ id: z.string() }),
    query: z.object({ reported_on, seconds }),
    response: z.object({
      account: z.object({
        account_id: z.string(),
        name: z.string(),
        attributes: z.array(z.object({ attribute: z.string(), value: z.string(), from: z.string() })),
      }),
      sections: z.array(z.object({ id: z.string(), name: z.string(), page: rowPage })),
    }),
  }),
}
