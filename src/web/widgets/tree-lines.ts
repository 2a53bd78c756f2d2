/** Whether after a part of a tree, told depth first, another part of the node at a level above or beside it follows. */
export function followsAt(pieces: readonly { readonly depth: number }[], at: number, level: number): boolean {
  const next = pieces.slice(at + 1).find(({ depth }) => depth <= level)
  return next?.depth === level
}
