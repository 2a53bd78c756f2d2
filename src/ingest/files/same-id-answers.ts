/** The key of the question about rows that share an id, and what its answers begin with where such rows are different ones. */
export const SAME_ID = 'id'
const APART = 'apart:'

/** Answer: the rows are told apart by these columns beside their id; all of them where none is named. */
export const apartBy = (columns: readonly string[]): string => `${APART}${columns.length === 0 ? '*' : columns.join(',')}`

/** The columns that an answer tells rows with one id apart by, all where none is named; null where it says nothing of it. */
export function columnsApart(answer: string | undefined): readonly string[] | null {
  if (answer?.startsWith(APART) !== true) return null
  const named = answer.slice(APART.length).split(',')
  return named.includes('*') ? [] : named
}
