import { availableParallelism, totalmem } from 'node:os'
import type { LedgerState } from '../src/facts/store.ts'
import { defaultMemoryBytes } from '../src/stores/engines/private-clickhouse.ts'
import { benchAccountPage } from './account-page.ts'
import { benchAccountList } from './account-list.ts'
import { loadCatalogue } from './catalogue-files.ts'
import { CATALOGUE, USERS } from './catalogue-questions.ts'
import { benchColumns } from './columns.ts'
import { writeCompany } from './company-files.ts'
import type { CompanyFiles } from './company-files.ts'
import { lastSaid, openHouse } from './house.ts'
import type { House } from './house.ts'
import { benchImports, bringIn, importFiles } from './imports.ts'
import { benchLevels } from './levels.ts'
import { lineTable, megabytes, milliseconds, perSecond, table } from './measure.ts'
import type { Line } from './measure.ts'
import { watchMemory } from './memory.ts'
import { loadCatalogueTables, loadPlainTables } from './plain-tables.ts'
import { BOARD } from './questions.ts'
import { benchReading } from './reading.ts'
import { benchDay, benchRefresh, rebuild } from './refresh.ts'
import { benchStanding } from './standing.ts'

/**
 * Measures the product against bare engines in one run and prints ratios. Times of one machine mean
 * nothing on another; ratios of the same run do.
 */
export interface BenchOptions {
  /** 1: 100,000 accounts and 3 million changes. */
  readonly scale: number
  readonly runs: number
  /**
   * A part alone: the board and its refreshes, values of all accounts in columns with nothing else, product use and the rest of the
   * catalogue, users and sessions with neither other facts nor Postgres, or the scores of all accounts.
   */
  readonly only?: 'board' | 'columns' | 'catalogue' | 'users' | 'health' | undefined
}

type Print = (title: string, columns: readonly [string, string], found: readonly Line[]) => void

const say = (text = ''): void => void process.stdout.write(`${text}\n`)
const note = (text: string): void => void process.stderr.write(`${text}\n`)

function processes(house: House): Map<string, number> {
  const found = new Map<string, number>()
  const add = (name: string, pid: number | undefined): void => {
    if (pid !== undefined) found.set(name, pid)
  }
  add('the app (Node)', house.app.process.pid)
  add('ClickHouse', house.clickhouse.supervisor.pid)
  add('Postgres (workspace)', house.postgres.supervisor.pid)
  return found
}

/** Reads and refreshes the board. Says what disagreed. */
async function benchBoard(house: House, files: CompanyFiles, runs: number, print: Print): Promise<readonly string[]> {
  note('Rebuilding the ledgers ...')
  const built = await rebuild(house, Math.min(runs, 3))
  note('Loading Postgres ...')
  await loadPlainTables(house, built.state.state)
  note('Asking ...')
  const reading = await benchReading(house, built.state.state, BOARD, runs)
  print(`Reading, medians of ${runs}, kept answers forgotten, over HTTP`, ['product', 'by hand'], reading.againstHand)
  print('The same in plain SQL on Postgres', ['product', 'Postgres'], reading.againstPostgres)
  say(`\nA number that somebody saw before\n${table(['', 'again'], reading.seenBefore)}`)
  const ofColumns = await compareColumns(house, built.state, runs, print)
  note('Correcting ...')
  print('Refresh, from the acknowledgment of an import until the numbers have it', ['refresh', 'rebuild'], await benchRefresh(house, files, built.ms))
  return [...reading.disagreements, ...ofColumns]
}

async function compareColumns(house: House, state: LedgerState, runs: number, print: Print): Promise<readonly string[]> {
  const { line, disagreements } = await benchColumns(house, state, runs)
  print(`All accounts in columns, medians of ${runs}, in this process`, ['product', 'by hand'], [line])
  const list = await benchAccountList(house, state, runs)
  print(`The list of accounts, medians of ${runs} for each column, filtered and sorted anew, over HTTP`, ['product', 'by hand'], list.lines)
  print(`The screen of an account, medians of ${runs} accounts, over HTTP`, ['product', 'wanted'], await benchAccountPage(house, runs))
  return [...disagreements, ...list.disagreements]
}

async function columnsAlone(house: House, files: CompanyFiles, runs: number, print: Print): Promise<readonly string[]> {
  await bringIn(house, files)
  note('Rebuilding the ledgers ...')
  const { state } = await rebuild(house, 1)
  note('Asking ...')
  return compareColumns(house, state, runs, print)
}

async function compareStanding(house: House, files: CompanyFiles, state: LedgerState, runs: number, print: Print): Promise<readonly string[]> {
  const { lines, disagreements } = await benchStanding(house, files, state.state, runs)
  print(`How all accounts stand, medians of ${runs}, in this process`, ['product', 'by hand'], lines)
  return disagreements
}

