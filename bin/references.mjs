// Numbers of conventions and invariants, and names of documents, resolve to what is in the repository.
import { basename } from 'node:path'

/** Where each C and I number has its anchor. */
export const AUTHORITY = 'docs/definitions.md'

const NUMBER = /(?<![\w.'"/`$#{]|(?<![CI]\d{1,2})-)([CI][1-9]\d?)(?![\w"`])/g
const DOCUMENT = /(?<![\w*<{])[\w./-]*\w\.md\b/g

/**
 * "C99" where there is no convention of that number, and documents that are not there.
 * @param {readonly { path: string, text: string }[]} files @param {string} authority the text of the definitions
 * @param {readonly string[]} documents paths of all documents
 * @returns {string[]}
 */
export function findUnresolved(files, authority, documents) {
  const anchors = new Set([...authority.matchAll(/<a id="([ci]\d+)"><\/a>/g)].map(([, id = '']) => id.toUpperCase()))
  const names = new Set(documents.map((path) => basename(path)))
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => {
      const numbers = [...line.matchAll(NUMBER)].flatMap(([, id = '']) => (anchors.has(id) ? [] : [`${path}:${i + 1}: ${AUTHORITY} has no ${id}`]))
      const missing = [...line.matchAll(DOCUMENT)].flatMap(([name]) => (names.has(basename(name)) ? [] : [`${path}:${i + 1}: there is no document ${name}`]))
      return [...numbers, ...missing]
    }),
  )
}
