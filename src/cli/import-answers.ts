import type { BinnacleClient } from '../contract/contract.ts'
import type { ImportFile, ImportRecord, Mapping } from '../contract/imports.ts'
import { BinnacleError } from '../kernel/errors.ts'
import { usage } from './exit.ts'
import { printNote } from './output.ts'

/** Rules that may be told though nothing asks for them: which rows count by a word in a column. */
const ROWS = /^rows:(.+)=[^=]+$/s

/** Keys of questions of a file: those that it asks and those that were answered before. */
const keysOf = (file: ImportFile): string[] => [...file.ambiguities.map(({ key }) => key), ...Object.keys(file.mapping?.answers ?? {})]

/** What an answer says to a file: KEY=VALUE for every file that has such a question, FILE:KEY=VALUE for one. */
export function answerFor(file: ImportFile, told: string): { key: string; value: string } | null {
  const text = told.startsWith(`${file.name}:`) ? told.slice(file.name.length + 1) : told
  const asked = keysOf(file).find((key) => text.startsWith(`${key}=`))
  if (asked !== undefined) return { key: asked, value: text.slice(asked.length + 1) }
  const at = text.lastIndexOf('=')
  const header = ROWS.exec(text.slice(0, at))?.[1]
  return header !== undefined && file.headers.includes(header) ? { key: text.slice(0, at), value: text.slice(at + 1) } : null
}

/** The mapping of a file with what was told and is not yet in it; null when there is nothing to change. */
function withAnswers(file: ImportFile, told: readonly string[], used: Set<string>): Mapping | null {
  const answers: Record<string, string> = { ...file.mapping?.answers }
  let changed = false
  for (const one of told) {
    const found = answerFor(file, one)
    if (found === null) continue
    used.add(one)
    if (found.key === 'fact') return { fact: found.value, source: file.mapping?.source ?? 'files', columns: [] }
    const question = file.ambiguities.find(({ key }) => key === found.key)
    if (answers[found.key] !== found.value) changed = true
    else if (question !== undefined)
      throw usage(
        `${file.name}: "${found.value}" is no answer to ${found.key}.`,
        `Answer with one of ${question.choices.map(({ value }) => value).join(', ')}.`,
      )
    answers[found.key] = found.value
  }
  return changed && file.mapping !== null ? { ...file.mapping, answers } : null
}

/** More rounds than a file has questions behind questions. */
const MOST_ROUNDS = 20

/** Answers questions of a draft with what was told on the command line. An answer may lead to the next question. */
export async function answerQuestions(client: BinnacleClient, draft: ImportRecord, told: readonly string[]): Promise<ImportRecord> {
  const used = new Set<string>()
  for (const { id, name } of draft.files)
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const file = (await client.readImport({ params: { id: draft.id } })).files.find((one) => one.id === id)
      const mapping = file === undefined || file.state === 'failed' ? null : withAnswers(file, told, used)
      if (mapping === null) break
      await client.mapFile({ params: { id: draft.id, file: id }, body: mapping }).catch((error: unknown) => {
        throw error instanceof BinnacleError && (error.code === 'bad_mapping' || error.code === 'bad_answer')
          ? usage(`${name}: ${error.message}`, error.cure)
          : error
      })
    }
  for (const one of told) if (!used.has(one)) printNote(`Nothing asks for --answer ${one}`)
  return told.length === 0 ? draft : client.readImport({ params: { id: draft.id } })
}
