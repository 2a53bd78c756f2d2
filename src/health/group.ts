/** Rows by a key, in the order in which the keys first came. */
export function groupBy<T, K>(rows: Iterable<T>, keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const row of rows) {
    const [key, group] = [keyOf(row), groups.get(keyOf(row))]
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}
