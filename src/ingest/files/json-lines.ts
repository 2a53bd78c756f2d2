import { refuse } from '../../kernel/errors.ts'

export interface JsonRows {
  rows: string[][]
  /** Line number of each row in the file, from 1. */
  numbers: number[]
  /** Places in `rows` that hold a line which is no JSON object, as its only cell. */
  broken: ReadonlySet<number>
}

export interface JsonLinesDecoding {
  push(text: string): JsonRows
  end(): JsonRows
  /** Every key seen so far, in order of appearance. A later key makes later rows longer, never moves a cell. */
  keys(): string[]
}

const LONGEST_LINE = 16_000_000
const MOST_KEYS = 2000
const DEEPEST = 3

/** JSON.parse would round numbers of more than 15 digits, so these are read as text. Strings are matched to be left alone. */
const exactNumbers = (line: string): string =>
  /\d[\d.]{15}/.test(line) ? line.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]{15,}/g, (token) => (token.startsWith('"') ? token : `"${token}"`)) : line

const asText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)

function readObject(line: string): object | null {
  try {
    const value: unknown = JSON.parse(exactNumbers(line))
    return typeof value !== 'object' || value === null || Array.isArray(value) ? null : value
  } catch {
    return null
  }
}

const NOTHING: JsonRows = { rows: [], numbers: [], broken: new Set() }

/** Objects as rows of cells. Nested objects become keys with dots, lists stay JSON text, null is an empty cell. */
function createObjectCells(): { toCells(line: string): string[] | null; keys(): string[] } {
  const places = new Map<string, number>()

  const put = (cells: string[], key: string, value: unknown, depth: number): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < DEEPEST) {
      for (const [inner, part] of Object.entries(value)) put(cells, `${key}.${inner}`, part, depth + 1)
      return
    }
    let place = places.get(key)
    if (place === undefined) {
      place = places.size
      if (place >= MOST_KEYS)
        throw refuse(
          'too_many_columns',
          `The file has more than ${MOST_KEYS} different keys.`,
          'Export fewer fields, or one object per line with the same keys.',
        )
      places.set(key, place)
    }
    cells[place] = asText(value)
  }

  const toCells = (line: string): string[] | null => {
    const value = readObject(line)
    if (value === null) return null
    const cells: string[] = Array.from({ length: places.size }, () => '')
    for (const [key, part] of Object.entries(value)) put(cells, key, part, 1)
    for (let i = 0; i < cells.length; i++) cells[i] ??= ''
    return cells
  }

  return { toCells, keys: () => [...places.keys()] }
}

/** Lines of JSON objects as they arrive. */
export function createJsonLinesDecoding(): JsonLinesDecoding {
  const { toCells, keys } = createObjectCells()
  let pending = ''
  let lines = 0

  const take = (text: string): JsonRows => {
    const rows: string[][] = []
    const numbers: number[] = []
    const broken = new Set<number>()
    for (const line of text.split('\n')) {
      lines++
      if (line.trim() === '') continue
      const cells = toCells(line)
      if (cells === null) broken.add(rows.length)
      rows.push(cells ?? [line])
      numbers.push(lines)
    }
    return { rows, numbers, broken }
  }

  return {
    push(text) {
      const cut = text.lastIndexOf('\n')
      if (cut === -1) {
        pending += text
        if (pending.length > LONGEST_LINE)
          throw refuse('json_line_endless', `Line ${lines + 1} is longer than ${LONGEST_LINE} characters.`, 'Write one JSON object per line.')
        return NOTHING
      }
      const whole = pending + text.slice(0, cut)
      pending = text.slice(cut + 1)
      return take(whole)
    },
    end() {
      const rest = pending
      pending = ''
      return rest === '' ? NOTHING : take(rest)
    },
    keys,
  }
}
