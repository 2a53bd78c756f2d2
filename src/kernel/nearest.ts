/** How many letters must be put in, left out, changed or swapped with their neighbour to make one word of another. */
function editDistance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same, swapped))
    }
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? 0
}

/** Words of a list that a mistyped one may stand for, the nearest first; letters of either case are the same. */
export function nearest(word: string, known: readonly string[], most = 3): string[] {
  const typed = word.trim().toLowerCase()
  const found = known.map((each) => {
    const name = each.toLowerCase()
    const part = typed.length > 2 && (name.includes(typed) || typed.includes(name))
    return { each, away: part ? Math.min(1, editDistance(typed, name)) : editDistance(typed, name) }
  })
  const near = found.filter(({ each, away }) => away <= Math.max(1, Math.floor(Math.max(typed.length, each.length) / 3)))
  return near
    .sort((a, b) => a.away - b.away || (a.each < b.each ? -1 : 1))
    .slice(0, most)
    .map(({ each }) => each)
}

/** So many of a list are named. */
const NAMED = 20

/** "Did you mean SMB? Segments are: ENT, SMB." An empty list says that it is one. */
export function didYouMean(word: string, known: readonly string[], intro: string): string {
  if (known.length === 0) return `${intro}: none until facts that have some are recorded.`
  const near = nearest(word, known)
  const more = known.length > NAMED ? ` and ${known.length - NAMED} more` : ''
  return `${near.length > 0 ? `Did you mean ${near.join(', ')}? ` : ''}${intro}: ${known.slice(0, NAMED).join(', ')}${more}.`
}
