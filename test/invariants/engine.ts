import { workspaceCatalogue } from '../../src/books/workspace-catalogue.ts'
import { FACTS } from '../../src/facts/facts.ts'
import { factTable } from '../../src/facts/fact.ts'
import type { FactStore, LedgerState } from '../../src/facts/store.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { SETTINGS } from '../../src/kernel/settings.ts'
import { identifier, sql } from '../../src/kernel/sql.ts'
import { buildAsReported, refreshLedgers } from '../../src/ledgers/refresh.ts'
import { createLedgerTables } from '../../src/ledgers/tables.ts'
import { answer } from '../../src/metrics/ask/answer.ts'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { WHOLE_COMPANY } from '../../src/metrics/kit/asker.ts'
import type { Book } from '../../src/metrics/kit/book.ts'
import { openBook } from '../../src/metrics/ask/book.ts'
import { readQuestionSql } from '../../src/metrics/open/question-sql.ts'
import { openFactStore } from '../../src/stores/fact-store.ts'
import { openWorkspace } from '../../src/stores/workspace.ts'
import { freshStores } from '../engines/engines.ts'
import type { TestEngineKind } from '../engines/engines.ts'
import { loadFacts } from '../load-facts.ts'
import type { Answers } from '../oracle/answer.ts'
import type { Rules } from '../oracle/book.ts'
import { asReported, lastStep } from '../oracle/company.ts'
import type { Company, Row } from '../oracle/company.ts'
import { FACT_IDS, factOf } from '../oracle/fact-tables.ts'
import { ORACLE_METRICS } from '../oracle/oracle.ts'
import { engineAnswers, together } from './engine-answers.ts'

/** The product's ledgers and metrics over a store of their own, which one company after another is put into. */
export interface Engine {
  readonly store: FactStore
  /** Answers for a company; these metrics are asked all at once when one of them is. */
  load(company: Company, settings: Rules, together?: readonly string[]): Promise<Answers>
  /** The same as a book, which metrics are asked of. */
  book(company: Company, settings: Rules): Promise<Book>
  close(): Promise<void>
}

const NOW = new Date('2031-01-01T12:00:00Z')
const recordedAt = (step: number): string => `2030-01-01T00:00:${String(step).padStart(2, '0')}.000000Z`

/** Rows of one step that say something new: what is already known when it arrives is no version. */
function news(company: Company, step: number, fact: keyof ReturnType<typeof asReported>): Row[] {
  const before = step === 1 ? [] : asReported(company, step - 1)[fact]
  const content = (row: Row): string => JSON.stringify({ ...row, batch: 0 })
  const known = new Set(before.map(content))
  return asReported({ ...company, undos: company.undos.filter((undo) => undo.at < step) }, step)[fact].filter(
    (row) => row.batch === step && !known.has(content(row)),
  )
}

export async function openEngine(kind: TestEngineKind): Promise<Engine> {
  const stores = await freshStores(kind)
  const store = await openFactStore(stores.facts)
  const workspace = await openWorkspace(stores.workspaceUrl, systemClock)
  await createLedgerTables(store)

  const fill = async (company: Company, settings: Rules): Promise<LedgerState> => {
    await Promise.all([...FACTS.map(factTable), 'fact_undo'].map((name) => store.writeEverywhere(sql`TRUNCATE TABLE ${identifier(name)}`)))
    for (let step = 1; step <= lastStep(company); step++) {
      const version = { import_id: `step ${step}`, recorded_at: recordedAt(step) }
      await Promise.all(FACT_IDS.map((id) => loadFacts(store, factOf(id), news(company, step, id), version, settings.time_zone)))
      for (const undo of company.undos.filter(({ at }) => at === step))
        await store.insert('fact_undo', 'everywhere', [{ import_id: `step ${undo.batch}`, recorded_at: recordedAt(step), undone: 1 }])
    }
    return refreshLedgers(store, workspace, settings, { recordedUntil: recordedAt(lastStep(company)) })
  }
  const load = async (company: Company, settings: Rules, metrics: readonly string[] = ORACLE_METRICS): Promise<Answers> => {
    const state = await fill(company, settings)
    return answersOf(store, settings, metrics, (reportedOn) =>
      reportedOn === undefined ? Promise.resolve(state) : buildAsReported(store, workspace, settings, reportedOn, FACT_IDS),
    )
  }
  return {
    store,
    load,
    book: async (company, settings) => presentBook(store, await fill(company, settings), settings),
    close: async () => {
      await workspace.close()
      await stores.close()
    },
  }
}

function presentBook(store: FactStore, state: LedgerState, settings: Rules): Promise<Book> {
  const catalogue = workspaceCatalogue(BUILT_IN, { version: 1, definition: settings.north_star ?? SETTINGS.north_star.fallback })
  return openBook(store, state, { asker: WHOLE_COMPANY, settings, catalogue, now: NOW })
}

function answersOf(store: FactStore, settings: Rules, metrics: readonly string[], stateOf: (reportedOn: string | undefined) => Promise<LedgerState>): Answers {
  const books = new Map<string, Promise<Book>>()
  const bookOf = (reportedOn: string | undefined): Promise<Book> => {
    const found = books.get(reportedOn ?? '') ?? stateOf(reportedOn).then((state) => presentBook(store, state, settings))
    books.set(reportedOn ?? '', found)
    return found
  }
  const engine = engineAnswers(async (question) => {
    const book = await bookOf(question.reported_on)
    const options = Object.fromEntries(question.option.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))
    // Questions put alone are few: they are asked with their intervals.
    return answer(book, question.metric, { ...question, options, interval: question.metric.length === 1 })
  }, recordedAt)
  const sqlOf: Answers['sql'] = async (id, { reported_on, where = {}, ...question }, dimension) => {
    const book = await bookOf(reported_on === undefined ? undefined : recordedAt(reported_on))
    const filters = Object.entries(where).flatMap(([name, values]) => values.map((value) => `${name}=${value}`))
    const statements = await readQuestionSql(book, id, { ...question, where: filters, by: dimension === undefined ? [] : [dimension] })
    return statements.map((statement) => statement.sql).join(';\n')
  }
  return { ...together(engine, metrics), sql: sqlOf }
}