async function standingAlone(house: House, files: CompanyFiles, { scale, runs }: BenchOptions, print: Print): Promise<readonly string[]> {
  await bringIn(house, files)
  note('Loading facts of all other kinds ...')
  await loadCatalogue(house, scale, true)
  note('Rebuilding the ledgers ...')
  const { state } = await rebuild(house, 1)
  note('Asking ...')
  return compareStanding(house, files, state, runs, print)
}

/** Reads and refreshes product use, surveys, tickets and all levels. Says what disagreed. */
async function benchCatalogue(house: House, { scale, runs, only }: BenchOptions, print: Print): Promise<readonly string[]> {
  const usersAlone = only === 'users'
  note('Loading facts of all other kinds ...')
  const catalogue = await loadCatalogue(house, scale, !usersAlone)
  say(`\n${catalogue.events.toLocaleString('en')} events of use${usersAlone ? '' : ', and facts of all other kinds'}`)
  note('Rebuilding the ledgers ...')
  const all = await rebuild(house, 1)
  if (!usersAlone) {
    note('Loading Postgres ...')
    if (only === 'catalogue') await loadPlainTables(house, all.state.state)
    await loadCatalogueTables(house, all.state.state)
  }
  note('Asking ...')
  const reading = await benchReading(house, all.state.state, usersAlone ? USERS : CATALOGUE, Math.min(runs, 3), !usersAlone)
  print(`Use, surveys and tickets, medians of ${Math.min(runs, 3)}, over HTTP`, ['product', 'by hand'], reading.againstHand)
  if (!usersAlone) {
    print('The same in plain SQL on Postgres', ['product', 'Postgres'], reading.againstPostgres)
    say(
      `\nAll metrics of a level that can be asked by segment, 24 months, in one request\n${table(['', 'whole', 'by segment', 'longest alone'], await benchLevels(house, all.state.state, runs))}`,
    )
  }
  note('One more day ...')
  print('Refresh after one day of events', ['refresh', 'rebuild'], await benchDay(house, catalogue.day, all.ms))
  return reading.disagreements
}

/** Runs everything. False when answers disagreed. */
async function measure(house: House, options: BenchOptions): Promise<boolean> {
  const { scale, runs, only } = options
  const memory = watchMemory(processes(house))
  const lines: Line[] = []
  const print: Print = (title, columns, found) => {
    lines.push(...found)
    say(`\n${title}\n${lineTable(columns, found)}`)
  }
  note('Writing the company ...')
  const files = await writeCompany(house.folder, scale)
  const { rows, ms } = files.generator
  say(
    `${files.accounts.toLocaleString('en')} accounts, ${files.changes.toLocaleString('en')} versions of subscriptions, generated at ${perSecond(rows, ms)}; ${availableParallelism()} cores, ${megabytes(totalmem())} of memory`,
  )
  note('Importing ...')
  if (only === 'users') await importFiles(house, files.small)
  else if (only !== 'columns' && only !== 'health')
    print('Import, over three parts of the versions', ['product', 'bare insert'], await benchImports(house, files))
  const disagreements = [
    ...(only === 'columns' ? await columnsAlone(house, files, runs, print) : []),
    ...(only === 'health' ? await standingAlone(house, files, options, print) : []),
    ...(only === undefined || only === 'board' ? await benchBoard(house, files, runs, print) : []),
    ...(only === undefined || only === 'catalogue' || only === 'users' ? await benchCatalogue(house, options, print) : []),
  ]
  memory.stop()
  say(
    `\nPeak memory (proportional set size)\n${table(
      ['', 'peak'],
      [...memory.peaks].map(([name, bytes]) => [name, megabytes(bytes)]),
    )}\nClickHouse may take ${megabytes(defaultMemoryBytes())} for data; its code is counted here too.`,
  )
  say(`\n${lines.filter((line) => line.met).length} of ${lines.length} targets met.`)
  for (const text of disagreements) say(`DISAGREEMENT: ${text}`)
  say(disagreements.length === 0 ? 'All answers agree.' : 'The bench failed: answers disagree.')
  return disagreements.length === 0
}

export async function runBench(options: BenchOptions): Promise<boolean> {
  const begin = performance.now()
  const house = await openHouse()
  const stop = (signal: string): void => {
    note(`Stopped by ${signal}.`)
    void house.close().then(() => process.exit(130))
  }
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop)
  try {
    const agreed = await measure(house, options)
    note(`Took ${milliseconds(performance.now() - begin)}.`)
    return agreed
  } catch (error) {
    note(lastSaid())
    throw error
  } finally {
    await house.close()
  }
}
