import { z } from 'zod'
import { FILE, op } from './op.ts'
import type { FileAnswer } from './op.ts'
import { list, part, question } from './question.ts'

export const exportOps = {
  exportQuestion: op({
    method: 'GET',
    path: '/api/v1/export',
    summary: 'An answer, all rows behind a number, or movements as a file; money is exact in every format',
    query: question.extend({
      what: z.enum(['answer', 'rows', 'movements']).default('answer').describe('Answers of the metrics, all rows of one of them, or movements of MRR'),
      part,
      kind: list.describe('Kinds of movements; all when none is named'),
      format: z.enum(['csv', 'json', 'parquet']),
    }),
    response: z.custom<FileAnswer>(),
    produces: FILE,
    files: ['text/csv', 'application/json', 'application/vnd.apache.parquet'],
  }),
}
