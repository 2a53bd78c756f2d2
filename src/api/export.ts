import type { Contract } from '../contract/contract.ts'
import { boundStore } from '../facts/store.ts'
import { refuse } from '../kernel/errors.ts'
import { Line } from '../kernel/line.ts'
import { addDays, isDay } from '../kernel/period.ts'
import { answer } from '../metrics/ask/answer.ts'
import { rowTable } from '../metrics/open/drill.ts'
import { movementTable } from '../metrics/open/movements.ts'
import { answerTable } from './answer-table.ts'
import { compute, sizeOf } from './ask.ts'
import { readBook } from './book.ts'
import { MEDIA_TYPES, writeRecords, writeTable } from './export-write.ts'
import type { Download, Handler, Handlers } from './handler.ts'
import { checkAsked } from './known-dimensions.ts'
import type { ApiParts } from './parts.ts'
import { toQuestion } from './questions.ts'

type Asked = Parameters<Handler<Contract['exportQuestion']>>[0]['query']

/** Metric and period in the name of the file, the last day included. */
export function exportName({ metric, what, part, kind, by, grain, from, until, format }: Asked): string {
  const [only = 'metrics'] = metric
  const whose = what === 'movements' ? ['movements', ...kind] : [metric.length > 1 ? `${metric.length}-metrics` : only]
  const which =
    what === 'rows'
      ? ['rows', ...(part === 'all' ? [] : [part])]
      : what === 'answer'
        ? [...(by.length > 0 ? ['by', ...by] : []), ...(grain === undefined ? [] : ['per', grain])]
        : []
  return `${[...whose, ...which, from, 'to', isDay(until) ? addDays(until, -1) : until].join('-')}.${format}`
}

/** Files that are written at once; the next begins when one is done or its reader has gone. */
const files = new Line(8)

async function* inTurn(signal: AbortSignal, write: () => Download['chunks']): Download['chunks'] {
  const leave = await files.enter({ signal })
  try {
    yield* write()
  } finally {
    leave()
  }
}

async function exportFile(parts: ApiParts, asked: Asked, signal: AbortSignal): Promise<Download> {
  const { metric, what, part, kind, format, ...query } = asked
  const opened = await readBook(parts, query.reported_on, signal)
  const { book } = opened
  const attributes = await checkAsked(parts, query, what === 'movements' ? ['new_mrr'] : metric, opened, { signal })
  const question = toQuestion(query)
  const [id] = metric
  const file = { file_name: exportName(asked), media_type: MEDIA_TYPES[format] }
  if (what === 'movements') return { ...file, chunks: inTurn(signal, () => writeTable(parts.store, movementTable(book, question, kind), format, signal)) }
  if (id === undefined) throw refuse('no_metric', 'No metric is named.', 'Say which with metric=ID; GET /api/v1/metrics lists them.')
  if (what === 'rows') {
    if (metric.length > 1) throw refuse('one_metric', 'Rows belong to one metric.', 'Ask for one metric at a time.')
    const table = await rowTable({ ...book, store: boundStore(book.store, { signal }) }, id, question, part)
    return { ...file, chunks: inTurn(signal, () => writeTable(parts.store, table, format, signal)) }
  }
  const results = await compute(parts.lanes, parts.store, (store) => answer({ ...book, store }, metric, { ...question, attributes }), {
    signal,
    seconds: query.seconds,
    size: sizeOf(query, metric.length),
  })
  return { ...file, chunks: format === 'json' ? writeRecords(results) : inTurn(signal, () => writeTable(parts.store, answerTable(results), format, signal)) }
}

export const exportHandlers = (parts: ApiParts): Pick<Handlers<Contract>, 'exportQuestion' | 'exportRows'> => ({
  exportQuestion: ({ query }, { signal }) => exportFile(parts, query, signal),
  exportRows: ({ params, query }, { signal }) => exportFile(parts, { ...query, metric: [params.id], what: 'rows', kind: [], format: 'csv' }, signal),
})
