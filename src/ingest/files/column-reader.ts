import type { Column, FactDefinition } from '../../facts/fact.ts'
import type { Refusal } from '../record/refusal.ts'
import type { Value } from '../record/staged-row.ts'
import { COMMA, DOT, createDecimalReader, readDecimalAlone } from './cells/decimal.ts'
import type { Evidence } from './cells/evidence.ts'
import { createEvidence, isDecided, settle } from './cells/evidence.ts'
import { readHours, readWeek } from './cells/hours.ts'
import { scoreText } from './cells/score.ts'
import { createSkipped } from './cells/skipped.ts'
import type { Skipped } from './cells/skipped.ts'
import { ANY_ORDER, DMY, MDY, YMD } from './cells/when-text.ts'
import { createWhenReader } from './cells/when.ts'
import { createChoiceReader, readAccountId, readBoolean, readCurrency, readId, readText, remembering } from './cells/words.ts'
import { readZone } from './cells/zone.ts'
import type { DayEnd } from './doubts/day-ends.ts'
import { saysUtc } from './header-words.ts'
import type { Ambiguity, ColumnMapping, ReadAs } from './types.ts'

/** Reads the cells of one column, trimmed and not empty. */
export interface ColumnReader {
  read(cell: string): Value | Refusal
  /** Currency that the sign in the last cell stands for. */
  sign(): string | null
  /** Null when cells can be read in one way only, or a person has said how. */
  readonly evidence: Evidence | null
  /** Beside what the evidence leaves open. */
  isOpen(): boolean
  settle(): void
  /** Asked after the last cell. */
  question(header: string, fact: FactDefinition): Ambiguity[]
  /** After the last cell: the reading that the cells decided where there were several, and the cell that did. */
  settled(): { read_as: ReadAs; because: string } | null
}

const DECIMAL_READINGS = { dot: DOT, comma: COMMA } as const
const DATE_READINGS = { ymd: YMD, dmy: DMY, mdy: MDY } as const
const CHOICES: Readonly<Record<ReadAs, { bit: number; says: string }>> = {
  dot: { bit: DOT, says: 'A dot before the decimals: 1,234.50' },
  comma: { bit: COMMA, says: 'A comma before the decimals: 1.234,50' },
  dmy: { bit: DMY, says: 'Day first: 31/12/2024' },
  mdy: { bit: MDY, says: 'Month first: 12/31/2024' },
  ymd: { bit: YMD, says: 'Year first: 24/12/31' },
}

const readings = (kind: 'date' | 'decimal'): ReadAs[] => (kind === 'decimal' ? ['dot', 'comma'] : ['ymd', 'dmy', 'mdy'])

function ask(evidence: Evidence, kind: 'date' | 'decimal', header: string): Ambiguity[] {
  if (!evidence.conflict && (isDecided(evidence) || !evidence.open)) return []
  const names = readings(kind)
  const possible = evidence.conflict ? names : names.filter((name) => (evidence.candidates & CHOICES[name].bit) !== 0)
  const what = kind === 'decimal' ? 'the decimals' : 'the dates'
  return [
    {
      key: `${kind}:${header}`,
      header,
      kind,
      says: evidence.conflict
        ? `No one way to read ${what} of "${header}" fits all rows. Rows that do not fit your answer are refused.`
        : `How are ${what} of "${header}" written? Every row fits more than one way.`,
      choices: possible.map((value) => ({ value, says: CHOICES[value].says })),
      examples: [...evidence.examples],
    },
  ]
}

const plain = (read: ColumnReader['read']): ColumnReader => ({
  read,
  sign: () => null,
  evidence: null,
  isOpen: () => false,
  settle: () => undefined,
  question: () => [],
  settled: () => null,
})

