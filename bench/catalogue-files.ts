import { Buffer } from 'node:buffer'
import { join } from 'node:path'
import { sampleCompany, yardstick } from '../src/connectors/sample-company/sample-company.ts'
import type { SampleFile } from '../src/connectors/sample-company/sample-company.ts'
import { USAGE_HEADERS } from '../src/connectors/sample-company/usage-files.ts'
import { END_MONTH, SMALL, fileNamed, only, save, write } from './company-files.ts'
import { askEngine } from './house.ts'
import type { House } from './house.ts'
import { importFiles } from './imports.ts'

const REVENUE = new Set([...SMALL, 'subscription_versions', 'charges'].map((name) => `${name}.csv`))
const EVENTS = 'usage_events.csv'

/** The lines of a file as the body of a request, but for those that are put aside. */
function body(file: SampleFile, aside: (line: string) => boolean, count: (rows: number) => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const pieces = file.rows()[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done === true) return controller.close()
      const kept = value.split('\n').filter((line) => line !== '' && !aside(line))
      count(kept.length)
      controller.enqueue(encoder.encode(`${kept.join('\n')}\n`))
    },
  })
}

export interface Catalogue {
  readonly events: number
  /** The events of one day, the last one, which are not loaded yet. */
  readonly day: { readonly path: string; readonly rows: number }
}

/**
 * Loads facts of every other kind: events as the bare engine takes them, in the rows that an import would store, and the rest
 * through the import, if all are wanted. One day of events is kept for later.
 */
export async function loadCatalogue(house: House, scale: number, all: boolean): Promise<Catalogue> {
  const { files } = sampleCompany(yardstick(END_MONTH, scale))
  if (all)
    await importFiles(
      house,
      await save(
        house.folder,
        files.filter(({ name }) => !REVENUE.has(name) && name !== EVENTS),
      ),
    )
  const header = USAGE_HEADERS.events.trim()
  const lastDay: string[] = [header]
  // A copy: a part of a string keeps the whole of it in memory.
  const aside = (line: string): boolean => line.includes(`,${END_MONTH}-30`) && lastDay.push(Buffer.from(line).toString()) > 0
  let events = -1
  await (
    await askEngine(
      house,
      `INSERT INTO fact_usage_event (${header}, source, source_id, import_id, recorded_at, deleted, revises)
       SELECT ${header}, 'files' AS source, concat(event_id, '') AS source_id, 'bare' AS import_id, '2025-07-01 00:00:00.000000' AS recorded_at, 0 AS deleted, 0 AS revises
       FROM input('event_id String, account_id String, user_id String, occurred_at DateTime64(3, \\'UTC\\'), event String, feature String, product String, platform String, user_role String, is_internal Bool') FORMAT CSVWithNames`,
      body(fileNamed(files, EVENTS), aside, (rows) => (events += rows)),
    )
  ).text()
  const path = join(house.folder, 'events-of-a-day.csv')
  await write(path, only(`${lastDay.join('\n')}\n`))
  return { events, day: { path, rows: lastDay.length - 1 } }
}
