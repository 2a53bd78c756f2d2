import { askTable } from '../books/tables.ts'
import type { AskedTable } from '../books/tables.ts'
import type { Contract } from '../contract/contract.ts'
import { Line } from '../kernel/line.ts'
import { addDays, isDay } from '../kernel/period.ts'
import { MEDIA_TYPES, writeRecords, writeTable } from './export-write.ts'
import type { Download, Handler, Handlers, RequestContext } from './handler.ts'
import type { ApiNeeds } from './needs.ts'
import { toQuestion } from './query.ts'

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

export async function* inTurn(signal: AbortSignal, write: () => Download['chunks']): Download['chunks'] {
  const leave = await files.enter({ signal })
  try {
    yield* write()
  } finally {
    leave()
  }
}

type Wanted = Pick<Asked, 'metric' | 'what' | 'part' | 'kind'>

const wantedTable = ({ metric, what, part, kind }: Wanted): AskedTable =>
  what === 'movements' ? { what, kinds: kind } : what === 'rows' ? { what, metrics: metric, part } : { what, metrics: metric }

async function exportFile({ books }: ApiNeeds, asked: Asked, { asker, signal }: Pick<RequestContext, 'asker' | 'signal'>): Promise<Download> {
  const { metric, what, part, kind, format, ...query } = asked
  const { table, results } = await askTable(books, { asker, signal, seconds: query.seconds }, wantedTable({ metric, what, part, kind }), toQuestion(query))
  const chunks = (): Download['chunks'] => (results !== null && format === 'json' ? writeRecords(results) : writeTable(books.store, table, format, signal))
  return { file_name: exportName(asked), media_type: MEDIA_TYPES[format], chunks: inTurn(signal, chunks) }
}

export const exportHandlers = (needs: ApiNeeds): Pick<Handlers<Contract>, 'exportQuestion' | 'exportRows'> => ({
  exportQuestion: ({ query }, context) => exportFile(needs, query, context),
  exportRows: ({ params, query }, context) => exportFile(needs, { ...query, metric: [params.id], what: 'rows', kind: [], format: 'csv' }, context),
})
