import { bare } from '../kernel/bare.ts'

/**
 * Answers that prove their end. ClickHouse can answer 200 with an empty or a shorter body, at a full disk for one, and a
 * format of one line a row does not show it. This one opens a document, counts its rows and closes it.
 */
export const PROVING_FORMAT = 'JSONCompact'

/** The document was not closed, or holds another number of rows than it says. */
export class CutAnswer extends Error {
  constructor(reason: string) {
    super(`The answer of the fact store was cut short: ${reason}.`)
    this.name = 'CutAnswer'
  }
}

interface Document {
  readonly meta?: readonly { readonly name: string }[]
  readonly data?: readonly (readonly unknown[])[]
  readonly rows?: number
}

function parseDocument(text: string): Document {
  try {
    return JSON.parse(text) as Document
  } catch {
    throw new CutAnswer(text === '' ? 'it is empty' : 'it has no end')
  }
}

function asObject<Row>(names: readonly string[], cells: readonly unknown[]): Row {
  const row: Record<string, unknown> = {}
  for (let i = 0; i < names.length; i++) row[names[i] as string] = cells[i]
  return row as Row
}

const namesOf = ({ meta }: Document): string[] => {
  if (meta === undefined) throw new CutAnswer('it names no columns')
  return meta.map(({ name }) => name)
}

const checkCount = (said: number | undefined, found: number): void => {
  if (said !== found) throw new CutAnswer(`it says ${said ?? 'nothing'} of its rows and holds ${found}`)
}

/** The rows of a whole answer. Throws `CutAnswer`. */
export function rowsOf<Row>(text: string): Row[] {
  const document = parseDocument(text)
  const names = namesOf(document)
  const data = document.data ?? []
  checkCount(document.rows, data.length)
  return data.map((cells) => asObject<Row>(names, cells))
}

const BEGIN = '\t"data":'
const END = /^\t\],?$/

/**
 * Takes an answer line by line, as ClickHouse lays the document out: each row a line, after two tabs. What does not fit is
 * a failure that is written at the end of the answer, or a cut; which of them shows when the answer is over.
 */
class LineReader<Row> {
  #head = ''
  #tail = ''
  #names: string[] | null = null
  #state: 'head' | 'rows' | 'tail' | 'lost' = 'head'
  #count = 0

  read(line: string): Row | undefined {
    if (this.#state === 'head') this.#readHead(line)
    else if (this.#state === 'tail') this.#tail += line
    else if (this.#state === 'rows') return this.#readRow(line)
    return undefined
  }

  /** To be called after the last line. */
  end(): void {
    if (this.#state !== 'tail') throw new CutAnswer(this.#head === '' ? 'it is empty' : 'it has no end')
    checkCount(parseDocument(`{${this.#tail}`).rows, this.#count)
  }

  #readHead(line: string): void {
    if (line !== BEGIN) this.#head += line
    else [this.#names, this.#state] = [namesOf(parseDocument(`${this.#head}"data":[]}`)), 'rows']
  }

  #readRow(line: string): Row | undefined {
    if (END.test(line)) this.#state = 'tail'
    else if (line.startsWith('\t\t[')) {
      try {
        const cells = JSON.parse(line.slice(2, line.endsWith(',') ? -1 : undefined)) as unknown[]
        this.#count++
        return asObject<Row>(this.#names ?? [], cells)
      } catch {
        this.#state = 'lost'
      }
    } else if (line !== '' && line !== '\t[') this.#state = 'lost'
    return undefined
  }
}

/** The rows of an answer in chunks as they arrive. Throws `CutAnswer` at the end of one that is not whole. */
export async function* rowsAsTheyCome<Row>(source: AsyncIterable<Uint8Array>): AsyncIterable<Row[]> {
  const decoder = new TextDecoder()
  const reader = new LineReader<Row>()
  let rest = ''
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    const rows = lines.map((line) => reader.read(line)).filter((row) => row !== undefined)
    if (rows.length > 0) yield rows
  }
  if (rest !== '') reader.read(rest)
  reader.end()
}

/** How the bytes of an answer end that is there to its end. */
const LAST_BYTES: Readonly<Record<string, string>> = bare({ [PROVING_FORMAT]: '\n}\n', Parquet: 'PAR1' })

export const provesItsEnd = (format: string): boolean => format in LAST_BYTES

export const isWhole = (format: string, tail: string): boolean => tail.endsWith(LAST_BYTES[format] ?? '')

/** The engine says of every statement what it wrote; an answer without that is none. */
export function checkWritten({ summary }: { summary?: { written_rows: string } | undefined }, rows = 0): void {
  if (summary === undefined) throw new CutAnswer('it does not say what was written')
  if (Number(summary.written_rows) < rows) throw new CutAnswer(`of ${rows} rows ${summary.written_rows} were written`)
}
