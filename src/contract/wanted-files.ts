import type { MetricEntry } from './question.ts'

const joined = (words: readonly string[], last: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`

/** What would light a metric up, as a request: "Add a file of tickets", "Add files of tickets and of usage events". Empty when nothing is missing. */
export function wantedFiles(missing: MetricEntry['missing']): string {
  const kinds = missing.map((facts) =>
    joined(
      facts.map(({ files }) => files),
      'or',
    ),
  )
  const wanted = kinds.map((kind) => `of ${kind}`)
  return wanted.length === 0 ? '' : `Add ${wanted.length === 1 ? 'a file' : 'files'} ${joined(wanted, 'and')}`
}
