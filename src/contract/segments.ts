import { z } from 'zod'
import { op } from './op.ts'

const written = {
  name: z.string().max(80),
  accounts: z.enum(['customers', 'former', 'prospects', 'all']).default('customers'),
  where: z.array(z.string()).describe('Conditions, as the list of accounts takes them'),
  column: z.array(z.string()).default([]).describe('Columns of the list; the usual ones where none is named'),
  sort: z.string().nullable().default(null),
}

const segment = z
  .object({
    id: z.string().describe('Made of the name'),
    ...written,
    column: z.array(z.string()),
    version: z.number(),
    made_at: z.string(),
    made_by: z.string().nullable(),
  })
  .meta({ id: 'Segment' })

const byId = z.object({ id: z.string() })

export const segmentOps = {
  listSegments: op({
    method: 'GET',
    path: '/api/v1/segments',
    summary: 'Lists of accounts with a name. Wherever a filter is, segment_of=ID stands for the accounts that are in one on the day of the question',
    response: z.array(segment),
  }),
  makeSegment: op({ method: 'POST', path: '/api/v1/segments', summary: 'Gives a list of accounts a name', body: z.object(written), response: segment }),
  changeSegment: op({
    method: 'PUT',
    path: '/api/v1/segments/{id}',
    summary: 'Saves a new version of a segment, in force from then on',
    params: byId,
    body: z.object(written),
    response: segment,
  }),
  removeSegment: op({ method: 'DELETE', path: '/api/v1/segments/{id}', summary: 'Takes a segment away; its versions stay', params: byId, response: segment }),
  segmentVersions: op({
    method: 'GET',
    path: '/api/v1/segments/{id}/versions',
    summary: 'Every version of a segment, the oldest first',
    params: byId,
    response: z.array(segment.extend({ is_gone: z.boolean().describe('This version took it away') })),
  }),
}