const withEvidence = (kind: 'date' | 'decimal', evidence: Evidence | null, read: ColumnReader['read'], sign: () => string | null): ColumnReader => ({
  read,
  sign,
  evidence,
  isOpen: () => evidence?.open === true,
  settle: () => (evidence === null ? undefined : settle(evidence)),
  question: (header) => (evidence === null ? [] : ask(evidence, kind, header)),
  settled: () => {
    if (evidence === null || evidence.conflict || evidence.because === '' || !isDecided(evidence)) return null
    const [read_as] = readings(kind).filter((name) => CHOICES[name].bit === evidence.candidates)
    return read_as === undefined ? null : { read_as, because: evidence.because }
  },
})

/** Asks about local times that never were. */
const withSkipped = (reader: ColumnReader, skipped: Skipped, zone: string): ColumnReader => ({
  ...reader,
  isOpen: () => reader.isOpen() || (skipped.as === undefined && skipped.examples.length > 0),
  settle() {
    reader.settle()
    skipped.examples.splice(0)
  },
  question(header, fact) {
    const asked = reader.question(header, fact)
    if (skipped.as !== undefined || skipped.examples.length === 0) return asked
    return [
      ...asked,
      {
        key: `times:${header}`,
        header,
        kind: 'choice',
        says: `"${header}" has a time that never was in ${zone}: its clocks skipped it. What are such times?`,
        choices: [
          { value: 'utc', says: 'The whole column is in UTC' },
          { value: 'later', says: `Times of ${zone}, as if the clocks had not been put forward` },
          { value: 'refuse', says: 'Mistakes: refuse their rows' },
        ],
        examples: [...skipped.examples],
      },
    ]
  },
})

/** Reads a cell that stands alone: no other cell of its column says how it is written. */
export const readAlone = (column: Column, cell: string, zone: string): Value | Refusal =>
  column.type === 'money' || column.type === 'number' ? readDecimalAlone(column, cell) : createColumnReader(column, { header: '', to: null }, zone).read(cell)

export function createColumnReader(
  column: Column,
  { header, read_as, skipped: as, end }: Pick<ColumnMapping, 'header' | 'to' | 'read_as'> & { skipped?: string | undefined; end?: DayEnd },
  zone: string,
): ColumnReader {
  switch (column.type) {
    case 'id':
      return plain(column.names === 'account' ? readAccountId : readId)
    case 'text':
      return plain(readText)
    case 'boolean':
      return plain(readBoolean)
    case 'currency':
      return plain(remembering(readCurrency))
    case 'choice':
      return plain(remembering(createChoiceReader(column)))
    case 'hours':
      return plain(remembering(readHours))
    case 'week':
      return plain(remembering(readWeek))
    case 'zone':
      return plain(remembering(readZone))
    case 'money':
    case 'number': {
      const fixed = read_as === 'dot' || read_as === 'comma' ? DECIMAL_READINGS[read_as] : null
      const evidence = fixed === null ? createEvidence(DOT | COMMA) : null
      const reader = createDecimalReader(column, fixed ?? (evidence as Evidence))
      return withEvidence('decimal', evidence, column.labelled ? (cell) => reader.read(scoreText(cell)) : reader.read, reader.sign)
    }
    case 'instant':
    case 'date': {
      const fixed = read_as === 'ymd' || read_as === 'dmy' || read_as === 'mdy' ? DATE_READINGS[read_as] : null
      const evidence = fixed === null ? createEvidence(ANY_ORDER) : null
      const skipped = createSkipped(as)
      const reader = (type: 'close' | 'instant' | 'date'): ColumnReader['read'] =>
        createWhenReader(type, saysUtc(header) || skipped.as === 'utc' ? 'UTC' : zone, fixed ?? (evidence as Evidence), skipped)
      const read = reader(column.type)
      const close = column.lastDay ? reader('close') : read
      return withSkipped(
        withEvidence('date', evidence, column.lastDay ? (cell) => (end?.last === false ? read(cell) : close(cell)) : read, () => null),
        skipped,
        zone,
      )
    }
  }
}
