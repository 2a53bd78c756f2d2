import { createHash } from 'node:crypto'
import type { Settings } from '../../kernel/settings.ts'
import { applyAnswers } from './answers.ts'
import { readSigns } from './currency-signs.ts'
import { guessFacts, proposeColumns } from './guess.ts'
import type { Guess } from './guess.ts'
import { headerKey } from './headers.ts'
import { askFact, askMissing, checkMapping, factNamed } from './mapping.ts'
import type { Workspace } from '../../stores/workspace.ts'
import { readSavedMapping } from './saved-mappings.ts'
import type { Ambiguity, MappedBy, Mapping } from './types.ts'

/** What a person said about a file. */
export interface Told {
  /** The kind of fact that the file holds, when it is not to be guessed. */
  readonly as?: string | undefined
  readonly mapping?: Mapping | undefined
}

/** How a file is to be read, and what must be asked first. */
export interface Proposal {
  mapping: Mapping | null
  mapped_by: MappedBy
  confidence: number
  questions: Ambiguity[]
}

/** Files with the same set of headers share their saved mapping. */
export const headersKey = (headers: readonly string[]): string =>
  createHash('sha256')
    .update(
      headers
        .map((header) => headerKey(header))
        .sort()
        .join('\n'),
    )
    .digest('hex')

const confidenceOf = (guesses: readonly Guess[], fact: string): number => guesses.find((guess) => guess.fact.id === fact)?.confidence ?? 0

/** A saved mapping names headers as they were spelled then. */
function renamed(saved: Mapping, headers: readonly string[]): Mapping {
  const byKey = new Map(headers.map((header) => [headerKey(header), header]))
  const again = (header: string): string => (header === '' ? '' : (byKey.get(headerKey(header)) ?? header))
  const answers =
    saved.answers && Object.fromEntries(Object.entries(saved.answers).map(([key, value]) => [key, key.startsWith('column:') ? again(value) : value]))
  return { ...saved, columns: saved.columns.map((column) => ({ ...column, header: again(column.header) })), answers }
}

/** Decides how to read a file: as told, else as a file with these headers was read before, else as its headers say. */
export function createProposing({ db }: Pick<Workspace, 'db'>, settings: () => Promise<Settings>) {
  const currencies = async (sample: readonly string[][]): Promise<string[]> => [
    ...new Set([(await settings()).reporting_currency, ...readSigns(sample), 'USD', 'EUR', 'GBP']),
  ]

  return async function propose(name: string, headers: string[], sample: readonly string[][], options: Told): Promise<Proposal> {
    const guesses = guessFacts(headers, name)
    const settled = async (mapping: Mapping, confidence: number, mapped_by: MappedBy): Promise<Proposal> => {
      const checked = checkMapping(mapping, headers)
      return { mapping: checked, mapped_by, confidence, questions: askMissing(checked, await currencies(sample), headers, sample) }
    }
    const proposal = (fact: string): Mapping => ({ fact, source: 'files', columns: proposeColumns(factNamed(fact), headers).columns, answers: {} })
    const { mapping: given } = options
    if (given !== undefined) {
      const whole = given.columns.length === 0 ? { ...proposal(given.fact), source: given.source, answers: given.answers ?? {} } : checkMapping(given, headers)
      return settled(applyAnswers(factNamed(given.fact), whole), 1, 'told')
    }
    const saved = await readSavedMapping(db, headersKey(headers))
    if (saved !== null && (options.as === undefined || options.as === saved.fact)) {
      const again = await settled(renamed(saved, headers), 1, 'remembered').catch(() => null)
      if (again !== null) return again
    }
    if (options.as !== undefined) return settled(proposal(options.as), confidenceOf(guesses, options.as), 'told')
    const [best] = guesses
    const questions = askFact(guesses)
    if (best === undefined || best.confidence === 0) return { mapping: null, mapped_by: 'headers', confidence: 0, questions }
    // Columns that are missing are asked for once it is known which kind of fact the file holds.
    if (questions.length > 0) return { mapping: checkMapping(proposal(best.fact.id), headers), mapped_by: 'headers', confidence: best.confidence, questions }
    return settled(proposal(best.fact.id), best.confidence, 'headers')
  }
}
