import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Node } from 'yaml'
import { BinnacleError } from '../../kernel/errors.ts'
import { nearest } from '../../kernel/nearest.ts'

/** What is wrong in a file, and how it is mended. */
export interface FileFault {
  /** "families.usage.anchors"; empty for the whole. */
  readonly place: string
  /** From 1 on. */
  readonly line: number
  readonly message: string
  readonly cure: string
}

/** Everything wrong that one reading found: the first is said, all are in the details. */
export function faultyFile(faults: readonly FileFault[]): BinnacleError {
  const [first, ...more] = faults
  if (first === undefined) throw new Error('a file without faults was refused')
  const where = `${first.place === '' ? '' : `${first.place}, `}line ${first.line}`
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`
  return new BinnacleError('bad_health_file', `${where}: ${first.message}${others}`, { cure: first.cure, details: { faults: [...faults] } })
}

interface Reading {
  readonly faults: FileFault[]
  lineOf(node: Node | null): number
}

/**
 * A part of a file that a person wrote. Whatever does not fit is noted with its place, and something that does is answered in its
 * stead, so that one reading finds every fault; what is read counts only where there is none.
 */
export class Place {
  readonly path: string
  readonly #node: Node | null
  readonly #in: Reading

  constructor(reading: Reading, path: string, node: Node | null) {
    this.path = path
    this.#node = node
    this.#in = reading
  }

  get isSound(): boolean {
    return this.#in.faults.length === 0
  }

  fault(message: string, cure: string): void {
    this.#in.faults.push({ place: this.path, line: this.#in.lineOf(this.#node), message, cure })
  }

  #within(name: string, node: unknown): Place {
    const part = new Place(this.#in, this.path === '' ? name : `${this.path}.${name}`, node as Node | null)
    if (isAlias(node)) part.fault(`"*${node.source}" stands for something else.`, 'Write it out.')
    return part
  }

  /** Names with what stands under them, in order. */
  entries(): (readonly [name: string, place: Place])[] {
    if (!isMap(this.#node)) {
      this.fault('Names with values were expected.', 'Write NAME: VALUE, each on a line of its own.')
      return []
    }
    return this.#node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : ''
      return [name, this.#within(name, value)] as const
    })
  }

  /** The parts that may stand here; any other is refused by its name. */
  record<Name extends string>(known: readonly Name[], required: readonly Name[] = []): { readonly [Each in Name]?: Place } {
    const found: { [Each in Name]?: Place } = {}
    for (const [name, place] of this.entries()) {
      if ((known as readonly string[]).includes(name)) found[name as Name] = place
      else {
        const [near] = nearest(name, known)
        place.fault(`Nothing is called "${name}" here.`, `${near === undefined ? '' : `Did you mean ${near}? `}There is: ${known.join(', ')}.`)
      }
    }
    for (const name of required) if (found[name] === undefined) this.fault(`"${name}" is missing.`, `Add ${name}.`)
    return found
  }

  items(): Place[] {
    if (isSeq(this.#node)) return this.#node.items.map((item, i) => this.#within(String(i + 1), item))
    this.fault('A list was expected.', 'Begin each line with "- ".')
    return []
  }

  /** A text, or several. */
  texts(): string[] {
    return isSeq(this.#node) ? this.items().map((item) => item.text()) : [this.text()]
  }

  text(): string {
    const value: unknown = isScalar(this.#node) ? this.#node.value : undefined
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    this.fault('A text was expected.', 'Write it behind the colon.')
    return ''
  }

  number(allowed: { readonly from: number; readonly to: number; readonly above?: true }): number {
    const value: unknown = isScalar(this.#node) ? this.#node.value : undefined
    const { from, to, above } = allowed
    if (typeof value === 'number' && value <= to && (above === true ? value > from : value >= from)) return value
    const bounds = above === true ? `above ${from}` : to === Infinity ? `from ${from} on` : `from ${from} to ${to}`
    this.fault(typeof value === 'number' ? `${value} does not fit.` : 'A number was expected.', `Give a number ${bounds}.`)
    return above === true ? Math.min(to, from + 1) : from
  }

  choice<Choice extends string>(choices: readonly Choice[]): Choice {
    const given = this.text()
    const found = choices.find((choice) => choice === given)
    if (found === undefined && given !== '') this.fault(`"${given}" is none of what may stand here.`, `Choose one of ${choices.join(', ')}.`)
    return found ?? (choices[0] as Choice)
  }

  /** What another reader makes of the text here, its refusal being a fault of this place. */
  readAs<T>(read: (text: string) => T): T | null {
    const given = this.text()
    return given === '' ? null : this.attempt(() => read(given))
  }

  /** Notes a refusal as a fault of this place. */
  attempt<T>(work: () => T): T | null {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof BinnacleError)) throw error
      this.fault(error.message, error.cure)
      return null
    }
  }
}

/** Reads a file from its root. Throws `bad_health_file` with every fault, its place and its cure. */
export function readFile<T>(text: string, read: (root: Place) => T): T {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const faults: FileFault[] = document.errors.map(({ message, pos: [at] }) => ({
    place: '',
    line: lines.linePos(at).line,
    message: `The text cannot be read: ${message}.`,
    cure: 'Mend the line; the indentation says what belongs to what.',
  }))
  if (faults.length > 0) throw faultyFile(faults)
  const lineOf = (node: Node | null): number => Math.max(1, lines.linePos(node?.range?.[0] ?? 0).line)
  const found = read(new Place({ faults, lineOf }, '', document.contents))
  if (faults.length > 0) throw faultyFile(faults)
  return found
}
