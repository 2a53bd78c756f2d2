import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import type { FactRow } from '../../../src/facts/append.ts'
import type { Column, FactDefinition } from '../../../src/facts/fact.ts'
import { FACTS } from '../../../src/facts/facts.ts'
import type { Day } from '../../../src/kernel/period.ts'
import { addDays, dayOf, instantOf, startOfDay } from '../../../src/kernel/period.ts'

/** Rows of a company that are recorded together: of one source, on one local day, no fact twice. */
export interface Recording {
  readonly at: Date
  readonly source: string
  readonly rows: readonly FactRow[]
}

type Cells = Readonly<Record<string, string>>

interface Version {
  readonly at: Date
  readonly source: string
  readonly rows: readonly FactRow[]
}

/** Columns of the rig, which are no facts: when a version was recorded, by whom, and whether it takes the fact back. */
const RIG = new Set(['_recorded_at', '_deleted', '_source'])
const USUAL_SOURCE = 'app'
/** When rows took effect that do not say when they were recorded, where it is not the day that their kind goes by. */
const TOOK_EFFECT: Readonly<Record<string, string>> = { invoice: 'issued_on' }
const NOON = 'T12:00:00'

const isDate = (cell: string): boolean => /^\d{4}-\d\d-\d\d$/.test(cell)

/** An instant as the product takes it: days and times without a distance from UTC are of the company's zone. */
function toInstant(cell: string, zone: string, { lastDay }: Pick<Column, 'lastDay'>): string {
  if (isDate(cell)) return startOfDay(lastDay ? addDays(cell, 1) : cell, zone).toISOString()
  return /(?:Z|[+-]\d\d:?\d\d)$/.test(cell) ? cell : instantOf(cell.replace(' ', 'T'), zone).toISOString()
}

const toValue = (column: Column, cell: string, zone: string): string => (cell !== '' && column.type === 'instant' ? toInstant(cell, zone, column) : cell)

/** Facts that cells of a row are beside the row's own: attributes of an account. */
function carriedBy(fact: FactDefinition, name: string, cell: string, cells: Cells): FactRow {
  const carried = fact.carries[`attribute:${name}`] ?? fact.carries[name]
  if (carried === undefined && fact.id !== 'account') throw new Error(`${fact.plural} have no column ${name}`)
  if (carried === undefined) return { fact: 'account_attribute', row: { account_id: cells.account_id, attribute: name, value: cell } }
  const copies = Object.fromEntries(Object.entries(carried.copies).map(([to, from]) => [to, cells[from]]))
  return { fact: carried.fact, row: { ...carried.constants, ...copies, [carried.valueColumn]: cell } }
}

function rowsOf(fact: FactDefinition, cells: Cells, zone: string): FactRow[] {
  const own = Object.entries(cells).filter(([name]) => fact.columns[name] !== undefined)
  const others = Object.entries(cells).filter(([name, cell]) => fact.columns[name] === undefined && !RIG.has(name) && cell !== '')
  const row = Object.fromEntries(own.map(([name, cell]) => [name, toValue(fact.columns[name] as Column, cell, zone)]))
  const gone = cells._deleted === '1' ? ({ deleted: true } as const) : {}
  return [{ fact: fact.id, row, ...gone }, ...others.map(([name, cell]) => carriedBy(fact, name, cell, cells))]
}

function versionOf(fact: FactDefinition, cells: Cells, zone: string): Version {
  const told = cells._recorded_at ?? ''
  const cell = told === '' ? (cells[TOOK_EFFECT[fact.id] ?? fact.effective] ?? '') : told
  if (cell === '') throw new Error(`a row of ${fact.plural} says neither when it was recorded nor when it took effect: ${JSON.stringify(cells)}`)
  const at = new Date(isDate(cell) ? instantOf(`${cell}${NOON}`, zone) : toInstant(cell, zone, { lastDay: false }))
  return { at, source: (cells._source ?? '') === '' ? USUAL_SOURCE : (cells._source as string), rows: rowsOf(fact, cells, zone) }
}

/** What tells the facts of a recording apart. */
function identityOf({ fact: id, row }: FactRow): string {
  const fact = FACTS.find((each) => each.id === id) as FactDefinition
  const names = fact.identity.find((list) => list.every((name) => (row[name] ?? '') !== '')) ?? fact.identity[0] ?? []
  return [id, ...names.map((name) => String(row[name] ?? ''))].join('|')
}

/** Rows of one day and source, in as few recordings as hold no fact twice: each at the last of its instants. */
function recordingsOf(versions: readonly Version[]): Recording[] {
  const recordings: { at: Date; source: string; rows: FactRow[]; seen: Set<string> }[] = []
  for (const { at, source, rows } of versions) {
    const last = recordings.at(-1)
    const identities = rows.map(identityOf)
    const isFresh = last === undefined || identities.some((identity) => last.seen.has(identity))
    const into = isFresh ? { at, source, rows: [], seen: new Set<string>() } : last
    if (isFresh) recordings.push(into)
    into.rows.push(...rows)
    for (const identity of identities) into.seen.add(identity)
    if (at > into.at) into.at = at
  }
  return recordings.map(({ seen: _, ...recording }) => recording)
}

/** Of a file its kind of fact: `tickets.csv` holds tickets. */
function factOf(name: string): FactDefinition {
  const fact = FACTS.find(({ id, plural }) => [`${id}s`, plural.replaceAll(' ', '_')].includes(name.replace(/\.csv$/, '')))
  if (fact === undefined) throw new Error(`${name} is of no kind of fact`)
  return fact
}

/** The files of a company as what was recorded day by day, in the order of the days; rows of one day in the order of their files. */
export function readRecordings(folder: string, zone: string): Recording[] {
  const versions = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .flatMap((name) => {
      const { data } = Papa.parse<Cells>(readFileSync(join(folder, name), 'utf8'), { header: true, skipEmptyLines: true })
      return data.map((cells) => versionOf(factOf(name), cells, zone))
    })
  const byDay = new Map<string, Version[]>()
  for (const version of versions) {
    const day: Day = dayOf(version.at, zone)
    const key = `${day} ${version.source}`
    const own = byDay.get(key)
    if (own === undefined) byDay.set(key, [version])
    else own.push(version)
  }
  return [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, own]) => recordingsOf(own))
}
