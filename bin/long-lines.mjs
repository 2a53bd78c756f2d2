// Lines that the formatter does not wrap, for it does not know what they say: SQL in templates, and comments.
import { parseSync, Visitor } from 'vite'

const LONGEST = 160

/** @param {string} text @param {number} at */
const lineOf = (text, at) => text.slice(0, at).split('\n').length

/** Lines of SQL and comments that are too long. @param {{ path: string, text: string }} module @returns {string[]} */
export function findLongLines({ path, text }) {
  const lines = text.split('\n')
  if (lines.every((line) => line.length <= LONGEST)) return []
  const { program, comments } = parseSync(path, text)
  /** @type {{ start: number, end: number }[]} */
  const places = [...comments]
  new Visitor({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type === 'Identifier' && tag.name === 'sql') places.push(quasi)
    },
  }).visit(program)
  const inside = new Set(
    places.flatMap(({ start, end }) => {
      const [first, last] = [lineOf(text, start), lineOf(text, end)]
      return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    }),
  )
  return lines.flatMap((line, i) => (line.length > LONGEST && inside.has(i + 1) ? [`${path}:${i + 1}: ${line.length} characters`] : []))
}
